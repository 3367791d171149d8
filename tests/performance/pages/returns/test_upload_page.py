"""The page of a file that was sent, in every state, and what there is to download of it."""

import pytest

from performance.models import Job, Upload
from performance.returns.checking import run_check
from tests import factories
from tests.performance.pages.reading import rows_of
from tests.performance.pages.returns.sending import (
    FILE,
    checked,
    download,
    draft_with,
    finished,
    main_of,
    odd,
    page_of,
    refused_with,
    unread,
    visitor,
    wrong,
)
from tests.performance.returns.sent import (
    GOOD,
    accepted,
    chief_executive,
    content_of,
    drafted,
    refused,
    someone,
    submit,
)
from trusts.models import Role

RUNNING = {"state": "running", "step": "Check the figures", "steps_done": 1, "steps_total": 3}


def page(upload: Upload, person=None):
    return main_of(visitor(person or upload.uploaded_by).get(f"/returns/uploads/{upload.pk}/"))


def numbers(table) -> list[str]:
    """Of the rows that are shown."""
    return [body.all("th")[0].text for body in table.all("tbody")]


def marked(element, severity: str) -> list[str]:
    """The cells in which something was found."""
    return [one.text for one in element.all("td") if f"app-found__cell--{severity}" in one.classes]


@pytest.mark.parametrize(
    ("job", "words", "done"),
    [({}, "Waiting to begin", "0"), (RUNNING, "Step 2 of 3: Check the figures", "1")],
)
def test_the_page_says_how_far_the_check_is(series, job, words, done):
    upload = unread(series)
    checked(upload, **job)

    found = page(upload)

    assert found.one("h1").text == "Checking return.csv"
    bar = found.one("progress")
    assert (bar.attributes["value"], bar.attributes["max"]) == (done, "3")
    assert found.one("label", **{"for": bar.attributes["id"]}).text == words
    assert found.one("p", role="status").text == words
    assert found.one("a", href=f"/returns/uploads/{upload.pk}/").text == "Refresh this page"


@pytest.mark.parametrize(
    ("job", "answer"),
    [
        (
            {},
            {
                "state": "queued",
                "step": "Waiting to begin",
                "done": 0,
                "is_finished": False,
                "outcome": "",
            },
        ),
        (
            RUNNING,
            {
                "state": "running",
                "step": "Step 2 of 3: Check the figures",
                "done": 1,
                "is_finished": False,
                "outcome": "",
            },
        ),
    ],
)
def test_a_script_may_ask_how_far_the_check_is(series, job, answer):
    upload = unread(series)
    checked(upload, **job)

    response = download(upload, "progress.json")

    assert response.json() == answer | {"total": 3}
    assert response["Cache-Control"] == "private, no-store"


def test_the_script_learns_that_the_check_is_over_and_how(series):
    upload = unread(series, content_of(GOOD))
    job = checked(upload)

    run_check(job.pk)

    answer = download(upload, "progress.json").json()
    assert (answer["is_finished"], answer["state"]) == (True, "succeeded")
    assert answer["outcome"] == Job.objects.get(pk=job.pk).outcome


def test_a_file_that_a_command_loaded_is_over_too(series):
    version = drafted(series, GOOD)

    answer = download(version.upload, "progress.json").json()

    assert (answer["is_finished"], answer["outcome"]) == (True, "Checked and kept")


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_check_that_ended_early_says_why_and_what_to_do(series, state):
    upload = unread(series)
    person = factories.make_person()
    cancelled = {"cancelled_at": upload.uploaded_at, "cancelled_by": person} if state == "cancelled" else {}
    checked(upload, **finished(state, "The worker was lost. Send it again."), **cancelled)

    found = page(upload)

    assert found.one("h1").text == "return.csv couldn’t be checked"
    assert "The worker was lost. Send it again." in found.text
    assert found.one("a", href="/returns/send/").text == "Send a file again"


def test_a_file_with_errors_says_how_many_and_that_nothing_was_stored(series):
    upload = refused_with(series, FILE, wrong(3, "Num"), wrong(4, "Num"), wrong(4, "Den"), odd(2, "Num"))

    found = page(upload)

    assert found.one("h1").text == "return.csv has 3 errors"
    assert "Nothing of it was stored. Mend these and send the file again." in found.text


def test_an_error_stands_below_the_cells_of_its_row_and_marks_its_cell(series):
    upload = refused_with(series, FILE, wrong(3, "Num", "51 is more than 50."))

    found = page(upload)

    assert [head.text for head in found.one("thead").all("th")] == ["Row", "Trust", "Measure", "Num", "Den"]
    (row,) = found.one("table").all("tbody")
    cells, below = row.all("tr")
    assert [cell.text for cell in cells.all("th", "td")] == ["3", "London", "B", "51 Error", "50"]
    assert marked(found, "error") == ["51 Error"]
    assert below.text == "Error in Num: 51 is more than 50."


def test_an_empty_cell_and_a_cell_with_markup_are_shown_as_what_they_are(series):
    upload = refused_with(series, FILE, wrong(4, "Num", "Give a number."), wrong(4, "Den", "No number."))

    assert marked(page(upload), "error") == ["empty Error", "<b>9 Error"]


def test_rows_come_in_the_order_of_the_file_and_errors_before_warnings(series):
    upload = refused_with(series, FILE, wrong(4, "Num"), odd(2, "Num"), wrong(3, "Num"))

    errors, warnings = page(upload).all("table")

    assert numbers(errors) == ["3", "4"]
    assert numbers(warnings) == ["2"]


def test_what_is_wrong_with_a_whole_row_stands_below_it(series):
    upload = refused_with(series, FILE, wrong(3, "", "The same line stands in row 2."))

    table = page(upload).one("table")
    cells, below = table.one("tbody").all("tr")

    assert cells.text == "3 London B 51 50"
    assert below.text == "Error: The same line stands in row 2."


def test_what_is_wrong_with_the_header_stands_in_the_header(series):
    upload = refused_with(series, FILE, wrong(1, "Den", "There are two of these."))

    assert marked(page(upload), "error") == ["Den Error"]


def test_what_is_wrong_with_the_whole_file_comes_first_as_a_list(series):
    upload = refused_with(series, FILE, wrong(None, "", "The file has two trusts."), wrong(3, "Num"))

    found = page(upload)

    assert [heading.text for heading in found.all("h2")] == [
        "Errors of the whole file",
        "Errors row by row",
        "The file",
    ]
    assert "The file has two trusts." in [item.text for item in found.all("li")]


def test_a_file_that_is_no_table_has_a_list_of_places(series):
    upload = refused_with(series, b"%PDF", wrong(7, "Num", "It is no number."), format="")

    (row,) = rows_of(page(upload).one("table"))
    assert (row["Row"].text, row["What was found"].text) == ("7", "Error in Num: It is no number.")


def test_a_file_longer_than_anyone_mends_by_hand_has_a_list_of_places(series):
    upload = refused_with(series, FILE, wrong(3, "Num"), lines=20_001)

    assert "What was found" in page(upload).one("thead").text
    assert "workbook" not in page(upload).text


def test_a_file_that_is_lost_has_a_list_of_places(series):
    upload = refused_with(series, FILE, wrong(3, "Num"))
    upload.file.storage.delete(upload.file.name)

    assert "What was found" in page(upload).one("thead").text


def test_fifty_rows_are_shown_and_the_others_counted(series):
    content = b"Trust,Num\n" + b"London,1\n" * 60
    upload = refused_with(series, content, *(wrong(row, "Num") for row in range(2, 62)))

    found = page(upload)

    assert len(found.one("table").all("tbody")) == 50
    assert "And 10 more rows: download them all." in found.text


def test_more_errors_of_a_kind_than_are_kept_are_not_counted_as_if_they_were_all(series):
    many = (wrong(row) for row in range(2, 1_002))
    upload = refused_with(series, FILE, *many, wrong(None, "", "500 more of the same kind aren’t listed."))

    assert page(upload).one("h1").text == "return.csv has more than 1,000 errors"


def test_of_a_wide_file_the_columns_with_errors_are_shown_beside_the_first(series):
    header = ["Trust", "Framework", "Measure", "Title", *(f"M{number} 2010" for number in range(1, 13))]
    row = ["London", "ptrs", "a", "A", *map(str, range(1, 13))]
    content = "\n".join([",".join(header), ",".join(row), ""]).encode()
    upload = refused_with(series, content, wrong(2, "M9 2010"), wrong(2, "M3 2010"))

    found = page(upload)

    heads = [head.text for head in found.one("thead").all("th")]
    assert heads == ["Row", "Trust", "Framework", "Measure", "Title", "M3 2010", "M9 2010"]
    assert marked(found, "error") == ["3 Error", "9 Error"]
    assert "Columns that say nothing here are left out." in found.text


def test_a_file_that_was_read_has_its_errors_in_their_cells(series):
    upload = refused(series, GOOD | {"numerator": "55"})

    found = page(upload)

    assert found.one("h1").text.startswith("return.csv has 1 error")
    assert marked(found, "error") == ["55 Error"]


def test_a_kept_file_says_what_was_kept_and_where_it_is(series):
    version = drafted(series, GOOD)

    found = page(version.upload)

    assert found.one("h1").text == "return.csv is checked: 1 figure kept as a draft"
    row = rows_of(found.all("table")[0])[0]
    assert row["Return"].link == f"/returns/{version.pk}/"
    assert (row["Figures"].text, row["State"].text) == ("1", "Draft")


def test_with_warnings_a_kept_file_asks_for_reasons(series):
    version = draft_with(series, odd(2, "numerator"), odd(2, "denominator"))

    found = page(version.upload)

    assert "Give a reason for 2 warnings below, then submit." in found.text
    assert marked(found, "warning") == ["empty Warning"] * 2


def test_without_warnings_a_kept_file_leads_on_to_submitting(series):
    version = draft_with(series)

    found = page(version.upload)

    assert "No warning is left without a reason. What remains is to submit." in found.text
    buttons = [one for one in found.all("a") if one.text == "Go on to submit it"]
    assert [one.attributes["href"] for one in buttons] == [f"/returns/{version.pk}/"]


def test_who_cant_submit_it_is_told_who_does(series):
    version = draft_with(series)

    found = page(version.upload, chief_executive())

    assert "It can be submitted by an information officer of the trust." in found.text


def test_after_it_was_submitted_nothing_is_asked(series):
    version = submit(draft_with(series, odd(2, "numerator")))

    found = page(version.upload)

    assert found.one("h1").text == "return.csv is checked: 1 figure kept in 1 return"
    assert "Submitted" in found.text
    assert not found.all("form", method="post")


def test_what_is_about_the_whole_file_needs_no_reason(series):
    version = draft_with(series)
    factories.make_finding(
        upload=version.upload,
        **odd(1, "Colour", "The column 'Colour' isn’t known.", code="unknown-column"),
    )

    found = page(version.upload)

    assert "Row 1, Colour: The column 'Colour' isn’t known." in [item.text for item in found.all("li")]
    assert not found.all("form", method="post")


def test_a_file_whose_return_was_accepted_says_so(series):
    version = accepted(series, GOOD)

    assert "Accepted" in page(version.upload).one("table").text


def test_several_returns_of_one_file_are_listed(series):
    by = someone(Role.NOMS_ANALYST)
    upload = unread(series, content_of(GOOD, GOOD | {"organisation": "kent"}), by)
    run_check(checked(upload).pk)
    upload.refresh_from_db()

    found = page(upload)

    assert found.one("h1").text == "return.csv is checked: 2 figures kept as 2 drafts"
    assert [row["Return"].text.split(",")[0] for row in rows_of(found.all("table")[0])] == [
        "Kent",
        "London",
    ]


@pytest.mark.parametrize("name", ["<script>alert(1)<script>.csv", 'a&b "c".csv'])
def test_a_file_name_is_never_taken_for_markup(series, name):
    upload = refused_with(series, FILE, wrong(3, "Num"), name=name)

    response = download(upload, "")

    assert "<script>alert" not in response.content.decode()
    assert page_of(response).one("h1").text == f"{name} has 1 error"


def test_no_page_takes_more_than_twelve_queries(series, django_assert_max_num_queries):
    many = [odd(row, "Num", code=f"kind-{row % 3}") for row in range(2, 40)]
    version = draft_with(series, *many)
    uploads = [
        version.upload,
        refused_with(
            series, FILE, wrong(None), wrong(3, "Num"), odd(2, "Num"), by=version.upload.uploaded_by
        ),
        unread(series, b"x", version.upload.uploaded_by),
    ]
    client = visitor(version.upload.uploaded_by)
    addresses = [
        *(f"/returns/uploads/{upload.pk}/" for upload in uploads),
        "/returns/uploads/",
        "/returns/send/?framework=ptrs&month=2010-04",
        "/returns/enter/?framework=ptrs&month=2010-04",
        "/returns/templates/",
    ]
    # Once a minute a visit also puts off the end of the session.
    client.get("/returns/uploads/")
    for address in addresses:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
