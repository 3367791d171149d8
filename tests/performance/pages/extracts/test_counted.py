"""The page of an extract that was counted, to people of the trust and to others."""

import csv
import datetime
from typing import Any

import pytest
from django.utils import timezone

from performance.extracts.keeping import delete_events
from performance.models import CaseExtract, Event
from tests.performance.extracts.sending import (
    answer_of,
    content_of,
    counted,
    lines,
    simulated,
)
from tests.performance.pages.returns.sending import visitor
from tests.performance.returns.sent import accept, chief_executive, officer, someone, uploaded
from tests.performance.returns.sent import content_of as return_of
from trusts.models import Person, Role

REPORTS = "court-reports-on-time"


@pytest.fixture
def by(series) -> Person:
    return officer()


@pytest.fixture
def extract(series, by) -> CaseExtract:
    return counted(series, content_of(simulated(odd=2)), by)


def page(person: Person, extract: CaseExtract, more: str = "") -> Any:
    return visitor(person).get(f"/returns/extracts/{extract.pk}/{more}")


def said(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def test_it_has_every_measure_with_its_counts(by, extract):
    text = said(page(by, extract))

    answer = answer_of(simulated(odd=2))
    numerator, denominator = (
        sum(counts[place] for (code, _), counts in answer.items() if code == REPORTS) for place in (0, 1)
    )
    assert f"{numerator} of {denominator}" in text
    assert "Look cases up" in text
    assert "2 rows have no case, and are left out." in text


def test_a_measure_has_its_waits_its_days_and_its_rule(by, extract):
    text = said(page(by, extract, f"?measure={REPORTS}"))

    assert 'id="chart-waits"' in text
    assert 'id="chart-days-of-month"' in text
    assert "15 days of the calendar; the day of the start is day 0" in text


def test_a_measure_without_a_limit_has_no_waits(by, extract):
    text = said(page(by, extract, "?measure=orders-licences-completed"))

    assert 'id="chart-waits"' not in text
    assert 'id="chart-days-of-month"' in text


@pytest.mark.parametrize("more", ["?measure=nothing", "?trust=kent"])
def test_what_wasnt_counted_is_not_found(by, extract, more):
    assert page(by, extract, more).status_code == 404


def test_a_return_counted_by_hand_is_set_beside_it(series, by):
    by_hand = {
        "organisation": "london",
        "framework": "ptrs-2010-11",
        "measure": REPORTS,
        "period_start": "2010-09-01",
        "period_end": "2010-09-30",
        "status": "reported",
        "numerator": "1",
        "denominator": "3",
    }
    accept(uploaded(series, return_of(by_hand), by).trust_returns.get())
    extract = counted(series, lines(*REPORTS_OF_SEPTEMBER), by)

    text = said(page(by, extract))
    assert "Months in which the two differ" in text
    assert "1 of 2" in text
    assert "1 of 3" in text


REPORTS_OF_SEPTEMBER = (
    "r1,london,,,report-requested,2010-09-01",
    "r1,london,,,report-completed,2010-09-10",
    "r2,london,,,report-requested,2010-09-01",
    "r2,london,,,report-completed,2010-09-20",
)


@pytest.fixture
def small(series, by) -> CaseExtract:
    """So few that nobody else may see them."""
    return counted(series, lines(*REPORTS_OF_SEPTEMBER), by)


def test_the_trust_sees_its_own_small_numbers_and_others_dont(small, by):
    own, others = (said(page(person, small)) for person in (by, someone(Role.NOMS_ANALYST)))

    assert ">1</td>" in own.partition('id="chart-waits"')[2]
    assert 'id="chart-waits"' not in others
    assert "Look cases up" not in others


def test_others_see_what_isnt_small_and_that_some_is_left_out(series, by):
    extract = counted(series, content_of(simulated(cases=6_000)), by)

    text = said(page(someone(Role.NOMS_ANALYST), extract, f"?measure={REPORTS}"))
    behind = text.partition('id="chart-waits"')[2].partition("</table>")[0]
    assert ">c</td>" in behind
    assert not any(f">{number}</td>" in behind for number in range(1, 5))
    assert "can’t be shown" in text


def test_a_few_that_are_open_are_told_to_their_trust_alone(series, by):
    rows = [f"v{number},london,,,victim-contact-due,2010-08-0{number}" for number in (1, 2, 3)]
    extract = counted(series, lines(*rows), by)

    assert "fewer than 5" not in said(page(by, extract))
    assert "fewer than 5" in said(page(someone(Role.NOMS_ANALYST), extract))


def test_the_longest_that_is_open_is_one_case_and_told_to_its_trust_alone(series, by):
    rows = [f"v{number},london,,,victim-contact-due,2010-08-{10 + number}" for number in range(6)]
    extract = counted(series, lines(*rows), by)

    own, others = (said(page(person, extract)) for person in (by, someone(Role.NOMS_ANALYST)))
    assert "half of them for 171 days or less; the longest for 174 days." in own
    assert "half of them for 171 days or less." in others


def test_noms_chooses_among_trusts(series):
    analyst = someone(Role.NOMS_ANALYST)
    extract = counted(series, content_of(simulated(("london", "kent"))), analyst)

    assert "Kent, September to October 2010: counted from cases" in said(page(analyst, extract))
    assert "London, September to October 2010: counted from cases" in said(
        page(analyst, extract, "?trust=london")
    )


def test_the_chief_executive_sees_the_cases_too(extract):
    assert "Look cases up" in said(page(chief_executive(), extract))


def test_case_by_case_it_is_for_the_trust_alone(by, extract):
    address = f"/returns/extracts/{extract.pk}/cases.csv?measure={REPORTS}"
    response = visitor(by).get(address)
    rows = list(csv.DictReader(response.getvalue().decode("utf-8-sig").splitlines()))

    answer = answer_of(simulated(odd=2))
    assert len(rows) == sum(counts[1] for (code, _), counts in answer.items() if code == REPORTS)
    assert sum(row["in_time"] == "yes" for row in rows) == sum(
        counts[0] for (code, _), counts in answer.items() if code == REPORTS
    )
    assert {row["standing"] for row in rows} == {"Management information"}
    assert Event.objects.filter(verb="took unpublished figures", actor=by).count() == 1
    assert visitor(someone(Role.NOMS_ANALYST)).get(address).status_code == 404


def look_up(person: Person, extract: CaseExtract, numbers: str) -> Any:
    return visitor(person).post(f"/returns/extracts/{extract.pk}/look-up/", {"numbers": numbers})


def test_a_case_is_looked_up_by_the_trusts_own_number(small, by):
    text = said(look_up(by, small, "r1\n r2 \nr3\nr1"))

    assert "Court reports on time: met: begun 1 September 2010, done 10 September 2010." in text
    assert "Court reports on time: not met: begun 1 September 2010, done 20 September 2010." in text
    assert "Under no measure of these months." in text
    event = Event.objects.get(verb="took unpublished figures")
    assert event.detail == {"case_extract": small.pk, "numbers": 3}
    assert "r1" not in event.subject


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ("", "Enter one case number or more."),
        ("\n".join(map(str, range(1_001))), "Enter 1,000 numbers at most."),
    ],
)
def test_what_cant_be_looked_up_is_said(small, by, numbers, sentence):
    assert sentence in said(look_up(by, small, numbers))


def test_nobody_else_looks_cases_up(small):
    assert look_up(someone(Role.NOMS_ANALYST), small, "r1").status_code == 404


def test_once_its_events_are_deleted_the_counts_stay(small, by):
    delete_events(small, timezone.now())

    text = said(page(by, small))
    assert "1 of 2" in text
    assert "deleted on" in text
    assert "Look cases up" not in text
    assert visitor(by).get(f"/returns/extracts/{small.pk}/cases.csv").status_code == 404
    assert look_up(by, small, "r1").status_code == 404


def test_open_cases_are_told(series, by):
    extract = counted(
        series,
        lines("v1,london,,,victim-contact-due,2010-08-01", "v2,london,,,victim-contact-due,2010-08-10"),
        by,
    )

    text = said(page(by, extract))
    assert "Victims contacted within eight weeks" in text
    assert "0 of 2" in text
    # From 10 August, the later of the two, to 31 January, and from 1 August.
    assert "Still open: 100% (2 of 2), half of them for 174 days or less; the longest for 183 days." in text


def test_heaping_is_asked_about(series, by):
    """Far more on the fifteenth day than on the days around it."""
    rows = []
    for number in range(900):
        days = 15 if number % 3 else number % 45
        day = datetime.date(2010, 9, 1) + datetime.timedelta(days=days)
        rows.append(f"{number},london,,,report-requested,2010-09-01")
        rows.append(f"{number},london,,,report-completed,{day}")

    text = said(page(by, counted(series, lines(*rows), by), f"?measure={REPORTS}"))
    assert "why are more cases done just before the limit" in text


def test_months_that_end_with_a_heap_are_asked_about(series, by):
    rows = []
    for number in range(400):
        day = 30 if number % 2 else 1 + number % 20
        rows.append(f"{number},london,,,completed,2010-09-{day:02d}")

    text = said(page(by, counted(series, lines(*rows), by), "?measure=orders-licences-completed"))
    assert "why are so many cases completed in the last days of the month?" in text
