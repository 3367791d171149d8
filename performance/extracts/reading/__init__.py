"""From the bytes of an extract to the columns of its events, and nothing of a person besides."""

from performance.extracts.reading.files import Extract, Known, OddRows, read_events

__all__ = ["Extract", "Known", "OddRows", "read_events"]
