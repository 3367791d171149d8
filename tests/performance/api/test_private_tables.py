"""What isn't published: each row as it is stored, and an event for each reading of figures."""

import base64
import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from performance.api.private_tables import PRIVATE_TABLES
from performance.models import Event, Observation
from performance.people.tokens import end_token, make_token
from tests import factories
from tests.performance.api.asking import answer, ask, bearing, csv_rows, problem, rows, token_of
from tests.performance.api.holding import holds_to_its_filters_and_orders
from tests.performance.pages.returns.sending import checked, draft_with, finished, odd, visitor
from tests.performance.returns.sent import (
    GOOD,
    MAY,
    ORDERS,
    accept,
    accepted,
    content_of,
    drafted,
    officer,
    refused,
    someone,
    submitted,
    uploaded,
)
from trusts.models import Role

SAME = ("Monthly returns", "Management information")


@pytest.fixture
def london(series) -> str:
    """A token of an officer of London."""
    return token_of(officer())


def test_observations_are_those_that_count_now(series, london):
    accepted(series, GOOD, ORDERS)
    accept(drafted(series, GOOD | {"numerator": "40", "note": "Counted again."}, ORDERS))
    submitted(series, GOOD | MAY)
    accepted(series, GOOD | {"organisation": "kent"})

    found = rows("observations/", token=london)

    assert [(row["measure"], row["numerator"], row["version"]) for row in found] == [
        ("reports-on-time", 40, 2),
        ("orders-completed", None, 2),
    ]
    first = found[0]
    assert (first["status"], first["denominator"], first["value"]) == ("reported", 50, 80.0)
    assert (first["target"], first["note"], first["unit"]) == (92.5, "Counted again.", "share")
    assert first["organisation"] == "london"


def test_an_answer_says_that_it_is_not_published(series, london):
    about = answer("observations/", token=london)["about"]

    assert about["published"] is False
    assert about["standing"] == "Management information"


def test_a_file_of_made_up_figures_says_so_in_its_name(series, london):
    series.standing = "simulated"
    series.save()
    response = ask("observations/", {"format": "csv"}, london)

    assert response["Content-Disposition"] == 'attachment; filename="simulated-observations.csv"'


@pytest.mark.parametrize("format", ["json", "csv"])
@pytest.mark.parametrize(
    ("path", "filters"), [("observations/", {"organisation": "london"}), ("findings/", {"severity": "error"})]
)
def test_each_reading_of_figures_is_an_event(series, path, filters, format):
    accepted(series, GOOD)
    refused(series, GOOD | {"numerator": "60"})
    person = officer()
    token = token_of(person)
    before = Event.objects.count()

    assert ask(path, {**filters, "format": format}, token).status_code == 200

    event = Event.objects.first()
    assert Event.objects.count() == before + 1
    assert (event.actor, event.verb) == (person, "took unpublished figures")
    assert event.subject == f"API, {path.removesuffix('/')}"
    assert event.detail["token"] == "A test"
    assert event.detail["filters"] == {name: [value] for name, value in filters.items()}
    assert event.detail["rows"] == 1


def test_reading_what_holds_no_figures_is_none(series, london):
    drafted(series, GOOD)
    before = Event.objects.count()
    for path in ("returns/", "uploads/", "jobs/"):
        ask(path, token=london)
    problem(ask("observations/", {"nope": 1}, london), 400)

    assert Event.objects.count() == before


def test_an_empty_answer_is_an_event_too_as_its_reason_tells_something(series, london):
    accepted(series, GOOD)
    why = answer("observations/", {"numerator": "45", "measure": "nothing"}, london)["empty_because"]

    assert why == "No row has measure=nothing."
    assert Event.objects.first().detail["rows"] == 0
    assert Event.objects.first().detail["filters"] == {"numerator": ["45"], "measure": ["nothing"]}


def test_what_is_asked_by_head_is_an_event_too(series, london):
    before = Event.objects.count()
    Client().head("/api/v1/observations/", headers=bearing(london))

    assert Event.objects.count() == before + 1


def test_a_cursor_holds_no_figure(series, london):
    accepted(series, GOOD, ORDERS)
    following = answer("observations/", {"limit": 1, "ordering": "numerator"}, london)["next"]
    cursor = parse_qs(urlsplit(following).query)["cursor"][0]

    assert b"45" not in base64.urlsafe_b64decode(cursor.partition(":")[0] + "==")
    assert [row["measure"] for row in answer(following, token=london)["rows"]] == ["orders-completed"]


def test_a_page_whose_last_row_is_there_no_more_cannot_be_gone_on_from(series, london):
    accepted(series, GOOD, ORDERS)
    following = answer("observations/", {"limit": 1, "ordering": "numerator"}, london)["next"]
    Observation.objects.filter(numerator=45).delete()

    problem(ask(following, token=london), 400)


def test_moments_and_standing_are_in_each_line_of_a_file(series, london):
    accepted(series, GOOD)
    in_json = rows("returns/", token=london)
    in_csv = csv_rows(ask("returns/", {"format": "csv", "fields": "return,submitted,accepted"}, london))

    assert in_csv[0]["submitted"] == in_json[0]["submitted"]
    assert in_csv[0]["submitted"].endswith("Z")
    assert in_csv[0]["standing"] == "Management information"


@pytest.mark.parametrize("name", ["file", "findings.csv", "findings.xlsx"])
def test_a_download_of_a_page_is_an_event_too(series, name):
    upload = refused(series, GOOD | {"numerator": "60"})
    person = someone(Role.NOMS_ANALYST)

    visitor(person).get(f"/returns/uploads/{upload.pk}/{name}").getvalue()

    event = Event.objects.first()
    assert (event.actor, event.verb) == (person, "took unpublished figures")
    assert upload.name in event.subject


def test_returns_tell_how_far_each_version_is(series, london):
    draft = drafted(series, GOOD | MAY)
    before = accepted(series, GOOD)
    found = rows("returns/", {"state": "accepted"}, london)

    assert [row["return"] for row in found] == [before.pk]
    assert found[0]["accepted"] is not None
    today = timezone.localdate()
    for since in ("2001-01-01T00:00:00Z", "2001-01-01T00:00:00+01:00", today.isoformat()):
        assert rows("returns/", {"accepted_from": since}, london) == found
    tomorrow = today + datetime.timedelta(days=1)
    assert rows("returns/", {"accepted_from": tomorrow.isoformat()}, london) == []
    wrong = problem(ask("returns/", {"accepted_from": "2001-01-01T00:00:00"}, london), 400)["errors"]
    assert wrong[0]["detail"].startswith("accepted_from is a day or a moment")
    assert answer(f"returns/{draft.pk}/", token=london)["state"] == "draft"
    assert answer("returns/", {"state": "returned"}, london)["empty_because"] == "No row has state=returned."


def test_a_file_leads_to_its_job_and_its_findings(series, london):
    upload = refused(series, GOOD | {"numerator": "60"})
    job = checked(upload, **finished("succeeded", "1 error was found."))
    found = answer(f"uploads/{upload.pk}/", token=london)

    assert (found["state"], found["job"], found["sha256"]) == ("refused", job.pk, upload.sha256)
    assert answer(f"jobs/{job.pk}/", token=london)["how_it_ended"] == "1 error was found."
    (finding,) = rows("findings/", {"upload": upload.pk}, london)
    assert (finding["row"], finding["severity"]) == (2, "error")
    assert finding["sentence"] == upload.findings.get().sentence


def test_a_trust_sees_what_was_found_in_its_return_whoever_sent_it_and_nothing_of_others(series, london):
    analyst = someone(Role.NOMS_ANALYST)
    upload = uploaded(series, content_of(GOOD, GOOD | {"organisation": "kent"}), by=analyst)
    for version in upload.trust_returns.all():
        factories.make_finding(upload=upload, trust_return=version, sentence=f"Of {version.organisation}.")
    factories.make_finding(upload=upload, sentence="Of the file.")

    assert [row["sentence"] for row in rows("findings/", token=london)] == ["Of London."]
    assert len(rows("findings/", token=token_of(analyst))) == 3


def test_those_of_noms_see_builds_and_those_of_trusts_do_not(series, london):
    factories.make_job(kind="build-release")
    kinds = {row["job_kind"] for row in rows("jobs/", token=token_of(someone(Role.NOMS_ANALYST)))}

    assert kinds == {"build-release"}
    assert rows("jobs/", token=london) == []


@pytest.mark.parametrize("path", ["returns/", "uploads/", "jobs/"])
def test_what_is_not_there_and_what_is_of_another_are_not_found_in_the_same_words(series, london, path):
    kent = drafted(series, GOOD | {"organisation": "kent"})
    number = {"returns/": kent.pk, "uploads/": kent.upload_id, "jobs/": checked(kent.upload).pk}[path]
    hidden = problem(ask(f"{path}{number}/", token=london), 404)["detail"]

    assert hidden.replace(str(number), "N") == problem(ask(f"{path}999999/", token=london), 404)[
        "detail"
    ].replace("999999", "N")


def test_a_cursor_is_of_one_person(series, london):
    accepted(series, GOOD, ORDERS)
    following = answer("observations/", {"limit": 1}, london)["next"]

    assert len(answer(following, token=london)["rows"]) == 1
    problem(ask(following, token=token_of(officer())), 400)


def test_where_no_series_takes_returns_there_are_none(db):
    token = token_of(someone(Role.NOMS_ANALYST))

    assert problem(ask("observations/", token=token), 404)["detail"] == "No series takes returns here."


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Bearer guess", "This token isn't known here."),
        ("Bearer ", "The header 'Authorization' can't be read."),
        ("Bearer", "The header 'Authorization' can't be read."),
        ("Basic abc", "The header 'Authorization' can't be read."),
        ("Bearer é", "This token isn't known here."),
    ],
)
@pytest.mark.parametrize("path", ["observations/", "organisations/"])
def test_a_token_that_cannot_be_used_is_refused_everywhere(db, path, header, sentence):
    response = Client().get(f"/api/v1/{path}", headers={"Authorization": header})

    assert problem(response, 401)["detail"].startswith(sentence)
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'


def test_a_token_that_was_ended_is_refused(series):
    token, text = make_token(person=officer(), name="Report", days=1)
    end_token(token=token)

    assert problem(ask("observations/", token=text), 401)["detail"] == "This token was ended."


def test_a_session_counts_for_nothing(series):
    """So a page elsewhere can do nothing in the name of a reader who is signed in."""
    problem(visitor(officer()).get("/api/v1/observations/"), 401)


@pytest.fixture
def worked(series) -> None:
    """Returns of several states, with and without findings, moments and work."""
    accepted(series, GOOD, ORDERS)
    accepted(series, GOOD | MAY | {"organisation": "kent"})
    draft = draft_with(series, odd(2, "value"), odd(None), version=2)
    checked(draft.upload, **finished("succeeded", "Kept."), heartbeat=timezone.now())
    checked(refused(series, GOOD | {"numerator": "60"}))
    factories.make_job(kind="build-release", release=factories.make_release())


@pytest.mark.parametrize("name", PRIVATE_TABLES)
def test_each_is_filtered_and_put_in_order_by_each_column(worked, name):
    holds_to_its_filters_and_orders(PRIVATE_TABLES[name][0], token_of(someone(Role.NOMS_ANALYST)))


def test_csv_has_the_rows_of_json(series, london):
    accepted(series, GOOD, ORDERS)
    in_json = rows("observations/", token=london)
    in_csv = csv_rows(ask("observations/", {"format": "csv"}, london))

    assert [list(row.values()) for row in in_csv] == [
        [*("" if value is None else str(value) for value in row.values()), *SAME] for row in in_json
    ]
    assert Observation.objects.count() == len(in_json)
