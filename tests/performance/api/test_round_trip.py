"""What is taken out can be sent in again, and gives the same numbers."""

import csv
import datetime
import io

import pytest
from django.test import Client

from performance.models import Event, Observation, Target, TrustReturn
from tests import factories
from tests.performance.api.asking import ask, bearing, token_of
from tests.performance.pages.returns.sending import visitor
from tests.performance.returns.sent import (
    GOOD,
    MAY,
    ORDERS,
    accept,
    accepted,
    drafted,
    officer,
    someone,
    uploaded,
)
from trusts.models import Person, Role

NO_NUMBER = {"numerator": "", "denominator": "", "value": "", "target": ""}
RETURNS = (
    [GOOD | {"note": "=A formula, it seems.", "numerator": "33"}, ORDERS],
    [GOOD | MAY | NO_NUMBER | {"status": "missing", "note": "The court was closed."}, ORDERS | MAY],
)
FIGURE = (
    "measure",
    "organisation",
    "period_start",
    "period_end",
    "status",
    "unit",
    "numerator",
    "denominator",
)
NUMBERS = ("expected", "value", "percent_of_target", "note", "certainty")


def figures(version_in) -> list[tuple]:
    kept = Observation.objects.filter(trust_return__in=version_in)
    return sorted(kept.values_list(*FIGURE, *NUMBERS), key=repr)


def targets(version_in) -> list[tuple]:
    kept = Target.objects.filter(trust_return__in=version_in)
    return sorted(kept.values_list("framework_measure", "organisation", "period_start", "value"), key=repr)


def from_the_api(person: Person, version: TrustReturn) -> bytes:
    query = {"format": "csv", "return": version.pk, "ordering": "measure"}
    return ask("observations/", query, token_of(person)).getvalue()


def from_the_page(person: Person, version: TrustReturn) -> bytes:
    return visitor(person).get(f"/returns/{version.pk}/figures.csv").getvalue()


@pytest.fixture
def before(series) -> list[TrustReturn]:
    return [accepted(series, *rows) for rows in RETURNS]


@pytest.mark.parametrize("take", [from_the_api, from_the_page])
def test_figures_of_a_return_sent_in_again_are_its_next_version_with_the_same_numbers(series, before, take):
    for version in before:
        upload = uploaded(series, take(officer(), version))

        (after,) = upload.trust_returns.all()
        assert (after.version, after.supersedes) == (2, version)
        assert figures([after]) == figures([version])
        assert targets([after]) == targets([version])
        assert not [f.sentence for f in upload.findings.all() if "isn't known" in f.sentence]


def test_all_accepted_figures_are_the_same_in_a_series_that_has_none(series, before):
    """Of a financial year they are one return."""
    other = factories.make_series(standing="management-information")
    upload = uploaded(other, visitor(officer()).get("/returns/figures.csv").getvalue())

    (after,) = upload.trust_returns.all()
    assert figures([after]) == figures(before)
    assert targets([after]) == targets(before) != []


def test_once_accepted_they_are_taken_out_as_they_came_in(series, before):
    content = from_the_api(officer(), before[0])
    (after,) = uploaded(series, content).trust_returns.all()
    accept(after)

    again = from_the_api(officer(), after)

    assert again != content
    assert without_numbers_of_versions(again) == without_numbers_of_versions(content)


def without_numbers_of_versions(content: bytes) -> list[dict[str, str]]:
    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    left_out = ("return", "version")
    return [{name: cell for name, cell in line.items() if name not in left_out} for line in lines]


def test_the_figures_of_one_version_can_be_taken_out_alone(series, before):
    person = officer()
    response = visitor(person).get(f"/returns/{before[0].pk}/figures.csv")
    lines = response.getvalue().decode("utf-8-sig").splitlines()

    assert len(lines) == 1 + len(RETURNS[0])
    assert response["Content-Disposition"] == 'attachment; filename="london-ptrs-2010-04-01-version-1.csv"'
    assert (Event.objects.first().actor, Event.objects.first().detail) == (person, {"rows": 2})


def test_what_is_changed_in_the_file_is_all_that_changes(series):
    draft = drafted(series, *RETURNS[0])
    content = from_the_page(officer(), draft)
    upload = uploaded(series, content.replace(b",33,50,,66.0,", b",34,50,,68.0,"))

    before, after = figures([draft]), figures(upload.trust_returns.all())
    assert len(before) == len(after)
    assert len(set(before) ^ set(after)) == 2


def test_a_series_without_accepted_figures_gives_a_file_with_its_heads(series):
    content = visitor(someone(Role.NOMS_ANALYST)).get("/returns/figures.csv").getvalue()

    assert content.decode("utf-8-sig").splitlines() == [
        "organisation,framework,measure,period_start,period_end,status,numerator,denominator,expected,value,"
        "target,note,measure_title,unit,return,version,series,standing"
    ]


def test_a_file_of_made_up_figures_says_so(series, before):
    series.standing = "simulated"
    series.day = datetime.date(2010, 7, 1)
    series.save()
    response = visitor(officer()).get("/returns/figures.csv")

    assert response["Content-Disposition"] == 'attachment; filename="simulated-accepted-figures.csv"'
    assert b",Simulated figures" in response.getvalue().splitlines()[1]


def test_the_api_and_the_page_give_the_same_file(series, before):
    person = officer()

    assert from_the_api(person, before[0]) == from_the_page(person, before[0])


def test_a_token_of_another_trust_takes_nothing_out(series, before):
    response = Client().get("/api/v1/observations/?format=csv", headers=bearing(token_of(officer("kent"))))

    assert len(response.getvalue().splitlines()) == 1
