"""Every rule against cases that are counted one by one, on events that make no sense together."""

import datetime
from collections import Counter

import numpy as np
import pytest

from performance.extracts.shown import units_of
from performance.frameworks.case_events import CaseEvent
from performance.frameworks.case_rules import InTime, Limit
from tests.oracles.case_extracts import Row, verdict
from tests.performance.extracts.counting import RULES, TRUSTS, counted, csv, sums

TAKEN = datetime.date(2012, 3, 15)
FIRST = datetime.datetime(2010, 1, 4)
IN_HOURS = RULES["victim-contact-8-weeks"].model_copy(update={"limit": Limit(hours=24)})
ALL_RULES = RULES | {"in-hours": IN_HOURS}
# Events that bear on one another more often than all of them would.
TOGETHER = (
    tuple(CaseEvent),
    (
        CaseEvent.ORDER_STARTED,
        CaseEvent.LICENCE_STARTED,
        CaseEvent.ALLOCATED,
        CaseEvent.FIRST_APPOINTMENT,
        CaseEvent.OASYS_COMPLETED,
        CaseEvent.HIGH_RISK_PLAN_COMPLETED,
        CaseEvent.COMPLETED,
        CaseEvent.REVOKED,
        CaseEvent.TRANSFERRED,
    ),
    (CaseEvent.ORDER_STARTED, CaseEvent.FAILURE, CaseEvent.BREACH_ACTION, CaseEvent.REVOKED),
    (CaseEvent.LICENCE_STARTED, CaseEvent.FAILURE, CaseEvent.BREACH_ACTION, CaseEvent.TRANSFERRED),
    (CaseEvent.COMPLETED, CaseEvent.REVOKED, CaseEvent.REOPENED, CaseEvent.ACCOMMODATED),
    (CaseEvent.REPORT_REQUESTED, CaseEvent.REPORT_DUE, CaseEvent.REPORT_COMPLETED, CaseEvent.TRANSFERRED),
    (CaseEvent.VICTIM_CONTACT_DUE, CaseEvent.VICTIM_CONTACTED, CaseEvent.JOB_STARTED, CaseEvent.JOB_ENDED),
)


def chaos(seed: int, cases: int = 600) -> dict[str, list[Row]]:
    """Cases whose events are drawn without any sense, most of them within weeks of each other, some at one
    moment, some said twice."""
    random = np.random.default_rng(seed)
    found: dict[str, list[Row]] = {}
    for number in range(cases):
        events = TOGETHER[random.integers(len(TOGETHER))]
        begins = int(random.integers(0, 790))
        trusts = [str(trust) for trust in random.choice(TRUSTS, 1 + int(random.random() < 0.3))]
        span = int(random.choice([2, 20, 70]))
        rows = []
        for _ in range(int(random.integers(1, 8))):
            day = min(begins + int(random.integers(0, span)), (TAKEN - FIRST.date()).days)
            minute = int(random.choice([0, 0, 1, 540, 1439]))
            rows.append(
                Row(
                    trust=str(random.choice(trusts)),
                    tier=str(random.choice(["", "1", "2", "3", "4", "4"])),
                    event=events[random.integers(len(events))],
                    when=FIRST + datetime.timedelta(days=day, minutes=minute),
                )
            )
        found[f"case-{number}"] = rows + rows[: int(random.random() < 0.1)]
    return found


@pytest.mark.parametrize("seed", range(12))
def test_what_is_counted_at_once_is_what_is_counted_case_by_case(tmp_path, seed):
    cases = chaos(seed)
    rows = [(case, row.trust, row.tier, row.event, row.when) for case, rows in cases.items() for row in rows]
    order = np.random.default_rng(seed).permutation(len(rows))

    found = counted([csv([rows[place] for place in order], tmp_path / "chaos.csv")], ALL_RULES, TAKEN)

    for measure, rule in ALL_RULES.items():
        assert sums(found, measure) == one_by_one(cases, rule), measure


def one_by_one(cases, rule):
    numerators, denominators = Counter(), Counter()
    for rows in cases.values():
        one = verdict(rows, rule, TAKEN)
        if one:
            key = (one.trust, one.month, one.tier)
            denominators[key] += 1
            numerators[key] += one.met
    return {key: (numerators[key], denominators[key]) for key in denominators}


def test_the_chaos_has_cases_under_every_rule():
    """Or the comparison would say little."""
    cases = {f"{seed}-{case}": rows for seed in range(12) for case, rows in chaos(seed).items()}
    for measure, rule in ALL_RULES.items():
        verdicts = [one for rows in cases.values() if (one := verdict(rows, rule, TAKEN))]
        assert len(verdicts) >= 10, measure
        if isinstance(rule, InTime):
            assert {one.met for one in verdicts} == {True, False}, measure


@pytest.mark.parametrize("seed", range(3))
def test_what_took_no_more_than_its_limit_is_what_was_in_time(tmp_path, seed):
    """So that a chart of waits and a numerator never differ."""
    rows = [
        (case, row.trust, row.tier, row.event, row.when) for case, rows in chaos(seed).items() for row in rows
    ]

    tables = counted([csv(rows, tmp_path / "chaos.csv")], ALL_RULES, TAKEN).tally.tables

    for measure, rule in ALL_RULES.items():
        if isinstance(rule, InTime):
            waits, counts = (
                table[table["measure"] == measure] for table in (tables["waits"], tables["counts"])
            )
            in_time = waits.loc[waits["took"] <= units_of(rule.limit), "cases"].sum()
            assert in_time == counts["numerator"].sum(), measure
