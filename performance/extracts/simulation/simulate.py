"""Drawing an extract of so many cases, and what has to be counted in it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from performance.extracts.simulation import kinds
from performance.extracts.simulation.events import Drawn
from performance.extracts.simulation.faults import plant

EPOCH = datetime.date(1970, 1, 1)
# How many of the cases are of which kind.
SHARES: dict[Callable[..., None], float] = {
    kinds.supervision: 0.45,
    kinds.reports: 0.25,
    kinds.victims: 0.08,
    kinds.jobs: 0.1,
    kinds.requirements: 0.12,
}


@dataclass(frozen=True)
class Plan:
    """What is drawn. trusts: slugs; first, last: days between which cases begin; taken: the day of the
    extract; seed: the same gives the same; odd: how many of each fault are planted; first_case: the
    number of the first case, so that several extracts have none in common."""

    cases: int
    trusts: tuple[str, ...]
    first: datetime.date = datetime.date(2010, 4, 1)
    last: datetime.date = datetime.date(2012, 3, 31)
    taken: datetime.date = datetime.date(2012, 6, 30)
    seed: int = 1
    odd: int = 0
    first_case: int = 0


@dataclass(frozen=True)
class Simulated:
    """rows: case, trust, unit, tier, event and date as an extract has them, in no order; answer: by
    measure, trust and month (its first day) numerator and denominator; odd: how many rows or cases have
    each fault."""

    rows: pd.DataFrame
    answer: pd.DataFrame
    odd: dict[str, int]


def simulate(plan: Plan) -> Simulated:
    drawn = Drawn(np.random.default_rng(plan.seed), _day(plan.taken), plan.first_case)
    kept = drawn.random.uniform(0.6, 0.98, len(plan.trusts))
    for kind, share in SHARES.items():
        count = round(plan.cases * share)
        trust = drawn.random.integers(0, len(plan.trusts), count)
        begins = drawn.random.integers(_day(plan.first), _day(plan.last) + 1, count)
        kind(drawn, trust, begins, kept[trust])
    rows = _as_written(pd.concat(drawn.rows, ignore_index=True), plan)
    rows, odd = plant(rows, plan.odd, drawn.random, plan.taken)
    rows = rows.iloc[drawn.random.permutation(len(rows))].reset_index(drop=True)
    return Simulated(rows, _answer(drawn, plan), odd)


def _day(day: datetime.date) -> int:
    return (day - EPOCH).days


def _as_written(rows: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    trusts = np.array(plan.trusts, dtype=object)
    return pd.DataFrame(
        {
            "case": "case-" + rows["case"].astype(str).str.zfill(9),
            "trust": trusts[rows["trust"].to_numpy()],
            "unit": "unit " + (rows["case"] % 3 + 1).astype(str),
            "tier": np.where(rows["tier"] == 0, "", rows["tier"].astype(str)),
            "event": rows["event"],
            "date": rows["day"].to_numpy().astype("datetime64[D]").astype("datetime64[s]"),
        }
    )


def _answer(drawn: Drawn, plan: Plan) -> pd.DataFrame:
    together = pd.concat(drawn.answers, ignore_index=True)
    trusts = np.array(plan.trusts, dtype=object)
    together["trust"] = trusts[together["trust"].to_numpy(dtype=np.int64)]
    by = together.groupby(["measure", "trust", "month"], as_index=False)
    return by[["numerator", "denominator"]].sum()
