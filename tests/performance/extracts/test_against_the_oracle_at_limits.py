"""Every rule against the oracle where it is decided: within days, and minutes, of its limit. And on extracts
that are simulated, whose cases make sense."""

import datetime
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest

from performance.extracts.simulation import Plan, simulate, write
from performance.frameworks.case_events import STARTS, CaseEvent
from performance.frameworks.case_rules import Early, InTime, Lasting, Limit, Moment
from tests.oracles.case_extracts import Row, verdict
from tests.performance.extracts.counting import RULES, TRUSTS, counted, csv, sums

TAKEN = datetime.date(2012, 6, 30)
BREACH = RULES["nps-sl014"]
ALLOCATION = RULES["nps-sl003r"]


def changed(rule: Any, **fields: Any) -> Any:
    return rule.model_copy(update=fields)


# Rules that no measure has today, so that one that is written tomorrow is counted right.
MADE = {
    "a day in hours": changed(BREACH, limit=Limit(hours=24)),
    "hours over a night": changed(BREACH, limit=Limit(hours=30), period=Moment.LAST_DAY),
    "on the same day": changed(BREACH, limit=Limit(days=0)),
    "until a day that is set": changed(
        BREACH, limit=Limit(until=CaseEvent.REPORT_DUE), period=Moment.LAST_DAY, belongs_to=Moment.LAST_DAY
    ),
    "licences of two tiers": changed(ALLOCATION, only="licence", tiers=("2", "4")),
    "whoever started, in the month of the last day": changed(ALLOCATION, period=Moment.LAST_DAY),
    "whoever has it on the last day": changed(ALLOCATION, belongs_to=Moment.LAST_DAY),
    "in the month it was done, and early is in time": changed(
        ALLOCATION, period=Moment.STOP, belongs_to=Moment.STOP, early=Early.IN_TIME
    ),
    "kept for three working days": changed(
        RULES["employment-sustained-4-weeks"], limit=Limit(working_days=3)
    ),
}
TIMED = {name: rule for name, rule in {**RULES, **MADE}.items() if isinstance(rule, (InTime, Lasting))}


def close_cases(rule: InTime | Lasting, seed: int, count: int = 150) -> dict[str, list[Row]]:
    """Cases under one rule whose clock stops within a few days of its limit."""
    random = np.random.default_rng(seed)
    return {f"case-{number}": close_case(rule, random) for number in range(count)}


def close_case(rule: InTime | Lasting, random: np.random.Generator) -> list[Row]:
    start = datetime.datetime(2010, 4, 1) + days(random.integers(0, 800)) + time_of(random)
    trust, other = random.choice(TRUSTS, 2)
    stop = start + close_to(rule.limit, random)
    # The failures before the one that starts the clock; a rule without `which` goes by the first event.
    earlier = random.integers(0, 3) if getattr(rule, "which", None) else 0
    events = [(random.choice(rule.starts), start - days(before), trust) for before in range(earlier + 1)]
    if not set(STARTS) & set(rule.starts):
        events.append((random.choice(STARTS), start - days(random.integers(0, 40)), trust))
    if random.random() < 0.9:
        events.append((rule.stops[0], stop, trust))
    for event, often in ((CaseEvent.REVOKED, 0.2), (CaseEvent.REOPENED, 0.1), (CaseEvent.TRANSFERRED, 0.4)):
        if random.random() < often:
            when = min(start, stop) + days(random.integers(-1, 3)) + (stop - start) * random.integers(0, 2)
            events.append((event, when, other))
    events.append((CaseEvent.REPORT_DUE, stop + days(random.integers(-1, 2)), trust))
    tier = str(random.choice(["", "2", "4", "4"]))
    return [
        Row(str(trust), tier, CaseEvent(event), when) for event, when, trust in events if when.date() <= TAKEN
    ]


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=int(number))


def time_of(random: np.random.Generator) -> datetime.timedelta:
    """The first and the last minutes of a day, and noon."""
    return datetime.timedelta(minutes=int(random.choice([0, 0, 0, 1, 720, 1438, 1439])))


def close_to(limit: Limit, random: np.random.Generator) -> datetime.timedelta:
    """From a little before to a little after the limit; how long working days take depends on the day."""
    if limit.hours:
        return datetime.timedelta(minutes=60 * limit.hours + int(random.integers(-2, 3)))
    if limit.working_days:
        weeks = limit.working_days // 5
        return days(limit.working_days + 2 * weeks + random.integers(-1, 6)) + time_of(random) - days(1)
    limit_in_days = 7 * limit.weeks if limit.weeks else limit.days or 0
    return days(limit_in_days + random.integers(-1, 3)) + time_of(random) - time_of(random)


def by_the_oracle(cases: dict[str, list[Row]], rule: Any, taken: datetime.date) -> dict:
    numerators, denominators = Counter(), Counter()
    for rows in cases.values():
        one = verdict(rows, rule, taken) if rows else None
        if one:
            key = (one.trust, one.month, one.tier)
            denominators[key] += 1
            numerators[key] += one.met
    return {key: (numerators[key], denominators[key]) for key in denominators}


@pytest.mark.parametrize("name", TIMED)
def test_close_to_its_limit_a_rule_counts_what_the_oracle_counts(tmp_path, name):
    rule = TIMED[name]
    cases = close_cases(rule, seed=len(name))
    rows = [(case, row.trust, row.tier, row.event, row.when) for case, rows in cases.items() for row in rows]
    order = np.random.default_rng(1).permutation(len(rows))

    found = counted([csv([rows[place] for place in order], tmp_path / "close.csv")], {name: rule}, TAKEN)

    expected = by_the_oracle(cases, rule, TAKEN)
    assert sums(found, name) == expected
    # Some on each side of the limit, or the comparison would say little.
    met, of = map(sum, zip(*expected.values(), strict=True))
    assert met >= 5
    assert isinstance(rule, Lasting) or of - met >= 5


@pytest.mark.parametrize("seed", [1, 2])
def test_simulated_cases_are_counted_as_the_oracle_counts_them(tmp_path, seed):
    plan = Plan(cases=900, trusts=TRUSTS, seed=seed)
    rows = simulate(plan).rows

    found = counted([write(rows, tmp_path / "events.parquet")], taken=plan.taken)

    cases = rows_by_case(rows)
    for measure, rule in RULES.items():
        assert sums(found, measure) == by_the_oracle(cases, rule, plan.taken), measure


def rows_by_case(rows: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows.itertuples():
        one = Row(row.trust, row.tier, CaseEvent(row.event), row.date.to_pydatetime())
        found.setdefault(row.case, []).append(one)
    return found
