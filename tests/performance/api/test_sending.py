"""Sending a file and submitting a return by a program, with all that can be wrong."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from performance.models import Event, Finding, Framework, TrustReturn, Upload
from tests import factories
from tests.performance.api.asking import answer, bearing, problem, token_of
from tests.performance.pages.returns.sending import bytes_of, draft_with, odd
from tests.performance.returns.sent import (
    GOOD,
    chief_executive,
    content_of,
    drafted,
    officer,
    someone,
    submitted,
    uploaded,
)
from trusts.models import Role
from trusts.tokens import digest_of, new_token

CONTENT = content_of(GOOD)


@pytest.fixture
def by(series):
    return officer()


@pytest.fixture
def token(by) -> str:
    return token_of(by, may_send=True)


@pytest.fixture(autouse=True)
def job_is_asked_for(django_capture_on_commit_callbacks):
    """Whether a worker takes it is tested with services."""
    with django_capture_on_commit_callbacks():
        yield


def send(token: str, content: bytes = CONTENT, **said: str) -> HttpResponse:
    file = SimpleUploadedFile("april.csv", content)
    return Client().post("/api/v1/uploads/", {"file": file, **said}, headers=bearing(token))


def submit(token: str, version: TrustReturn, body: Any = None) -> HttpResponse:
    return Client().post(
        f"/api/v1/returns/{version.pk}/submit/",
        {} if body is None else body,
        content_type="application/json",
        headers=bearing(token),
    )


def wrong(response: HttpResponse) -> dict[str, str]:
    return {error["parameter"]: error["detail"] for error in problem(response, 400)["errors"]}


def test_a_file_is_kept_as_it_came_and_its_check_asked_for(token, by):
    response = send(token)
    upload = Upload.objects.get()

    assert response.status_code == 202
    assert response["Location"] == f"http://testserver/api/v1/uploads/{upload.pk}/"
    assert response.json()["sha256"] == upload.sha256
    assert response.json()["job"] == upload.job.pk
    assert bytes_of(upload) == CONTENT
    assert (upload.name, upload.uploaded_by) == ("april.csv", by)
    assert answer(f"jobs/{upload.job.pk}/", token=token)["state"] == "queued"
    assert Event.objects.first().verb == "uploaded"


@pytest.mark.parametrize("framework", ["ptrs", "Framework of a short title"])
def test_what_stands_beside_the_file_is_kept_with_it(series, token, framework):
    Framework.objects.filter(slug="ptrs").update(short_title="Framework of a short title")
    send(token, framework=framework, period="April 2010")
    upload = Upload.objects.get()

    assert upload.framework.slug == "ptrs"
    assert f"{upload.period_start} {upload.period_end}" == "2010-04-01 2010-04-30"


def test_everything_that_is_wrong_is_told_and_nothing_kept(token):
    response = Client().post(
        "/api/v1/uploads/", {"framework": "nothing", "period": "soon"}, headers=bearing(token)
    )
    errors = wrong(response)

    assert set(errors) == {"file", "framework", "period"}
    assert errors["framework"].startswith("There is no framework 'nothing'. There are ")
    assert errors["period"].startswith("'soon' can't be read as a period:")
    assert not Upload.objects.exists()


def test_the_same_bytes_again_are_refused(token):
    send(token)

    said = problem(send(token), 409)
    assert said["detail"] == "This file was sent a moment ago, and is being checked."
    assert said["same"] == f"http://testserver/api/v1/uploads/{Upload.objects.get().pk}/"
    assert Upload.objects.count() == 1


def test_bytes_that_are_a_return_lead_to_it_and_only_whoever_may_see_it(series, token, by):
    version = drafted(series, GOOD, by=by)
    content = bytes_of(version.upload)
    analyst = token_of(someone(Role.NOMS_ANALYST), may_send=True)
    kent = token_of(officer("kent"), may_send=True)

    for sender in (token, analyst):
        said = problem(send(sender, content), 409)
        assert said["same"] == f"http://testserver/api/v1/returns/{version.pk}/"
    assert "same" not in problem(send(kent, content), 409)


def test_a_file_that_is_too_large_goes_nowhere(token, monkeypatch):
    monkeypatch.setattr("performance.api.sending.MOST_BYTES", 2**20)

    said = problem(send(token, b"x" * (2**20 + 1)), 413)

    assert "larger than 1 MB" in said["detail"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kind", ["application/json", "text/csv", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_refused(token, kind):
    response = Client().post("/api/v1/uploads/", CONTENT, content_type=kind, headers=bearing(token))

    assert problem(response, 415)
    assert not Upload.objects.exists()


def test_a_body_that_is_cut_off_is_refused(token):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b'
    kind = "multipart/form-data; boundary=x"
    response = Client().post("/api/v1/uploads/", body, content_type=kind, headers=bearing(token))

    problem(response, 400)
    assert not Upload.objects.exists()


def test_a_token_for_reading_sends_nothing(by, series):
    reading = token_of(by)
    version = drafted(series, GOOD, by=by)

    assert "for reading alone" in problem(send(reading), 403)["detail"]
    assert "for reading alone" in problem(submit(reading, version), 403)["detail"]
    version.refresh_from_db()
    assert version.state == "draft"


def test_a_draft_is_submitted(token, series, by):
    version = drafted(series, GOOD, by=by)
    response = submit(token, version)

    assert response.status_code == 200
    assert (response.json()["state"], response.json()["return"]) == ("submitted", version.pk)
    version.refresh_from_db()
    assert version.submitted_by == by


def test_warnings_are_given_reasons_with_it(token, series, by):
    version = draft_with(series, odd(2, "value"), odd(2, "numerator"), by=by)
    assert "2 warnings have no reasons yet" in problem(submit(token, version), 409)["detail"]

    response = submit(token, version, {"reasons": {"jump": "Two courts merged."}})

    assert response.status_code == 200
    assert {f.acceptance_reason for f in Finding.objects.all()} == {"Two courts merged."}


def test_a_reason_for_what_is_not_odd_is_refused_and_nothing_is_kept(token, series, by):
    version = draft_with(series, odd(2, "value"), by=by)
    (error,) = problem(submit(token, version, {"reasons": {"jump": "It did.", "gap": "None."}}), 400)[
        "errors"
    ]

    assert error["detail"] == "No warning with the code 'gap' wants a reason here."
    assert error["allowed"] == ["jump"]
    assert Finding.objects.get().accepted_at is None
    version.refresh_from_db()
    assert version.state == "draft"


def test_a_reason_of_spaces_is_none(token, series, by):
    version = draft_with(series, odd(2, "value"), by=by)

    assert "Write why" in problem(submit(token, version, {"reasons": {"jump": "  "}}), 409)["detail"]


def test_reasons_for_a_file_that_noms_sent_are_noms_to_give(series, token):
    """As on the page of the return."""
    analyst = someone(Role.NOMS_ANALYST)
    (version,) = uploaded(series, CONTENT, by=analyst).trust_returns.all()
    factories.make_finding(upload=version.upload, trust_return=version)
    reasons = {"reasons": {"jump": "It did."}}

    refused = problem(submit(token, version, reasons), 409)

    assert refused["detail"] == "NOMS sent the file, so NOMS gives the reasons."
    assert submit(token_of(analyst, may_send=True), version, reasons).status_code == 200


def test_reasons_for_what_was_submitted_come_too_late(token, series):
    said = problem(submit(token, submitted(series, GOOD), {"reasons": {"jump": "It did."}}), 409)

    assert said["detail"] == "Reasons are given before a return is submitted, and stay as they are."


def test_whoever_sends_no_returns_sends_none_with_a_token_of_before(series, by):
    """A token that was made to send, of somebody who does so no more."""
    version = drafted(series, GOOD, by=by)
    chief = chief_executive()
    text = new_token()
    factories.make_api_token(person=chief, digest=digest_of(text), may_send=True)

    assert "Only a trust information officer" in problem(submit(text, version), 403)["detail"]
    assert "Only a trust information officer" in problem(send(text), 403)["detail"]
    version.refresh_from_db()
    assert version.state == "draft"


def test_a_name_that_is_not_known_is_told_and_nothing_done(token, series, by):
    version = drafted(series, GOOD, by=by)

    assert wrong(submit(token, version, {"reason": "x"})) == {"reason": "There is no field 'reason'."}
    assert wrong(send(token, framwork="ptrs")) == {"framwork": "There is no field 'framwork'."}
    version.refresh_from_db()
    assert version.state == "draft"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * 100_000, 400),
        (b'{"reasons": {"\\ud800": "x"}}', 400),
        (b'{"reasons": {"\\ud800": ""}}', 400),
        (b'{"reasons": {"\\u0000": "x"}}', 400),
        (b'{"reasons": {"jump": "\\u0000"}}', 400),
        (b'{"reasons": ' + b"9" * 5_000 + b"}", 400),
        (b" " * (2**18 + 1), 413),
    ],
)
def test_a_body_that_is_made_to_break_something_breaks_nothing(token, series, by, body, status):
    version = draft_with(series, odd(2, "value"), by=by)
    address = f"/api/v1/returns/{version.pk}/submit/"
    response = Client().post(address, body, content_type="application/json", headers=bearing(token))

    said = problem(response, status)
    assert "sys." not in said["detail"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({f"field{number}": "x" for number in range(1_500)}, 400),
        ({"note": "x" * 3 * 2**20}, 413),
        ({f"file{number}": SimpleUploadedFile("a.csv", b"a") for number in range(150)}, 413),
    ],
    ids=["fields", "text", "files"],
)
def test_a_form_with_too_much_in_it_is_refused(token, fields, status):
    problem(Client().post("/api/v1/uploads/", fields, headers=bearing(token)), status)
    assert not Upload.objects.exists()


def test_a_body_that_comes_in_pieces_is_refused_in_words(token):
    response = Client().generic(
        "POST",
        "/api/v1/uploads/",
        b"",
        "multipart/form-data; boundary=x",
        headers=bearing(token) | {"Transfer-Encoding": "chunked"},
        CONTENT_LENGTH="",
        CONTENT_TYPE="multipart/form-data; boundary=x",
    )

    assert "Content-Length" in problem(response, 411)["detail"]


@pytest.mark.parametrize("path", ["uploads", "returns/1/submit"])
def test_what_is_sent_to_an_address_without_its_slash_is_not_lost_in_silence(token, path):
    response = Client().post(f"/api/v1/{path}", {}, headers=bearing(token))

    assert problem(response, 404)["detail"] == f"Addresses here end in a slash: send it to /api/v1/{path}/"


def test_the_answer_to_a_file_is_json_whatever_is_accepted(token):
    file = SimpleUploadedFile("april.csv", CONTENT)
    response = Client().post(
        "/api/v1/uploads/", {"file": file}, headers=bearing(token) | {"Accept": "text/csv"}
    )

    assert response["Content-Type"] == "application/json"
    assert response.json()["file_name"] == "april.csv"


def test_what_was_submitted_is_not_submitted_again(token, series, by):
    version = submitted(series, GOOD)

    assert "must be 'draft'" in problem(submit(token, version), 409)["detail"]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        ({"reasons": "because"}, "reasons"),
        ({"reasons": {"jump": "x" * 1001}}, "reasons"),
        ({"reasons": {"jump": ""}}, "reasons"),
        ([], "body"),
        (b'"a text"', "body"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_with_its_place(token, series, by, body, parameter):
    assert set(wrong(submit(token, drafted(series, GOOD, by=by), body))) == {parameter}


@pytest.mark.parametrize("body", [b"{", b"\xff", b""])
def test_a_body_that_is_no_json_is_refused(token, series, by, body):
    version = drafted(series, GOOD, by=by)
    response = Client().post(
        f"/api/v1/returns/{version.pk}/submit/", body, content_type="application/json", headers=bearing(token)
    )

    if body:
        problem(response, 400)
    else:
        assert response.status_code == 200


def test_a_file_name_is_no_path(token):
    file = io.BytesIO(CONTENT)
    file.name = "../../etc/april.csv"
    Client().post("/api/v1/uploads/", {"file": file}, headers=bearing(token))

    assert Upload.objects.get().name == "april.csv"
