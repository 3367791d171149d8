"""Cases worked by hand that many trusts, tiers, starts and ends make difficult: whose a case is, of which
month and tier, and whether it met the rule.

Each line is the events of one case (avon unless it says another trust; a number is a tier), and what has to
come of it: (trust, month, tier, met), or nothing. The extract was taken on 30 June 2013.
"""

import datetime
from typing import Any

import pytest

from performance.frameworks.case_rules import Limit
from tests.performance.extracts.counting import RULES, TRUSTS, counted, csv, sums

Outcome = tuple[str, str, str, bool] | None

# 1 June 2010 was a Tuesday.
TRANSFERS: list[tuple[str, str, str, Outcome]] = [
    (
        "of the start: whoever had it at the end of the day on which it started",
        "nps-sl014",
        "breach-known 2010-06-01, transferred 2010-06-02 kent, breach-presented 2010-06-03 kent",
        ("avon", "2010-06", "", True),
    ),
    (
        "of the start: received on that very day",
        "nps-sl014",
        "breach-known 2010-06-01T09:00, transferred 2010-06-01T17:00 kent, breach-presented 2010-06-03 kent",
        ("kent", "2010-06", "", True),
    ),
    (
        "of the last day, not of the day on which it was done",
        "victim-contact-8-weeks",
        "victim-contact-due 2010-06-01, victim-contacted 2010-06-02, transferred 2010-07-27T23:59 kent",
        ("kent", "2010-07", "", True),
    ),
    (
        "of the last day: received at midnight after it",
        "victim-contact-8-weeks",
        "victim-contact-due 2010-06-01, victim-contacted 2010-06-02, transferred 2010-07-28T00:00 kent",
        ("avon", "2010-07", "", True),
    ),
    (
        "of the day on which it was done",
        "court-reports-on-time",
        "report-requested 2010-06-01, transferred 2010-06-30 kent, report-completed 2010-07-01 kent",
        ("kent", "2010-07", "", False),
    ),
    (
        "of the day on which it was done: received later",
        "court-reports-on-time",
        "report-requested 2010-06-01, report-completed 2010-06-16, transferred 2010-06-17 kent",
        ("avon", "2010-06", "", True),
    ),
    (
        "twice: the last of them by that day",
        "oasys-15-days",
        "order-started 2010-06-01, transferred 2010-06-05 kent, transferred 2010-06-10 london, "
        "transferred 2010-06-20 avon",
        ("london", "2010-06", "", False),
    ),
    (
        "and back",
        "oasys-15-days",
        "order-started 2010-06-01, transferred 2010-06-05 kent, transferred 2010-06-10 avon, "
        "oasys-completed 2010-06-11",
        ("avon", "2010-06", "", True),
    ),
    (
        "none, though another trust has rows of it",
        "oasys-15-days",
        "order-started 2010-06-01, oasys-completed 2010-06-11 kent",
        ("avon", "2010-06", "", True),
    ),
    (
        "none, and the first row is another trust’s",
        "oasys-15-days",
        "report-requested 2010-05-01 london, order-started 2010-06-01, oasys-completed 2010-06-11",
        ("london", "2010-06", "", True),
    ),
    (
        "four weeks of a job: whoever has it when they are over",
        "employment-sustained-4-weeks",
        "job-started 2010-06-01 2, transferred 2010-06-29 kent 3",
        ("kent", "2010-06", "2", True),
    ),
    (
        "of the end: received after it",
        "orders-licences-completed",
        "order-started 2010-06-01 1, completed 2011-06-01 2, transferred 2011-06-02 kent 3",
        ("avon", "2011-06", "2", True),
    ),
    (
        "of what happened: received on that day, though later in it",
        "unpaid-work-completions",
        "order-started 2010-06-01, unpaid-work-completed 2011-06-01T09:00 4, "
        "transferred 2011-06-01T10:00 kent",
        ("kent", "2011-06", "4", True),
    ),
]
TIERS: list[tuple[str, str, str, Outcome]] = [
    (
        "that of the row that starts the clock, and not that of its end",
        "nps-sl014",
        "breach-known 2010-06-01 2, breach-presented 2010-06-02 4",
        ("avon", "2010-06", "2", True),
    ),
    (
        "that of the first of two starts",
        "nps-sl014",
        "breach-known 2010-06-01 3, breach-known 2010-06-05 4, breach-presented 2010-06-15 4",
        ("avon", "2010-06", "3", True),
    ),
    (
        "the lowest of two at one moment",
        "nps-sl014",
        "breach-known 2010-06-01 4, breach-known 2010-06-01 2",
        ("avon", "2010-06", "2", False),
    ),
    (
        "that of the second failure",
        "breach-10-days",
        "order-started 2010-05-01 1, failure 2010-06-01 2, failure 2010-06-08 3, breach-action 2010-06-09 4",
        ("avon", "2010-06", "3", True),
    ),
    (
        "the highest, from the start, is high risk",
        "oasys-high-risk-5-days",
        "order-started 2010-06-01 4, high-risk-plan-completed 2010-06-08 1",
        ("avon", "2010-06", "4", True),
    ),
    (
        "the highest of a second start isn’t",
        "oasys-high-risk-5-days",
        "order-started 2010-06-01 3, licence-started 2010-06-02 4, high-risk-plan-completed 2010-06-08 4",
        None,
    ),
    (
        "one that isn’t known is none",
        "dtto-drr-starts",
        "drug-treatment-started 2010-06-01 7",
        ("avon", "2010-06", "", True),
    ),
]
ORDERS_AND_LICENCES: list[tuple[str, str, str, Outcome]] = [
    (
        "an order and then a licence is an order",
        "nps-sl002",
        "order-started 2010-06-01, licence-started 2010-06-02, allocated 2010-06-03",
        ("avon", "2010-06", "", True),
    ),
    (
        "a licence and then an order is a licence",
        "nps-sl002",
        "licence-started 2010-06-01, order-started 2010-06-02, allocated 2010-06-03",
        None,
    ),
    (
        "both at one moment is an order",
        "nps-sl002",
        "licence-started 2010-06-01, order-started 2010-06-01, allocated 2010-06-03",
        ("avon", "2010-06", "", True),
    ),
    ("neither is no order", "crc-sl001r", "allocated 2010-06-01, first-appointment 2010-06-02", None),
    (
        "of an order that became a licence the second failure counts",
        "breach-10-days",
        "order-started 2010-05-01, licence-started 2010-05-20, failure 2010-06-01, failure 2010-06-08",
        ("avon", "2010-06", "", False),
    ),
    (
        "of a licence that became an order the third",
        "breach-10-days",
        "licence-started 2010-05-01, order-started 2010-05-20, failure 2010-06-01, failure 2010-06-08",
        None,
    ),
    (
        "a fourth failure of a licence changes nothing",
        "breach-10-days",
        "licence-started 2010-05-01, failure 2010-06-01, failure 2010-06-02, failure 2010-06-03, "
        "failure 2010-06-20, breach-action 2010-06-14",
        ("avon", "2010-06", "", False),
    ),
    (
        "a licence in a case that began as an order has a clock of its own",
        "nps-sl004r",
        "order-started 2010-01-04, licence-started 2010-06-01, first-appointment 2010-06-02",
        ("avon", "2010-06", "", True),
    ),
]
ENDS: list[tuple[str, str, str, Outcome]] = [
    (
        "on the last day, before it was done: left out",
        "oasys-15-days",
        "order-started 2010-06-01, revoked 2010-06-16, oasys-completed 2010-06-20",
        None,
    ),
    (
        "a day after the last: late",
        "oasys-15-days",
        "order-started 2010-06-01, revoked 2010-06-17",
        ("avon", "2010-06", "", False),
    ),
    (
        "on the day it began, an hour before",
        "oasys-15-days",
        "order-started 2010-06-01T09:00, completed 2010-06-01T08:00",
        None,
    ),
    (
        "within a limit of working days",
        "nps-sl014",
        "order-started 2010-01-04, breach-known 2010-06-01, revoked 2010-06-15",
        None,
    ),
    (
        "as the report was asked for, which is counted when it is done",
        "nps-sl001",
        "order-started 2010-01-04, report-requested 2010-06-01, report-due 2010-06-20, completed 2010-06-10, "
        "report-completed 2010-06-19",
        ("avon", "2010-06", "", True),
    ),
    (
        "opened again twice: only what comes after the second counts",
        "orders-licences-completed",
        "order-started 2010-06-01, completed 2010-07-01, reopened 2010-07-02, completed 2010-08-01, "
        "reopened 2010-08-02, revoked 2010-09-01",
        ("avon", "2010-09", "", False),
    ),
    (
        "twice: the first counts",
        "orders-licences-completed",
        "order-started 2010-06-01, revoked 2010-07-01, completed 2010-08-01",
        ("avon", "2010-07", "", False),
    ),
    (
        "in both ways, hours apart on one day: not well",
        "orders-licences-completed",
        "order-started 2010-06-01, completed 2010-07-01T09:00, revoked 2010-07-01T16:00",
        ("avon", "2010-07", "", False),
    ),
    (
        "housed on the day of the end that counts, and not of the first",
        "accommodation-at-termination",
        "order-started 2010-06-01, completed 2010-07-01, accommodated 2010-07-01, reopened 2010-07-05, "
        "completed 2010-08-01",
        ("avon", "2010-08", "", False),
    ),
    (
        "housed at another hour of the day",
        "accommodation-at-termination",
        "order-started 2010-06-01, revoked 2010-07-01T00:00, accommodated 2010-07-01T23:59",
        ("avon", "2010-07", "", True),
    ),
    (
        "of a job twice: the first counts",
        "employment-sustained-4-weeks",
        "job-started 2010-06-01, job-ended 2010-06-20, job-ended 2010-07-20",
        None,
    ),
    (
        "of a job, which began twice: four weeks of the first",
        "employment-sustained-4-weeks",
        "job-started 2010-06-01, job-started 2010-06-10, job-ended 2010-06-29",
        ("avon", "2010-06", "", True),
    ),
]
LIMITS: list[tuple[str, str, str, Outcome]] = [
    (
        "the last minute of the last working day",
        "oasys-ppo-5-days",
        "priority-assessment-due 2010-12-24T23:59, priority-assessment-completed 2011-01-05T23:59",
        ("avon", "2011-01", "", True),
    ),
    (
        "midnight after the last working day",
        "oasys-ppo-5-days",
        "priority-assessment-due 2010-12-24T23:59, priority-assessment-completed 2011-01-06T00:00",
        ("avon", "2011-01", "", False),
    ),
    (
        "a clock that starts on a bank holiday",
        "crc-sl002r",
        "licence-started 2010-12-27, first-appointment 2010-12-29",
        ("avon", "2010-12", "", True),
    ),
    (
        "the jubilee of 2012",
        "nps-sl015",
        "breach-requested 2012-06-01, breach-presented 2012-06-07",
        ("avon", "2012-06", "", True),
    ),
    (
        "a day late after the jubilee of 2012",
        "nps-sl015",
        "breach-requested 2012-06-01, breach-presented 2012-06-08",
        ("avon", "2012-06", "", False),
    ),
    (
        "fifteen working days over Easter 2011, the wedding and May Day",
        "crc-plan-15-days",
        "order-started 2011-04-01, first-appointment 2011-04-14, plan-completed 2011-05-11",
        ("avon", "2011-05", "", True),
    ),
    (
        "a day late over all these",
        "crc-plan-15-days",
        "order-started 2011-04-01, first-appointment 2011-04-14, plan-completed 2011-05-12",
        ("avon", "2011-05", "", False),
    ),
    (
        "eight weeks over a leap day",
        "victim-contact-8-weeks",
        "victim-contact-due 2012-02-01, victim-contacted 2012-03-28",
        ("avon", "2012-03", "", True),
    ),
    (
        "the day of the court before the report was asked for",
        "nps-sl001",
        "report-due 2010-05-31, report-requested 2010-06-01, report-completed 2010-06-01",
        ("avon", "2010-06", "", False),
    ),
    (
        "two reports: the first counts",
        "nps-sl001",
        "report-requested 2010-06-01, report-due 2010-06-20, report-completed 2010-06-20, "
        "report-completed 2010-06-25",
        ("avon", "2010-06", "", True),
    ),
]
LINES = [
    pytest.param(*line, id=f"{subject}: {what}")
    for subject, lines in {
        "transfer": TRANSFERS,
        "tier": TIERS,
        "order or licence": ORDERS_AND_LICENCES,
        "end": ENDS,
        "limit": LIMITS,
    }.items()
    for what, *line in lines
]


@pytest.mark.parametrize(("measure", "events", "expected"), LINES)
def test_a_case_is_whose_it_is_by_hand(tmp_path, measure, events, expected):
    assert outcome(RULES[measure], events, tmp_path) == expected


@pytest.mark.parametrize(
    ("start", "stop", "met"),
    [
        ("2010-06-01T10:00", "2010-06-02T09:59", True),
        ("2010-06-01T10:00", "2010-06-02T10:00", True),
        ("2010-06-01T10:00", "2010-06-02T10:01", False),
        # Days without times begin at midnight, and so the whole day after is late but for its first minute.
        ("2010-06-01", "2010-06-02", True),
        ("2010-06-01", "2010-06-02T00:01", False),
        # Nor do hours stop at weekends, or on 29 February.
        ("2010-06-05T10:00", "2010-06-06T10:00", True),
        ("2012-02-28T23:59", "2012-02-29T23:59", True),
        ("2012-02-28T23:59", "2012-03-01T00:00", False),
    ],
)
def test_a_limit_of_24_hours_goes_by_the_minute(tmp_path, start, stop, met):
    rule = RULES["nps-sl014"].model_copy(update={"limit": Limit(hours=24)})

    found = outcome(rule, f"breach-known {start}, breach-presented {stop}", tmp_path)

    assert found == ("avon", start[:7], "", met)


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2013-06-28T23:59", ("avon", "2013-06", "", False)), ("2013-06-29T00:00", None)],
)
def test_hours_that_run_into_the_day_of_the_extract_arent_over(tmp_path, start, expected):
    rule = RULES["nps-sl014"].model_copy(update={"limit": Limit(hours=24)})

    assert outcome(rule, f"breach-known {start}", tmp_path) == expected


def outcome(rule: Any, events: str, tmp_path: Any) -> Outcome:
    file = csv([row_of(event) for event in events.split(", ")], tmp_path / "case.csv")
    found = sums(counted([file], {"measure": rule}), "measure")
    if not found:
        return None
    (((trust, month, tier), (numerator, denominator)),) = found.items()
    assert denominator == 1
    return trust, f"{month:%Y-%m}", tier, numerator == 1


def row_of(event: str) -> tuple[str, str, str, str, str]:
    name, day, *more = event.split()
    trust = next((word for word in more if word in TRUSTS), "avon")
    tier = next((word for word in more if word.isdigit()), "")
    return "1", trust, tier, name, str(datetime.datetime.fromisoformat(day))
