"""Templates to download: which there are, and which not."""

import datetime
import io

import pytest
from openpyxl import load_workbook

from performance.pages.returns.period_address import in_address, period_in
from performance.periods import Period
from tests.performance.pages.returns.sending import main_of, visitor
from tests.performance.returns.sent import officer, someone
from trusts.models import Role

ADDRESS = "/returns/templates/"


def period(*days: str) -> Period:
    return Period(*map(datetime.date.fromisoformat, days))


PERIODS = {
    "2010-04": period("2010-04-01", "2010-04-30"),
    "2010-11": period("2010-11-01", "2010-11-30"),
    "2010-q1": period("2010-04-01", "2010-06-30"),
    "2010-q3": period("2010-10-01", "2010-12-31"),
    "2010-q4": period("2011-01-01", "2011-03-31"),
    "2010-2011": period("2010-04-01", "2011-03-31"),
}


@pytest.mark.parametrize(("address", "found"), PERIODS.items())
def test_an_address_stands_for_one_period_and_a_period_for_one_address(address, found):
    assert period_in(address) == found
    assert in_address(found) == address


@pytest.mark.parametrize(
    "address",
    ["", "2010", "2010-13", "2010-q5", "2010-2012", "2010-4", "2010-04-01", "٢٠١٠-04", "April 2010"],
)
def test_what_stands_for_no_period_is_none(address):
    assert period_in(address) is None


def links(page, under: str) -> list[str]:
    return [one.attributes["href"] for one in page.all("a") if under in one.attributes["href"]]


def test_there_is_one_for_each_month_quarter_and_year_of_a_framework(series):
    page = main_of(visitor(officer()).get(ADDRESS))

    found = [address.removeprefix(f"{ADDRESS}ptrs/") for address in links(page, "templates/ptrs/")]
    assert len(found) == len(set(found)) == 12 + 4 + 1
    assert found[:2] == ["2010-04.xlsx", "2010-05.xlsx"]
    assert found[-1] == "2010-2011.xlsx"


def test_a_framework_that_has_just_begun_has_those_that_have_begun(series):
    series.standing, series.day = "simulated", datetime.date(2010, 5, 3)
    series.save()

    page = main_of(visitor(officer()).get(ADDRESS))

    assert links(page, "templates/ptrs/") == [
        f"{ADDRESS}ptrs/{one}.xlsx" for one in ("2010-04", "2010-05", "2010-q1", "2010-2011")
    ]
    assert links(page, "templates/ptrs-2011-13/") == []


def test_the_framework_that_was_asked_for_is_open(series):
    page = main_of(visitor(officer()).get(ADDRESS, {"framework": "ippf"}))

    assert [one.attributes["id"] for one in page.all("details", open="")] == ["ippf"]


@pytest.mark.parametrize(
    ("role", "of", "filled_in"),
    [(Role.TRUST_OFFICER, "london", "london"), (Role.NOMS_ANALYST, "", None)],
)
def test_a_template_is_a_workbook_with_the_own_trust_filled_in(series, role, of, filled_in):
    response = visitor(someone(role, of)).get(f"{ADDRESS}ptrs/2010-04.xlsx")

    assert response["Content-Disposition"] == 'attachment; filename="return-ptrs-2010-04.xlsx"'
    assert response["Cache-Control"] == "private, no-store"
    sheet = load_workbook(io.BytesIO(response.content))["Return"]
    header = [cell.value for cell in sheet[1]]
    first = dict(zip(header, [cell.value for cell in sheet[2]], strict=True))
    assert (first["organisation"], first["framework"], first["period"]) == (filled_in, "ptrs", "April 2010")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nothing/2010-04", "There is no framework 'nothing'."),
        ("ptrs/2014-05", "is of 2010-11, and has no template for '2014-05'."),
        ("ptrs/2009-q4", "is of 2010-11, and has no template for '2009-q4'."),
        ("ptrs/spring", "is of 2010-11, and has no template for 'spring'."),
    ],
)
def test_what_there_is_no_template_of_is_not_found(series, address, sentence):
    response = visitor(officer()).get(f"{ADDRESS}{address}.xlsx")

    assert response.status_code == 404
    assert sentence in main_of(response).text
