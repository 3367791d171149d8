"""Quantiles with ties, value by value."""

import math
from collections.abc import Sequence
from fractions import Fraction


def quantile(
    value: float | None, values: Sequence[float | None], number: int, highest_first: bool
) -> int | None:
    """Of a value among its family. Its rank is one more than there are before it."""
    given = [other for other in values if other is not None]
    if value is None or len(given) < number:
        return None
    before = sum(other > value if highest_first else other < value for other in given)
    return number + 1 - math.ceil(Fraction(number * (len(given) - before), len(given)))
