"""Cases worked by hand for the rule of every measure: what counts, where and when, and what is in time.

Each line is the events of one case, and what has to come of it: (trust, month, met), or nothing where it
doesn't count. The extract was taken on 30 June 2013.
"""

import datetime
from typing import Any

import pytest

from performance.frameworks.case_rules import Limit
from tests.performance.extracts.counting import RULES, counted, csv, sums

Case = tuple[str, str, tuple[str, str, bool] | None]

ORDER_2010 = "order-started 2010-06-01"
# Bank holidays: Christmas 2010 on 27 and 28 December, New Year on 3 January 2011; Easter 2011 on 22 and 25
# April, the wedding on 29 April and May Day on 2 May.
BY_HAND: dict[str, list[Case]] = {
    "oasys-15-days": [
        ("on the last day", f"{ORDER_2010}, oasys-completed 2010-06-16", ("london", "2010-06", True)),
        ("a day late", f"{ORDER_2010}, oasys-completed 2010-06-17", ("london", "2010-06", False)),
        ("never done", ORDER_2010, ("london", "2010-06", False)),
        (
            "at the last minute",
            f"{ORDER_2010}, oasys-completed 2010-06-16T23:59",
            ("london", "2010-06", True),
        ),
        ("at midnight", f"{ORDER_2010}, oasys-completed 2010-06-17T00:00", ("london", "2010-06", False)),
        (
            "in the month of its last day",
            "licence-started 2010-03-25, oasys-completed 2010-03-26",
            ("london", "2010-04", True),
        ),
        (
            "over a leap day",
            "order-started 2012-02-20, oasys-completed 2012-03-06",
            ("london", "2012-03", True),
        ),
        (
            "a day late after a leap day",
            "order-started 2012-02-20, oasys-completed 2012-03-07",
            ("london", "2012-03", False),
        ),
        ("its last day isn’t over", "order-started 2013-06-15, oasys-completed 2013-06-20", None),
        ("its last day is just over", "order-started 2013-06-14", ("london", "2013-06", False)),
        ("ended before it was due", f"{ORDER_2010}, revoked 2010-06-10", None),
        (
            "ended before it was due, and done",
            f"{ORDER_2010}, oasys-completed 2010-06-09, revoked 2010-06-10",
            ("london", "2010-06", True),
        ),
        (
            "ended and opened again",
            f"{ORDER_2010}, completed 2010-06-05, reopened 2010-06-08, oasys-completed 2010-06-20",
            ("london", "2010-06", False),
        ),
        ("done before it started", f"{ORDER_2010}, oasys-completed 2010-05-31", None),
        (
            "another event before it started",
            f"{ORDER_2010}, failure 2010-05-01, oasys-completed 2010-06-02",
            None,
        ),
        (
            "done twice: the first counts",
            f"{ORDER_2010}, oasys-completed 2010-06-10, oasys-completed 2010-12-01",
            ("london", "2010-06", True),
        ),
        (
            "started twice: the first counts",
            f"{ORDER_2010}, order-started 2010-06-10, oasys-completed 2010-06-20",
            ("london", "2010-06", False),
        ),
        (
            "received by the last day: whoever has it then",
            f"{ORDER_2010}, transferred 2010-06-16 kent, oasys-completed 2010-06-10",
            ("kent", "2010-06", True),
        ),
        (
            "received after the last day",
            f"{ORDER_2010}, transferred 2010-06-17 kent, oasys-completed 2010-06-30 kent",
            ("london", "2010-06", False),
        ),
    ],
    "oasys-high-risk-5-days": [
        (
            "over Christmas",
            "order-started 2010-12-23 4, high-risk-plan-completed 2011-01-04",
            ("london", "2010-12", True),
        ),
        (
            "a day late after Christmas",
            "order-started 2010-12-23 4, high-risk-plan-completed 2011-01-05",
            ("london", "2010-12", False),
        ),
        (
            "a day late after Easter and the wedding",
            "order-started 2011-04-21 4, high-risk-plan-completed 2011-05-05",
            ("london", "2011-04", False),
        ),
        (
            "in time over Easter and the wedding",
            "order-started 2011-04-21 4, high-risk-plan-completed 2011-05-04",
            ("london", "2011-04", True),
        ),
        (
            "started on a Saturday",
            "licence-started 2010-06-05 4, high-risk-plan-completed 2010-06-11",
            ("london", "2010-06", True),
        ),
        ("of a lower tier", "order-started 2010-06-01 3, high-risk-plan-completed 2010-06-02", None),
        ("of no tier", "order-started 2010-06-01, high-risk-plan-completed 2010-06-02", None),
        (
            "of a higher tier later",
            "order-started 2010-06-01 2, failure 2010-06-03 4, high-risk-plan-completed 2010-06-02 4",
            None,
        ),
        (
            "received meanwhile: whoever had it first",
            "order-started 2010-06-01 4, transferred 2010-06-02 kent 4",
            ("london", "2010-06", False),
        ),
    ],
    "oasys-ppo-5-days": [
        (
            "in time",
            "priority-assessment-due 2010-06-01, priority-assessment-completed 2010-06-08",
            ("london", "2010-06", True),
        ),
        (
            "late",
            "priority-assessment-due 2010-06-01, priority-assessment-completed 2010-06-09",
            ("london", "2010-06", False),
        ),
        ("open", "priority-assessment-due 2010-06-28", ("london", "2010-07", False)),
    ],
    "breach-10-days": [
        (
            "after the second failure of an order",
            "order-started 2010-05-01, failure 2010-06-01, failure 2010-06-08, breach-action 2010-06-18",
            ("london", "2010-06", True),
        ),
        (
            "too late after it",
            "order-started 2010-05-01, failure 2010-06-01, failure 2010-06-08, breach-action 2010-06-19",
            ("london", "2010-06", False),
        ),
        ("one failure of an order", "order-started 2010-05-01, failure 2010-06-01", None),
        (
            "two of a licence",
            "licence-started 2010-05-01, failure 2010-06-01, failure 2010-06-08",
            None,
        ),
        (
            "three of a licence",
            "licence-started 2010-05-01, failure 2010-06-01, failure 2010-06-08, failure 2010-06-28, "
            "breach-action 2010-07-08",
            ("london", "2010-07", True),
        ),
        (
            "before it had to be",
            "order-started 2010-05-01, failure 2010-06-01, breach-action 2010-06-02, failure 2010-06-08",
            ("london", "2010-06", True),
        ),
        (
            "two failures on one day are one",
            "order-started 2010-05-01, failure 2010-06-01T09:00, failure 2010-06-01T14:00",
            None,
        ),
        ("failures without a start", "failure 2010-06-01, failure 2010-06-08", None),
    ],
    "victim-contact-8-weeks": [
        (
            "on day 56",
            "victim-contact-due 2010-06-01, victim-contacted 2010-07-27",
            ("london", "2010-07", True),
        ),
        (
            "on day 57",
            "victim-contact-due 2010-06-01, victim-contacted 2010-07-28",
            ("london", "2010-07", False),
        ),
        ("contacted and never due", "victim-contacted 2010-07-28", None),
        ("not due yet", "victim-contact-due 2013-05-05", None),
        ("just due", "victim-contact-due 2013-05-04", ("london", "2013-06", False)),
    ],
    "court-reports-on-time": [
        (
            "in the month in which it was done",
            "report-requested 2010-06-25, report-completed 2010-07-10",
            ("london", "2010-07", True),
        ),
        ("late", "report-requested 2010-06-25, report-completed 2010-07-11", ("london", "2010-07", False)),
        ("never done", "report-requested 2010-06-25", None),
        ("done before it was asked for", "report-requested 2010-06-25, report-completed 2010-06-24", None),
        (
            "done on the day of the extract",
            "report-requested 2013-06-20, report-completed 2013-06-30",
            ("london", "2013-06", True),
        ),
        (
            "after supervision began in the same case",
            "report-requested 2010-06-01, report-completed 2010-06-10, order-started 2010-06-11",
            ("london", "2010-06", True),
        ),
    ],
    "nps-sl001": [
        (
            "on the court’s day",
            "report-requested 2010-06-01, report-due 2010-06-20, report-completed 2010-06-20",
            ("london", "2010-06", True),
        ),
        (
            "after the court’s day",
            "report-requested 2010-06-01, report-due 2010-06-20, report-completed 2010-06-21",
            ("london", "2010-06", False),
        ),
        (
            "the court set another day",
            "report-requested 2010-06-01, report-due 2010-06-20, report-due 2010-06-30, "
            "report-completed 2010-06-21",
            ("london", "2010-06", True),
        ),
        ("no day was set", "report-requested 2010-06-01, report-completed 2010-06-02", None),
    ],
    "nps-sl002": [
        (
            "on the second working day",
            "order-started 2010-06-04, allocated 2010-06-08",
            ("london", "2010-06", True),
        ),
        ("on the third", "order-started 2010-06-04, allocated 2010-06-09", ("london", "2010-06", False)),
        ("a licence", "licence-started 2010-06-04, allocated 2010-06-08", None),
    ],
    "nps-sl003r": [
        (
            "on the fifth working day",
            f"{ORDER_2010}, allocated 2010-06-03, first-appointment 2010-06-10",
            ("london", "2010-06", True),
        ),
        (
            "on the sixth",
            f"{ORDER_2010}, allocated 2010-06-03, first-appointment 2010-06-11",
            ("london", "2010-06", False),
        ),
        ("a licence", "licence-started 2010-06-01, allocated 2010-06-03, first-appointment 2010-06-04", None),
    ],
    "nps-sl004r": [
        (
            "on Tuesday after Easter",
            "licence-started 2011-04-21, first-appointment 2011-04-26",
            ("london", "2011-04", True),
        ),
        (
            "on Wednesday",
            "licence-started 2011-04-21, first-appointment 2011-04-27",
            ("london", "2011-04", False),
        ),
        ("an order", "order-started 2011-04-21, first-appointment 2011-04-26", None),
    ],
    "nps-sl014": [
        ("in time", "breach-known 2010-06-01, breach-presented 2010-06-15", ("london", "2010-06", True)),
        ("late", "breach-known 2010-06-01, breach-presented 2010-06-16", ("london", "2010-06", False)),
        ("open", "breach-known 2010-06-01", ("london", "2010-06", False)),
    ],
    "nps-sl015": [
        ("in time", "breach-requested 2010-06-04, breach-presented 2010-06-08", ("london", "2010-06", True)),
        ("late", "breach-requested 2010-06-04, breach-presented 2010-06-09", ("london", "2010-06", False)),
        ("open", "breach-requested 2010-06-04", ("london", "2010-06", False)),
    ],
    "crc-sl001r": [
        (
            "on the fifth working day",
            f"{ORDER_2010}, allocated 2010-06-03, first-appointment 2010-06-10",
            ("london", "2010-06", True),
        ),
        ("never", f"{ORDER_2010}, allocated 2010-06-03", ("london", "2010-06", False)),
        ("never allocated", f"{ORDER_2010}, first-appointment 2010-06-10", None),
    ],
    "crc-sl002r": [
        (
            "on Monday",
            "licence-started 2010-06-04, first-appointment 2010-06-07",
            ("london", "2010-06", True),
        ),
        (
            "on Tuesday",
            "licence-started 2010-06-04, first-appointment 2010-06-08",
            ("london", "2010-06", False),
        ),
        ("an order", "order-started 2010-06-04, first-appointment 2010-06-07", None),
    ],
    "crc-plan-15-days": [
        (
            "on the fifteenth working day",
            f"{ORDER_2010}, first-appointment 2010-06-03, plan-completed 2010-06-24",
            ("london", "2010-06", True),
        ),
        (
            "on the sixteenth",
            f"{ORDER_2010}, first-appointment 2010-06-03, plan-completed 2010-06-25",
            ("london", "2010-06", False),
        ),
        ("ended before", f"{ORDER_2010}, first-appointment 2010-06-03, revoked 2010-06-10", None),
    ],
    "orders-licences-completed": [
        ("completed", f"{ORDER_2010}, completed 2011-05-31", ("london", "2011-05", True)),
        ("revoked", f"{ORDER_2010}, revoked 2011-05-31", ("london", "2011-05", False)),
        ("open", ORDER_2010, None),
        (
            "opened again, and completed in the end",
            f"{ORDER_2010}, revoked 2011-01-10, reopened 2011-01-20, completed 2011-05-31",
            ("london", "2011-05", True),
        ),
        ("opened again, and open", f"{ORDER_2010}, completed 2011-01-10, reopened 2011-01-20", None),
        (
            "ended in both ways on a day",
            f"{ORDER_2010}, completed 2011-05-31, revoked 2011-05-31",
            ("london", "2011-05", False),
        ),
        (
            "received before it ended",
            f"{ORDER_2010}, transferred 2011-05-31 kent, completed 2011-05-31 kent",
            ("kent", "2011-05", True),
        ),
        ("ended before it started", f"{ORDER_2010}, completed 2010-05-31", None),
    ],
    "accommodation-at-termination": [
        (
            "on the day",
            f"{ORDER_2010}, completed 2011-05-31, accommodated 2011-05-31",
            ("london", "2011-05", True),
        ),
        (
            "at some time before",
            f"{ORDER_2010}, completed 2011-05-31, accommodated 2011-05-30",
            ("london", "2011-05", False),
        ),
        ("not recorded", f"{ORDER_2010}, revoked 2011-05-31", ("london", "2011-05", False)),
        ("open", f"{ORDER_2010}, accommodated 2010-06-01", None),
    ],
    "dtto-drr-completion-rate": [
        (
            "completed",
            "drug-treatment-started 2010-06-01, drug-treatment-completed 2011-06-01",
            ("london", "2011-06", True),
        ),
        ("ended", "drug-treatment-ended 2011-06-01", ("london", "2011-06", False)),
        ("open", "drug-treatment-started 2010-06-01", None),
    ],
    "dtto-drr-completions": [
        ("completed", "drug-treatment-completed 2011-06-01", ("london", "2011-06", True)),
        (
            "twice: once, on the first day",
            "drug-treatment-completed 2011-06-01, drug-treatment-completed 2011-07-01",
            ("london", "2011-06", True),
        ),
        ("ended", "drug-treatment-ended 2011-06-01", None),
    ],
    "dtto-drr-starts": [
        ("started", "drug-treatment-started 2011-06-01", ("london", "2011-06", True)),
        (
            "started as the extract was taken",
            "drug-treatment-started 2013-06-30",
            ("london", "2013-06", True),
        ),
        ("only ended", "drug-treatment-ended 2011-06-01", None),
    ],
    "obp-completions": [
        ("completed", "programme-completed 2011-06-30", ("london", "2011-06", True)),
        (
            "in a case that was received",
            f"{ORDER_2010}, transferred 2010-07-01 kent, programme-completed 2010-08-01 kent",
            ("kent", "2010-08", True),
        ),
        ("not completed", ORDER_2010, None),
    ],
    "unpaid-work-completions": [
        ("completed", "unpaid-work-completed 2012-02-29", ("london", "2012-02", True)),
        ("before its order", f"{ORDER_2010}, unpaid-work-completed 2010-05-01", ("london", "2010-05", True)),
        ("not completed", ORDER_2010, None),
    ],
    "employment-sustained-4-weeks": [
        ("never ended", "job-started 2010-06-01", ("london", "2010-06", True)),
        (
            "ended four weeks later",
            "job-started 2010-06-01, job-ended 2010-06-29",
            ("london", "2010-06", True),
        ),
        ("ended a day before", "job-started 2010-06-01, job-ended 2010-06-28", None),
        ("ended before it began", "job-started 2010-06-01, job-ended 2010-05-28", None),
        ("four weeks aren’t over", "job-started 2013-06-02", None),
        ("four weeks are just over", "job-started 2013-06-01", ("london", "2013-06", True)),
    ],
}
LINES = [
    pytest.param(measure, events, expected, id=f"{measure}: {what}")
    for measure, cases in BY_HAND.items()
    for what, events, expected in cases
]


@pytest.mark.parametrize(("measure", "events", "expected"), LINES)
def test_by_hand(tmp_path, measure, events, expected):
    assert outcome(RULES[measure], events, tmp_path) == expected


def test_every_rule_is_worked_by_hand() -> None:
    assert set(BY_HAND) == set(RULES)
    assert all(len(cases) >= 3 for cases in BY_HAND.values())


@pytest.mark.parametrize(
    ("stop", "met"),
    [("2010-06-02T09:29", True), ("2010-06-02T09:30", True), ("2010-06-02T09:31", False)],
)
def test_a_limit_in_hours_counts_from_minute_to_minute(tmp_path, stop, met):
    rule = RULES["nps-sl014"].model_copy(update={"limit": Limit(hours=24)})
    events = f"breach-known 2010-06-01T09:30, breach-presented {stop}"

    assert outcome(rule, events, tmp_path) == ("london", "2010-06", met)


def outcome(rule: Any, events: str, tmp_path: Any) -> tuple[str, str, bool] | None:
    file = csv([row_of(event) for event in events.split(", ")], tmp_path / "case.csv")
    found = sums(counted([file], {"measure": rule}), "measure")
    assert len(found) <= 1
    for (trust, month, _), (numerator, denominator) in found.items():
        assert denominator == 1
        return trust, f"{month:%Y-%m}", numerator == 1
    return None


def row_of(event: str) -> tuple[str, str, str, str, str]:
    """Of an event, its day, and a trust and a tier if they are named."""
    name, day, *more = event.split()
    trust = next((word for word in more if word.isalpha()), "london")
    tier = next((word for word in more if word.isdigit()), "")
    return "1", trust, tier, name, str(datetime.datetime.fromisoformat(day))


def test_a_case_is_of_the_month_of_its_day_by_the_clock_in_england(tmp_path):
    """In summer that is an hour ahead."""
    rows = [("1", "london", "", "programme-completed", "2010-06-30T23:30:00Z")]

    assert list(sums(counted([csv(rows, tmp_path / "case.csv")]), "obp-completions")) == [
        ("london", datetime.date(2010, 7, 1), "")
    ]
