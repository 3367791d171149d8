"""What a release says in words: sentences that pages print and people quote.

Each is complete in itself, holds the figures that it rests on, and says where something can't be
told and why. Words for chance are used for chance alone: "significantly" of a test, "likely" of a
probability.
"""

from performance.calculation.sentences.table import sentences

__all__ = ["sentences"]
