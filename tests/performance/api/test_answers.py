"""What every answer says, how long it keeps, and what is answered where there is nothing to tell."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.models import ReleaseState
from performance.releases.whole_tables import WHOLE_TABLES
from tests.performance.api.asking import RECORD, SIMULATED, START, answer, ask, problem
from tests.performance.pages.test_answers import CHECKED, FOR_GOOD, release_two, withdraw

INDICATORS = f"{RECORD}indicators/"
CURRENT = "series/public-record/releases/current/indicators/"
TABLES = [f"{RECORD}{name}/" for name in WHOLE_TABLES]


def parameters(path: str, query: dict) -> dict[str, dict]:
    """What is said of each parameter that is wrong."""
    return {error["parameter"]: error for error in problem(ask(path, query), 400)["errors"]}


def cursor_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["cursor"][0]


def test_an_answer_says_what_its_figures_are(release_one, simulated_one):
    about = answer(f"{SIMULATED}indicators/")["about"]

    assert about["standing"] == "Simulated figures"
    assert about["what_standing_means"].startswith("None is real.")
    assert (about["release"], about["digest"]) == (1, simulated_one.digest)
    assert about["figures_as_at"] == simulated_one.figures_as_at.isoformat()
    assert about["release_address"] == "http://testserver/series/simulated/releases/1/"
    assert answer(INDICATORS)["about"]["standing"] == "Public record"


def test_a_file_has_the_standing_in_its_name_and_says_where_it_is_described(simulated_one):
    response = ask(f"{SIMULATED}indicators/", {"format": "csv", "limit": 1})

    assert response["Content-Disposition"] == 'attachment; filename="simulated-indicators-release-1.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.getvalue().startswith(b"\xef\xbb\xbforganisation,")


def test_what_a_program_accepts_decides_where_the_address_does_not(release_one):
    assert ask(INDICATORS, Accept="text/csv")["Content-Type"].startswith("text/csv")
    assert ask(INDICATORS, {"format": "json"}, Accept="text/csv")["Content-Type"] == "application/json"
    assert ask(INDICATORS, Accept="text/html,*/*;q=0.8")["Content-Type"] == "application/json"


def test_the_next_page_stands_in_a_header_too(release_one):
    response = ask(INDICATORS, {"limit": 2, "format": "csv"})
    following = response["Link"].removeprefix("<").removesuffix('>; rel="next"')

    assert "Link" not in ask(INDICATORS, {"limit": 1000})
    assert ask(following).getvalue() != response.getvalue()
    assert (
        answer(INDICATORS, {"limit": 2})["next"].partition("cursor=")[2] == following.partition("cursor=")[2]
    )


def test_a_numbered_release_is_kept_for_good_and_the_current_one_checked(release_one):
    assert ask(INDICATORS)["Cache-Control"] == FOR_GOOD
    assert ask(CURRENT)["Cache-Control"] == CHECKED


@pytest.mark.parametrize("path", [CURRENT, RECORD, *TABLES])
def test_an_unchanged_answer_is_not_sent_again_and_no_result_is_looked_at(release_one, path):
    first = ask(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        again = ask(path, **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert len(queries) <= 2
    assert not [query["sql"] for query in queries if "result" in query["sql"].replace("_results", "")]


def test_json_and_csv_of_one_address_are_two_things_to_keep(release_one):
    tag = ask(INDICATORS)["ETag"]

    response = ask(INDICATORS, Accept="text/csv", **{"If-None-Match": tag})

    assert response.status_code == 200
    assert "Accept" in response["Vary"]


def test_a_new_release_makes_the_current_answer_new(release_one):
    before = ask(CURRENT)
    release_two(series=release_one.series)

    after = ask(CURRENT, **{"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert after.json()["about"]["release"] == 2


def test_a_corrected_release_says_by_which_and_is_checked_each_time(release_one):
    release_two(series=release_one.series, corrects=release_one, correction_reason="A slip.")
    response = ask(INDICATORS)

    assert response.json()["about"]["corrected_by"] == 2
    assert response["Cache-Control"] == CHECKED


@pytest.mark.parametrize("path", [RECORD, INDICATORS, f"{RECORD}ratings/"])
def test_a_withdrawn_release_is_gone_with_the_reason_and_what_to_read_instead(release_one, path):
    release_two(series=release_one.series)
    withdraw(release_one)

    said = problem(ask(path), 410)

    assert "The budgets were in pounds, not thousands." in said["detail"]
    assert said["successor"] == f"http://testserver{START}series/public-record/releases/2/"


def test_a_withdrawn_release_without_a_successor_says_so(release_one):
    withdraw(release_one)

    assert problem(ask(INDICATORS), 410)["successor"] is None
    said = problem(ask(CURRENT), 404)
    assert said["detail"] == "The series 'public-record' has no published release yet."


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("series/nothing/releases/1/indicators/", "There is no series 'nothing'."),
        (
            "series/public-record/releases/7/indicators/",
            "There is no published release 7 of the series 'public-record'.",
        ),
        ("series/public-record/releases/01/indicators/", "There is nothing at this address."),
        ("series/public-record/releases/1/nothing/", "There is nothing at this address."),
        ("nothing/", "There is nothing at this address."),
        ("%00/", "There is nothing at this address."),
    ],
)
def test_what_is_not_there_is_not_found_and_a_sentence_says_what(release_one, path, sentence):
    assert sentence in problem(ask(path), 404)["detail"]


def test_a_draft_is_not_there(release_one):
    release_two(series=release_one.series, state=ReleaseState.DRAFT, published_at=None, published_by=None)

    problem(ask("series/public-record/releases/2/indicators/"), 404)


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(release_one):
    response = ask(INDICATORS.removesuffix("/"), {"limit": 3})

    assert response.status_code == 308
    assert response["Location"] == f"{START}{INDICATORS}?limit=3"
    problem(ask("nothing"), 404)


@pytest.mark.parametrize("path", ["", "schema/", "organisations/", RECORD, INDICATORS, "nothing/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_table_is_only_for_reading(release_one, method, path):
    response = getattr(Client(), method)(f"{START}{path}")

    if path == "nothing/" and method != "options":
        problem(response, 404)
    else:
        problem(response, 405)
        assert "GET" in response["Allow"]


def test_the_tag_of_one_answer_is_that_of_no_other(release_one):
    tag = ask(INDICATORS)["ETag"]

    for path, query in ((INDICATORS, {"limit": 1}), (f"{RECORD}ratings/", {}), (INDICATORS, {"nope": 1})):
        assert ask(path, query, **{"If-None-Match": tag}).status_code != 304


def test_more_parameters_than_are_read_are_told(release_one):
    said = problem(Client().get(f"{START}{INDICATORS}?{'a&' * 1001}"), 400)

    assert said["detail"].startswith("There is more in this request than is read here")


def test_everything_that_is_wrong_is_told_at_once_with_what_could_be_said(release_one):
    query = {
        "trust": "london",
        "period_start": "2010-13-01",
        "fields": "valeu",
        "limit": "0",
        "ordering": "x",
    }
    errors = parameters(INDICATORS, query)

    assert set(errors) == set(query)
    assert "organisation" in errors["trust"]["allowed"]
    assert errors["trust"]["detail"] == "There is no filter 'trust'."
    assert errors["period_start"]["detail"] == "period_start is a day, such as 2010-04-01."
    assert "value" in errors["fields"]["allowed"]
    assert errors["limit"]["detail"] == "limit is a whole number from 1 to 1000."
    assert "domains" not in parameters(f"{RECORD}ratings/", {"ordering": "domains"})["ordering"]["allowed"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("numerator", "1.5", "numerator is a whole number."),
        ("numerator", "9" * 30, "numerator is a whole number."),
        ("numerator", "²", "numerator is a whole number."),
        ("value", "NaN", "value is a number, such as 69.2."),
        ("value", "1e999", "value is a number, such as 69.2."),
        ("value_from", "", "value_from is a number, such as 69.2."),
        ("value_from", ["1", "2"], "value_from is said 2 times; say it once."),
        ("is_part", "yes", "is_part is true or false."),
        ("status", "absent", "status is one of a few words."),
        ("period_end_to", "yesterday", "period_end_to is a day, such as 2010-04-01."),
        ("note", "\0", "note is a text of at most 200 characters, without a null."),
        ("note", "x" * 201, "note is a text of at most 200 characters, without a null."),
        ("value", "9" * 500, "value is a number, such as 69.2."),
        ("value", "1_000", "value is a number, such as 69.2."),
        ("value", "١", "value is a number, such as 69.2."),
        ("numerator", " 9", "numerator is a whole number."),
        ("period_start", "20120401", "period_start is a day, such as 2010-04-01."),
        ("period_start", "2012-W10-1", "period_start is a day, such as 2010-04-01."),
        ("limit", "0010000000", "limit is a whole number from 1 to 1000."),
        ("limit", "0" * 400 + "10", "limit is a whole number from 1 to 1000."),
        ("organisation", ["x"] * 101, "organisation has 101 values; at most 100 can be asked for."),
        ("limit", "1001", "limit is a whole number from 1 to 1000."),
        ("limit", "²", "limit is a whole number from 1 to 1000."),
        ("limit", "", "limit is a whole number from 1 to 1000."),
        ("limit", ["1", "2"], "limit is said 2 times; say it once."),
        ("ordering", "value,target,flag,unit,kind,note", "Rows can be put in order by at most 5 columns."),
        ("format", "xml", "There is no format 'xml' here."),
        ("cursor", "abc", "This cursor was changed, or is of another question."),
        ("cursor", "é:abc", "This cursor was changed, or is of another question."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(release_one, name, value, sentence):
    errors = parameters(INDICATORS, {name: value})

    assert errors[name]["detail"].startswith(sentence)


@pytest.mark.parametrize("value", [-(2**63 - 1), 2**63 - 1, -0, 7])
def test_whole_numbers_are_read_as_far_as_there_are_any(release_one, value):
    assert ask(INDICATORS, {"numerator": value}).status_code == 200


def test_a_word_that_is_not_one_of_a_few_is_told_with_those(release_one):
    allowed = parameters(INDICATORS, {"status": "absent"})["status"]["allowed"]

    assert allowed == ["reported", "nil", "missing", "suppressed", "not-applicable"]


def test_a_cursor_is_of_one_question_alone(release_one, simulated_one):
    cursor = cursor_in(answer(INDICATORS, {"limit": 2})["next"])

    assert ask(INDICATORS, {"limit": 5, "cursor": cursor}).status_code == 200
    for path, query in (
        (INDICATORS, {"status": "reported"}),
        (INDICATORS, {"ordering": "value"}),
        (f"{SIMULATED}indicators/", {}),
        (f"{RECORD}changes/", {}),
    ):
        assert "cursor" in parameters(path, query | {"cursor": cursor})
    assert "cursor" in parameters(INDICATORS, {"cursor": cursor[:-1] + ("A" if cursor[-1] != "A" else "B")})


def test_an_empty_answer_says_why_it_is_empty(release_one):
    def why(**query: str) -> str:
        found = answer(INDICATORS, query)
        assert found["rows"] == []
        return found["empty_because"]

    one = answer(INDICATORS, {"limit": 1})["rows"][0]
    assert why(organisation="nowhere") == "No row has organisation=nowhere."
    assert why(organisation="nowhere", measure="nothing") == (
        "No row has organisation=nowhere. No row has measure=nothing."
    )
    assert why(organisation=one["organisation"], value_from="1e300") == "No row has value_from=1e300."
    both = {"period_start_from": "2012-01-01", "period_end_to": "2005-01-01"}
    assert why(**both) == (
        "Each of these has rows, but none has all of them: period_start_from=2012-01-01 and "
        "period_end_to=2005-01-01."
    )
    assert answer(INDICATORS)["empty_because"] == ""


def test_a_table_without_rows_says_so(release_one):
    release_two(series=release_one.series)
    empty = "series/public-record/releases/2/indicators/"

    assert answer(empty)["empty_because"] == "There are no rows here to see, whatever is asked."
    assert ask(empty, {"format": "csv"}).getvalue().count(b"\n") == 1


def test_a_fault_is_told_as_a_problem_and_nothing_of_it_leaks(release_one, monkeypatch, caplog):
    def fails(*args: object) -> None:
        raise RuntimeError("A secret.")

    monkeypatch.setattr("performance.api.release_tables.table_answer", fails)

    said = problem(Client(raise_request_exception=False).get(f"{START}{INDICATORS}"), 500)

    assert said["detail"].startswith("The fault is ours and has been written to the log.")
    assert "secret" not in str(said)
    assert "A secret." in caplog.text


def test_a_release_lists_its_tables_with_their_rows_and_files(release_one, simulated_one):
    found = answer(SIMULATED)

    assert [table["table"] for table in found["tables"]] == list(WHOLE_TABLES)
    for table in found["tables"]:
        assert table["rows"] == WHOLE_TABLES[table["table"]].number(simulated_one)
        assert len(answer(table["pages"], {"limit": 1})["rows"]) == min(1, table["rows"])
        assert ask(table["files"]["parquet"]).getvalue().startswith(b"PAR1")
    assert found["files"]["zip"] == "http://testserver/series/simulated/releases/1/data/release.zip"
