"""Figures beside those of the period of the same length just before."""

import numpy as np

from performance.frameworks.figure_checks.columns import Booleans, Integers
from performance.returns.checks.check import Sent


def now_and_then(sent: Sent, is_one: Booleans) -> tuple[Integers, Integers]:
    """Where figures of the file, of those that are chosen, stand and where those just before do."""
    history = sent.history
    now = np.flatnonzero(is_one & history.is_sent & (history.just_before >= 0))
    return now, history.just_before[now]
