"""What there is to download of a file that was sent, the list of all of them, and who sees which."""

import io
from contextlib import closing

import pytest
from openpyxl import load_workbook

from performance.models import Upload
from tests.performance.pages.reading import rows_of
from tests.performance.pages.returns.sending import (
    FILE,
    checked,
    download,
    finished,
    main_of,
    refused_with,
    unread,
    visitor,
    wrong,
)
from tests.performance.returns.sent import officer, someone
from trusts.models import Role


def content(response) -> bytes:
    with closing(response):
        return b"".join(response.streaming_content)


def test_the_file_comes_back_as_it_was_sent_and_nothing_runs_it(series):
    upload = refused_with(series, FILE, name="=cmd.csv")

    response = download(upload, "file")

    assert content(response) == FILE
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="=cmd.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_lost_file_is_not_found(series):
    upload = refused_with(series, FILE)
    upload.file.storage.delete(upload.file.name)

    assert download(upload, "file").status_code == 404


def test_the_findings_are_a_table_those_of_the_whole_file_first(series):
    upload = refused_with(series, FILE, wrong(3, "Num", "Too many."), wrong(None, "", "Two trusts."))

    response = download(upload, "findings.csv")

    lines = content(response).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Two trusts." in lines[1]
    assert lines[2].startswith("wrong,error,3,Num,Too many.")
    assert response["Content-Disposition"] == 'attachment; filename="findings-return.csv"'


def test_the_workbook_has_the_findings_as_comments(series):
    upload = refused_with(series, FILE, wrong(3, "Num", "51 is more than 50."))

    response = download(upload, "findings.xlsx")

    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert "51 is more than 50." in sheet["C3"].comment.text
    assert response["Content-Disposition"] == 'attachment; filename="findings-return.xlsx"'


@pytest.mark.parametrize("given", [{"format": ""}, {"lines": 20_001}])
def test_there_is_no_workbook_of_what_is_none_or_too_long(series, given):
    response = download(refused_with(series, FILE, **given), "findings.xlsx")

    assert response.status_code == 404
    assert "Its findings can be downloaded as CSV." in main_of(response).text


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_files_about_a_simulated_series_say_so(series, ending):
    series.standing = "simulated"
    series.save()
    upload = refused_with(series, FILE, wrong(3, "Num"))

    name = f"simulated-findings-return.{ending}"
    assert name in download(upload, f"findings.{ending}")["Content-Disposition"]


@pytest.mark.parametrize(
    ("role", "of", "status"),
    [
        (Role.TRUST_OFFICER, "london", 200),
        (Role.CHIEF_EXECUTIVE, "london", 200),
        (Role.TRUST_OFFICER, "kent", 404),
        (Role.CHIEF_EXECUTIVE, "kent", 404),
        (Role.NOMS_ANALYST, "", 200),
        (Role.NOMS_PUBLISHER, "", 200),
        (Role.ADMINISTRATOR, "", 403),
    ],
)
@pytest.mark.parametrize("name", ["", "progress.json", "findings.csv", "findings.xlsx", "file"])
def test_a_file_is_for_its_own_trust_and_noms(series, role, of, status, name):
    upload = refused_with(series, FILE, wrong(3, "Num"))

    with closing(download(upload, name, someone(role, of))) as response:
        assert response.status_code == status


def test_what_people_of_noms_sent_is_for_noms(series):
    upload = unread(series, by=someone(Role.NOMS_ANALYST))

    assert download(upload, "", officer()).status_code == 404


def test_a_stranger_signs_in_first(series, client):
    upload = refused_with(series, FILE)

    response = client.get(f"/returns/uploads/{upload.pk}/")

    assert response["Location"] == f"/account/sign-in/?next=/returns/uploads/{upload.pk}/"


def test_what_is_not_there_is_not_found(series):
    response = visitor(officer()).get("/returns/uploads/99999/")

    assert response.status_code == 404
    assert "There is no file 99999 among those that you may see." in main_of(response).text


def test_the_list_has_the_own_trusts_files_newest_first(series):
    unread(series, b"1", name="first.csv", state="kept")
    refused_with(series, b"2", name="second.csv")
    unread(series, b"3", officer("kent"), name="kent.csv")

    response = visitor(officer()).get("/returns/uploads/")

    rows = rows_of(main_of(response).one("table"))
    assert [(row["File"].text, row["State"].text) for row in rows] == [
        ("second.csv", "Has errors"),
        ("first.csv", "Checked and kept"),
    ]
    sha256 = Upload.objects.get(name="first.csv").sha256
    assert rows[1]["SHA-256 begins"].text == sha256[:12]


def test_people_of_noms_see_the_files_of_all_and_of_which_trust_each_is(series):
    unread(series, b"1", officer("kent"), name="kent.csv")

    (row,) = rows_of(main_of(visitor(someone(Role.NOMS_ANALYST)).get("/returns/uploads/")).one("table"))

    assert row["By"].note == "Kent"


def test_a_check_that_failed_is_not_said_to_go_on(series):
    checked(unread(series), **finished("failed", "The worker was lost."))

    (row,) = rows_of(main_of(visitor(officer()).get("/returns/uploads/")).one("table"))

    assert row["State"].text == "Couldn’t be checked"


def test_older_files_stand_on_another_page(series):
    person = officer()
    for number in range(51):
        unread(series, str(number).encode(), person, name=f"{number}.csv")
    client = visitor(person)

    first = main_of(client.get("/returns/uploads/"))
    (older,) = first.all("a", rel="next")
    second = main_of(client.get(f"/returns/uploads/{older.attributes['href']}"))

    assert len(rows_of(first.one("table"))) == 50
    assert [row["File"].text for row in rows_of(second.one("table"))] == ["0.csv"]


def test_with_no_file_it_leads_to_sending_one(series):
    found = main_of(visitor(officer()).get("/returns/uploads/"))

    assert found.one("a", href="/returns/send/").text == "Send a return"
