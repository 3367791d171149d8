"""Streams of chance: each part of a simulation has its own, so that a change to one part leaves the
others as they were, and returns with and without the effect have the same process."""

from enum import IntEnum, auto

import numpy as np


class Part(IntEnum):
    """Kept in this order: it is part of what a seed means."""

    TRUTH = auto()
    SHUFFLE = auto()
    LEVELS = auto()
    SHARES = auto()
    COUNTS = auto()
    COHORTS = auto()
    PREDICTED = auto()
    REOFFENDING = auto()
    PROVEN = auto()
    RESOURCES = auto()
    SCALED = auto()


def stream(seed: int, part: Part, year: int = 0) -> np.random.Generator:
    """The same draws for the same seed (0 or more), part and number of year (0 for what all years share)."""
    return np.random.default_rng([seed, part, year])
