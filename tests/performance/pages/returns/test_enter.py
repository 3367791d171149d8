"""Typing a few lines, and nil returns: both become a file like any other."""

import csv
import io

import pytest

from performance.models import Framework, Upload
from performance.returns.checking import run_check
from tests.performance.pages.account_pages import errors
from tests.performance.pages.returns.sending import bytes_of, main_of, visitor
from tests.performance.returns.sent import officer, someone
from trusts.models import Role

ADDRESS = "/returns/enter/"
LINES = f"{ADDRESS}?framework=ptrs&month=2010-04"
TYPED = {"reports-on-time-numerator": "45", "reports-on-time-denominator": "50"}


def analyst():
    return someone(Role.NOMS_ANALYST)


def rows_of(upload: Upload) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(bytes_of(upload).decode())))


def values(page) -> dict[str, str]:
    """What stands in the fields of the lines."""
    inputs = {
        one.attributes["name"]: one.attributes.get("value", "") for one in page.all("input", type="text")
    }
    return {name: value for name, value in inputs.items() if value}


def test_it_asks_for_framework_and_month_first(series):
    page = main_of(visitor(officer()).get(ADDRESS, {"framework": "ptrs"}))

    assert page.one("h1").text == "Enter figures by hand"
    (chosen,) = page.one("select", name="framework").all("option", selected="")
    assert chosen.attributes["value"] == "ptrs"
    assert not page.all("div", role="alert")


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        ("", "Enter a month."),
        ("2010-q1", "‘2010-q1’ can’t be read as a period: write one month, such as March 2013."),
        ("May 2014", "PTRS is of 2010-11: choose a month of those."),
    ],
)
def test_what_is_no_month_of_the_framework_is_refused_with_a_sentence(series, month, sentence):
    Framework.objects.filter(slug="ptrs").update(short_title="PTRS")

    response = visitor(officer()).get(ADDRESS, {"framework": "ptrs", "month": month})

    assert errors(response) == [sentence]


@pytest.mark.parametrize("month", ["2010-04", "April 2010", "Apr 2010"])
def test_there_is_a_line_for_each_measure_with_the_fields_that_it_has_a_use_for(series, month):
    page = main_of(visitor(officer()).get(ADDRESS, {"framework": "ptrs", "month": month}))

    assert page.one("h1").text == "Enter figures of April 2010"
    names = {one.attributes.get("name") for one in page.one("table").all("input", "select")}
    assert names == {
        *(f"reports-on-time-{column}" for column in ("status", "numerator", "denominator", "value", "note")),
        *(f"orders-completed-{column}" for column in ("status", "value", "note")),
    }
    assert values(page) == {}


def test_every_field_of_a_line_has_a_name_of_its_own_for_those_who_dont_see_the_table(series):
    page = main_of(visitor(officer()).get(LINES))

    names = [one.attributes["aria-label"] for one in page.one("table").all("input", "select")]
    assert len(set(names)) == len(names) == 8
    assert names[1].startswith("Numerator, Measure")


def test_lines_that_are_filled_in_become_a_file_of_the_own_trust(series):
    response = visitor(officer()).post(LINES, TYPED | {"reports-on-time-note": "A strike."})

    upload = Upload.objects.get()
    assert response["Location"] == f"/returns/uploads/{upload.pk}/"
    assert upload.name == "entered-ptrs-2010-04.csv"
    (row,) = rows_of(upload)
    assert (row["organisation"], row["framework"], row["measure"]) == ("london", "ptrs", "reports-on-time")
    assert (row["period"], row["numerator"], row["denominator"]) == ("April 2010", "45", "50")
    assert (row["status"], row["value"], row["note"]) == ("", "", "A strike.")


def test_the_file_passes_the_check(series):
    visitor(officer()).post(LINES, TYPED)

    upload = Upload.objects.get()
    run_check(upload.job.pk)

    upload.refresh_from_db()
    assert upload.state == "kept", list(upload.findings.all())
    figure = upload.trust_returns.get().observations.get()
    assert (figure.status, figure.numerator, figure.denominator, figure.value) == ("reported", 45, 50, 90)


def test_with_nothing_typed_nothing_is_sent(series):
    response = visitor(officer()).post(LINES, {})

    assert errors(response) == [
        "Fill in at least one line. If there is nothing to report, send a nil return."
    ]
    assert not Upload.objects.exists()


def test_a_note_alone_is_no_figure_and_what_was_typed_stays(series):
    response = visitor(officer()).post(LINES, TYPED | {"orders-completed-note": "None came."})

    (sentence,) = errors(response)
    assert sentence.endswith(": give a figure beside the note, or choose why there is none.")
    assert values(main_of(response)) == TYPED | {"orders-completed-note": "None came."}
    assert not Upload.objects.exists()


def test_who_sends_for_any_trust_chooses_one(series):
    client = visitor(analyst())

    assert errors(client.post(LINES, TYPED)) == ["Choose a trust."]
    client.post(LINES, TYPED | {"organisation": "kent"})
    assert [row["organisation"] for row in rows_of(Upload.objects.get())] == ["kent"]


def test_an_officer_cannot_choose_another_trust(series):
    visitor(officer("london")).post(LINES, TYPED | {"organisation": "kent"})

    assert [row["organisation"] for row in rows_of(Upload.objects.get())] == ["london"]


def test_a_nil_return_says_so_of_every_measure(series):
    visitor(officer()).post(LINES, {"nil": "yes", "nil-is_nil": "on"})

    upload = Upload.objects.get()
    assert upload.name == "nil-return-ptrs-2010-04.csv"
    assert {row["measure"]: row["status"] for row in rows_of(upload)} == {
        "reports-on-time": "nil",
        "orders-completed": "nil",
    }


def test_a_nil_return_passes_the_check(series):
    visitor(officer()).post(LINES, {"nil": "yes", "nil-is_nil": "on"})

    upload = Upload.objects.get()
    run_check(upload.job.pk)

    upload.refresh_from_db()
    assert upload.state == "kept", list(upload.findings.all())
    assert upload.trust_returns.get().observations.filter(status="nil").count() == 2


def test_a_nil_return_needs_the_box_ticked(series):
    response = visitor(officer()).post(LINES, {"nil": "yes"})

    assert errors(response) == ["Tick the box if there is nothing to report for any measure."]
    assert not Upload.objects.exists()


def test_the_same_lines_again_are_refused_with_a_sentence(series):
    client = visitor(officer())
    client.post(LINES, TYPED)

    assert errors(client.post(LINES, TYPED)) == ["This file was sent a moment ago, and is being checked."]


@pytest.fixture
def refused(series) -> Upload:
    """Lines that an officer of London typed, with an error."""
    visitor(officer()).post(LINES, TYPED | {"reports-on-time-numerator": "55"})
    upload = Upload.objects.get()
    run_check(upload.job.pk)
    upload.refresh_from_db()
    assert upload.state == "refused"
    return upload


def test_lines_with_an_error_come_back_into_the_form(refused):
    client = visitor(refused.uploaded_by)
    page = main_of(client.get(f"/returns/uploads/{refused.pk}/"))
    (link,) = [one for one in page.all("a") if one.text == "Mend the figures that you entered"]

    form = main_of(client.get(link.attributes["href"]))

    assert values(form) == TYPED | {"reports-on-time-numerator": "55"}


def test_what_another_trust_typed_does_not(refused):
    page = main_of(visitor(officer("kent")).get(f"{LINES}&again={refused.pk}"))

    assert values(page) == {}


@pytest.mark.parametrize("again", ["0", "x", "²", "9" * 40])
def test_a_number_of_no_file_fills_in_nothing(series, again):
    assert values(main_of(visitor(officer()).get(f"{LINES}&again={again}"))) == {}
