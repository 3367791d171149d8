"""What the rows of the table `audit` have in common."""

import pandas as pd

from performance.vocabulary import AuditSignal

# Just above, or just below, a target, in percentage points.
WIDTH = 2.0
NAMES = ["measure", "organisation"]
PERIOD = ["period_start", "period_end"]
NUMBERS = ["n", "observed", "by_chance", "p", "adjusted_p"]
COLUMNS = ["signal", *NAMES, *PERIOD, *NUMBERS, "question", "reason"]


def as_rows(signal: AuditSignal, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of one signal, with the table's columns and their kinds."""
    texts = {name: rows[name].astype(object) for name in ("question", "reason")}
    numbers = {name: rows[name].astype(float) for name in NUMBERS}
    return rows.assign(signal=signal.value, **numbers, **texts)[COLUMNS]
