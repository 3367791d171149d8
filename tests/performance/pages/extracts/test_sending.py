"""The form for an extract, and the page of one that waits, was refused or couldn't be counted."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from performance.extracts.jobs import run_count
from performance.models import CaseExtract, Job
from performance.pages.forms.extracts import ExtractForm
from performance.periods import Period
from tests.performance.extracts.sending import content_of, lines, sent, simulated
from tests.performance.pages.returns.sending import visitor
from tests.performance.returns.sent import chief_executive, officer
from trusts.models import Person

ADDRESS = "/returns/extracts/send/"
FORM = {
    "framework": "ptrs-2010-11",
    "first": "September 2010",
    "last": "October 2010",
    "taken": "31 January 2011",
}


@pytest.fixture
def by(series) -> Person:
    return officer()


def send(client: Client, content: bytes = b"", **changed: Any) -> Any:
    file = SimpleUploadedFile("events.csv", content or lines("1,london,,,report-requested,2010-09-01"))
    return client.post(ADDRESS, FORM | {"file": file} | changed)


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_extract_is_sent_with_what_is_to_be_counted(by):
    response = send(visitor(by))

    extract = CaseExtract.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/returns/extracts/{extract.pk}/")
    assert extract.period == Period(datetime.date(2010, 9, 1), datetime.date(2010, 10, 31))
    assert (extract.framework.slug, extract.taken) == ("ptrs-2010-11", datetime.date(2011, 1, 31))
    assert (extract.name, extract.organisation) == ("events.csv", by.organisation)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"framework": ""}, "Choose a framework."),
        ({"first": ""}, "Enter the first month to count."),
        ({"last": "2010/11"}, "write one month, such as March 2013"),
        ({"last": "August 2010"}, "The last month comes before the first."),
        ({"taken": "soon"}, "Write the day as 9 April 2013 or 09/04/2013."),
        ({"taken": ""}, "Enter the day on which the extract was taken."),
        ({"taken": "31/10/2010"}, "the period wasn’t over: take an extract after 31 October 2010."),
        ({"taken": "2100-01-01"}, "1 January 2100 is still to come."),
        ({"first": "March 2010"}, "choose months of those."),
        ({"file": ""}, "Choose a file."),
    ],
)
def test_what_is_wrong_with_the_form_is_said(by, changed, sentence):
    response = send(visitor(by), **changed)

    assert response.status_code == 200
    assert sentence in said(response)
    assert not CaseExtract.objects.exists()


def test_a_file_that_is_too_large_goes_nowhere(by, monkeypatch, kept):
    monkeypatch.setattr("performance.pages.extracts.send.MOST_BYTES", 1_000)

    response = send(visitor(by), b"x" * 3_000)

    assert response.status_code == 413
    assert "Nothing of it was kept" in said(response)
    assert not kept.exists()


def test_without_a_token_nothing_is_taken(by):
    client = Client(enforce_csrf_checks=True)
    client.force_login(by)

    assert send(client).status_code == 403
    assert not CaseExtract.objects.exists()


def test_only_frameworks_that_can_be_counted_are_offered(series):
    from tests import factories

    factories.make_framework(slug="without-rules")

    assert [framework.slug for framework in ExtractForm().fields["framework"].queryset] == ["ptrs-2010-11"]


def test_the_list_has_every_extract_with_its_state(series, by):
    sent(series, lines("1,london,,,report-requested,2010-09-01"), by)

    text = said(visitor(by).get("/returns/extracts/"))
    assert "Being counted" in text
    assert "events.csv" in text
    assert 'href="/returns/extracts/send/"' in text
    assert 'href="/returns/extracts/send/"' not in said(visitor(chief_executive()).get("/returns/extracts/"))


def test_one_that_waits_says_how_far_it_is(series, by):
    extract = sent(series, lines("1,london,,,report-requested,2010-09-01"), by)
    Job.objects.filter(case_extract=extract).update(
        state="running", step="Count the cases", steps_done=2, steps_total=5
    )

    text = said(visitor(by).get(f"/returns/extracts/{extract.pk}/"))
    assert "Count the cases: 2 of 5 done" in text
    assert visitor(by).get(f"/returns/extracts/{extract.pk}/progress.json").json() == {
        "state": "running",
        "step": "Count the cases: 2 of 5 done",
        "done": 2,
        "total": 5,
        "is_finished": False,
        "outcome": "",
    }


def test_before_a_worker_takes_it_it_waits_to_begin(series, by):
    extract = sent(series, lines("1,london,,,report-requested,2010-09-01"), by)

    assert "Waiting to begin" in said(visitor(by).get(f"/returns/extracts/{extract.pk}/"))


def test_one_that_was_refused_says_why(series, by):
    extract = sent(series, b"case,trust,tier,event,date,dob\n", by)
    run_count(extract.job.pk)

    text = said(visitor(by).get(f"/returns/extracts/{extract.pk}/"))
    assert "events.csv can’t be counted" in text
    assert "the column &#x27;dob&#x27; looks like a date of birth" in text


def test_one_that_couldnt_be_counted_says_why(series, by):
    content = content_of(simulated())
    for _ in range(2):
        extract = sent(series, content, by)
        run_count(extract.job.pk)

    text = said(visitor(by).get(f"/returns/extracts/{extract.pk}/"))
    assert "events.csv couldn’t be counted" in text
    assert "nothing in it is new" in text
    assert "Couldn’t be counted" in said(visitor(by).get("/returns/extracts/"))


def test_an_extract_that_there_isnt_is_not_found(by):
    assert visitor(by).get("/returns/extracts/1/").status_code == 404
