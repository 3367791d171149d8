"""Sending a file: what is kept, what is refused, and that no body is taken in that shouldn't be."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client, RequestFactory

from performance.models import Upload
from performance.returns.uploading import take_in
from performance.returns.uploads import MOST_BYTES
from tests.performance.pages.account_pages import errors
from tests.performance.pages.returns.sending import bytes_of, draft_with, main_of, page_of, unread, visitor
from tests.performance.returns.sent import chief_executive, officer, someone
from trusts.models import Role

ADDRESS = "/returns/send/"
CONTENT = b"organisation,measure\nlondon,reports-on-time\n"
BOUNDARY = "a-line-between"


def file(content: bytes = CONTENT, name: str = "april.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def body(content: bytes, token: str = "") -> bytes:
    """A form as a browser sends it."""
    disposition = b'Content-Disposition: form-data; name="%s"'
    field = disposition % b"csrfmiddlewaretoken" + b"\r\n\r\n" + token.encode()
    sent = disposition % b"file" + b'; filename="april.csv"\r\n\r\n' + content
    line = f"--{BOUNDARY}".encode()
    return b"\r\n".join([line, field, line, sent, line + b"--\r\n"])


def post_raw(client: Client, content: bytes, claimed: int):
    """A POST whose body is what there is, whatever its headers claim."""
    return client.generic(
        "POST",
        ADDRESS,
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH=str(claimed),
        **{"wsgi.input": io.BytesIO(content)},
    )


class Untouchable(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise AssertionError("The body was read.")


def test_a_file_is_kept_as_it_came_and_its_page_comes_next(series):
    person = officer()

    response = visitor(person).post(ADDRESS, {"file": file()})

    upload = Upload.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/returns/uploads/{upload.pk}/")
    assert (upload.name, upload.size, upload.uploaded_by) == ("april.csv", len(CONTENT), person)
    assert bytes_of(upload) == CONTENT
    assert upload.job.kind == "check-upload"
    assert upload.series == series


def test_what_stands_beside_the_file_is_kept_with_it(series):
    visitor(officer()).post(ADDRESS, {"file": file(), "framework": "ptrs", "period": "April 2010"})

    upload = Upload.objects.get()
    assert upload.framework.slug == "ptrs"
    assert (upload.period_start, upload.period_end) == (datetime.date(2010, 4, 1), datetime.date(2010, 4, 30))


@pytest.mark.parametrize(
    ("month", "shown"),
    [("2010-04", "April 2010"), ("2010-q1", "Q1 2010/11"), ("2010-2011", "2010/11"), ("soon", "")],
)
def test_the_address_fills_in_what_the_work_list_knows(series, month, shown):
    page = main_of(visitor(officer()).get(ADDRESS, {"framework": "ptrs", "month": month}))

    (chosen,) = page.one("select", name="framework").all("option", selected="")
    assert chosen.attributes["value"] == "ptrs"
    assert page.one("input", name="period").attributes.get("value", "") == shown


def test_the_file_is_the_last_field_so_that_a_cut_body_has_no_whole_one(series):
    form = main_of(visitor(officer()).get(ADDRESS)).one("form")

    assert form.all("input", "select")[-1].attributes["name"] == "file"


@pytest.mark.parametrize(
    ("role", "of", "sentence"),
    [
        (Role.TRUST_OFFICER, "london", "Send the figures of London as a file."),
        (Role.NOMS_ANALYST, "", "Send the figures of any trusts as a file."),
    ],
)
def test_the_page_says_whose_figures_and_how_large_a_file_may_be(series, role, of, sentence):
    page = main_of(visitor(someone(role, of)).get(ADDRESS))

    assert sentence in page.text
    assert "CSV, XLSX, ODS or Parquet, up to 200 MB." in page.text


def test_without_a_file_the_form_asks_for_one(series):
    response = visitor(officer()).post(ADDRESS, {"framework": "ptrs"})

    assert errors(response) == ["Choose a file."]
    assert not Upload.objects.exists()


def test_a_period_that_cannot_be_read_is_named_and_nothing_is_kept(series):
    response = visitor(officer()).post(ADDRESS, {"file": file(), "period": "Spring 2010"})

    (sentence,) = errors(response)
    assert sentence.startswith("‘Spring 2010’ can’t be read as a period: write a period such as April 2010")
    assert not Upload.objects.exists()


def test_an_empty_file_is_an_attempt_like_any_other(series):
    visitor(officer()).post(ADDRESS, {"file": file(b"")})

    assert Upload.objects.get().size == 0


def test_the_same_bytes_again_are_refused_with_the_way_to_what_they_are(series):
    person = officer()
    version = draft_with(series, by=person)

    response = visitor(person).post(ADDRESS, {"file": file(bytes_of(version.upload))})

    (sentence,) = errors(response)
    assert sentence.startswith("This file was sent on ")
    assert sentence.endswith(", as version 1: nothing in it is new.")
    assert main_of(response).one("a", href=f"/returns/{version.pk}/").text.startswith("London")
    assert Upload.objects.count() == 1


def test_the_same_bytes_as_those_of_another_trust_lead_nowhere(series):
    version = draft_with(series, by=officer("kent"))

    response = visitor(officer("london")).post(ADDRESS, {"file": file(bytes_of(version.upload))})

    assert len(errors(response)) == 1
    assert "Kent" not in main_of(response).text
    assert not main_of(response).all("a", href=f"/returns/{version.pk}/")


def test_whoever_sends_nothing_is_told_who_does(series):
    client = visitor(chief_executive())

    for response in (client.get(ADDRESS), client.post(ADDRESS, {"file": file()})):
        assert response.status_code == 403
        assert "Only a trust information officer or" in main_of(response).text
    assert not Upload.objects.exists()


def test_a_form_of_another_site_is_refused(series):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer(), backend="trusts.authentication.PasswordBackend")

    assert client.post(ADDRESS, {"file": file()}).status_code == 403
    assert not Upload.objects.exists()


def test_the_form_of_this_site_is_not(series):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer(), backend="trusts.authentication.PasswordBackend")
    form = main_of(client.get(ADDRESS)).one("form", enctype="multipart/form-data")
    token = form.one("input", name="csrfmiddlewaretoken").attributes["value"]

    sent = body(CONTENT, token)

    assert post_raw(client, sent, len(sent)).status_code == 302


def test_a_body_that_claims_to_be_too_large_is_refused_before_its_file_is_read(series):
    response = post_raw(visitor(officer()), body(CONTENT), 10 * 2**30)

    assert response.status_code == 413
    (sentence,) = errors(response)
    assert sentence.startswith("The file is larger than 200 MB, the most that can be sent at once.")
    assert not Upload.objects.exists()


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_body_that_is_cut_in_the_middle_is_refused_and_nothing_is_kept(series, uploads, kept):
    whole = body(b"a,b\n" * 50_000)

    response = post_raw(visitor(officer()), whole[: int(kept * len(whole))], len(whole))

    assert response.status_code == 400
    assert errors(response) == [
        "The file didn’t arrive whole, as the connection broke off. Nothing of it was kept: send it again."
    ]
    assert not Upload.objects.exists()
    assert not uploads.exists()


def test_a_body_that_is_no_form_is_refused(series):
    response = visitor(officer()).generic("POST", ADDRESS, b"x", content_type="multipart/form-data")

    assert response.status_code == 400
    assert not Upload.objects.exists()


def test_the_body_of_a_stranger_is_not_read(series):
    response = Client().generic(
        "POST", ADDRESS, **{"wsgi.input": Untouchable(), "CONTENT_LENGTH": str(MOST_BYTES)}
    )

    assert response.status_code == 302
    assert response["Location"].startswith("/account/sign-in/")


def post(content: bytes):
    return RequestFactory().generic(
        "POST", ADDRESS, body(content), content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )


@pytest.mark.parametrize(("size", "status"), [(1000, None), (1001, 413)])
def test_bytes_are_counted_as_they_come_whatever_was_claimed(size, status):
    request = post(b"x" * size)

    refusal = take_in(request, 1000)

    assert (refusal and refusal.status) == status
    assert ("file" in request.FILES) == (status is None)


def test_a_large_file_is_on_disk_and_not_in_memory():
    request = post(b"x" * 3 * 2**20)

    assert take_in(request, MOST_BYTES) is None
    assert isinstance(request.FILES["file"], TemporaryUploadedFile)
    request.close()


def test_pages_about_a_simulated_series_say_so(series):
    series.standing, series.day = "simulated", datetime.date(2013, 4, 10)
    series.save()

    page = page_of(visitor(officer()).get(ADDRESS))

    assert "Simulated figures: none is real." in page.text
    assert "It is 10 April 2013 in this simulated series." in page.text


def test_a_file_that_is_being_checked_is_refused_with_the_way_to_it(series):
    person = officer()
    client = visitor(person)
    client.post(ADDRESS, {"file": file()})

    response = client.post(ADDRESS, {"file": file()})

    assert errors(response) == ["This file was sent a moment ago, and is being checked."]
    assert main_of(response).one("a", href=f"/returns/uploads/{Upload.objects.get().pk}/").text == "april.csv"


def test_a_file_that_was_refused_may_be_sent_again(series):
    person = officer()
    unread(series, CONTENT, person, state="refused")

    assert visitor(person).post(ADDRESS, {"file": file()}).status_code == 302
