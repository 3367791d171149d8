"""Rows and cases with something wrong, put among sound ones: none of them changes what is counted."""

import datetime

import numpy as np
import pandas as pd

from performance.extracts.faults import Fault
from performance.frameworks.case_events import CaseEvent

DAY = datetime.timedelta(days=1)


def plant(
    rows: pd.DataFrame, each: int, random: np.random.Generator, taken: datetime.date
) -> tuple[pd.DataFrame, dict[str, int]]:
    """So many of each fault. Returns the rows with them, and how many have which."""
    if each == 0:
        return rows, {}
    picked = rows.iloc[random.choice(len(rows), each)].reset_index(drop=True)
    own = picked.assign(case=[f"odd-{number}" for number in range(each)])
    report, victim = (own.assign(case=f"{kind}-" + own["case"]) for kind in ("report", "victim"))
    planted = {
        Fault.NO_CASE: picked.assign(case=""),
        Fault.UNKNOWN_TRUST: picked.assign(trust="Nowhere"),
        Fault.UNKNOWN_EVENT: picked.assign(event="tea drunk"),
        Fault.NO_DATE: picked.assign(date=pd.Series(pd.NaT, picked.index)),
        Fault.LONG_AGO: picked.assign(date=pd.Timestamp(1899, 12, 31)),
        Fault.IN_THE_FUTURE: picked.assign(date=pd.Timestamp(taken + DAY)),
        Fault.SAID_TWICE: picked.drop_duplicates(["case", "event", "date"]),
        Fault.OUT_OF_ORDER: _pair(own, CaseEvent.ORDER_STARTED, CaseEvent.OASYS_COMPLETED, -1),
        Fault.STOP_BEFORE_START: _pair(report, CaseEvent.REPORT_REQUESTED, CaseEvent.REPORT_COMPLETED, -1),
        Fault.NO_START: victim.assign(event=CaseEvent.VICTIM_CONTACTED.value),
    }
    counts = {str(fault): found["case"].nunique() for fault, found in planted.items()}
    of_rows = (Fault.NO_CASE, Fault.UNKNOWN_TRUST, Fault.UNKNOWN_EVENT, Fault.NO_DATE, Fault.LONG_AGO)
    for fault in (*of_rows, Fault.IN_THE_FUTURE, Fault.SAID_TWICE):
        counts[str(fault)] = len(planted[fault])
    return pd.concat([rows, *planted.values()], ignore_index=True), counts


def _pair(own: pd.DataFrame, start: CaseEvent, stop: CaseEvent, days: int) -> pd.DataFrame:
    starts = own.assign(event=start.value)
    return pd.concat([starts, own.assign(event=stop.value, date=own["date"] + pd.Timedelta(days=days))])
