"""From when to when trusts stood."""

import datetime
from collections.abc import Sequence

import numpy as np

from performance.returns.checks.known import KnownToReturns

NOT_KNOWN = (None, None)


def days_of_standing(slugs: Sequence[str], known: KnownToReturns) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last days of organisations, and at the end, where -1 is, of one that isn't
    among them. A day that the record doesn't give can't rule one out."""
    days = [*(known.stood.get(slug, NOT_KNOWN) for slug in slugs), NOT_KNOWN]
    opened = np.array([first or datetime.date.min for first, _ in days], "datetime64[D]")
    closed = np.array([last or datetime.date.max for _, last in days], "datetime64[D]")
    return opened, closed
