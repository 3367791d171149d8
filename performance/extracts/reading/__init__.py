"""From the bytes of an extract to the columns of its events, and nothing of a person besides."""

from performance.extracts.reading.dividing import Divided, Division, divide, parts_for
from performance.extracts.reading.expressions import Known
from performance.extracts.reading.parts import OddRows, Part, read_part

__all__ = ["Divided", "Division", "Known", "OddRows", "Part", "divide", "parts_for", "read_part"]
