"""Signs in the figures that an audit might ask about: the table `audit`. Questions, never findings."""

from collections.abc import Sequence

import pandas as pd

from performance.calculation.audit_by_trust import cases, hugging, smoothness
from performance.calculation.audit_figures import audit_figures
from performance.calculation.audit_together import heaping, narrowing
from performance.calculation.plans import FrameworkPlan


def audit(
    indicators: pd.DataFrame, predictions: pd.DataFrame, plans: Sequence[FrameworkPlan]
) -> pd.DataFrame:
    """The table `audit`, of the measures and trusts of `audit_figures.audit_figures`.

    predictions: that table, of whose years the reoffending is taken; the rest as there. For each
    measure, of all trusts together (organisation ''):
    - heaping: of n values within 2 points of their target the part (0 to 1) that lies above
    - narrowing: the standard deviation of n trusts' margins to the target (percentage points) in the
      last year that has margins and outcomes; by_chance is that of the first.
    For each measure and trust:
    - smoothness: how much n months vary, 1 as chance alone would have it
    - hugging: the part of the n months after the best one that lie just above the target; of years
      where there are four. It has no p.
    - cases: the month of n with the most surprisingly few cases, and how many are usual in the others;
      its period is that month's, where that of all else is the time looked at.
    adjusted_p: Benjamini and Hochberg's over all p of a signal, for cases over all months of all. A
    question is there where the signal's own rule has one and adjusted_p is at most 0.05.
    """
    figures = audit_figures(indicators, plans)
    tables = [
        heaping(figures),
        narrowing(figures, predictions),
        smoothness(figures),
        hugging(figures),
        cases(figures),
    ]
    return pd.concat(tables, ignore_index=True)
