"""Loading a folder of simulated returns."""

from pathlib import Path

import pytest

from performance.models import Event, Observation, Series, TrustReturn
from performance.returns.loader import simulated_series
from tests.performance.commands import refused, said
from tests.performance.returns.sent import APRIL, GOOD, MAY, ORDERS, accepted, content_of
from trusts.models import Person

KENT = GOOD | {"organisation": "kent"}


@pytest.fixture
def folder(series, tmp_path) -> Path:
    """A folder with the returns of two trusts."""
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "kent.csv").write_bytes(content_of(KENT | APRIL))
    (folder / "london.csv").write_bytes(content_of(GOOD | APRIL, ORDERS))
    return folder


def load(folder: Path) -> str:
    return said("load_returns", str(folder), "--series", "simulated")


def everything() -> tuple:
    return tuple(
        tuple(model.objects.order_by("pk").values())
        for model in (TrustReturn, Observation, Event, Person, Series)
    )


def test_every_return_of_a_folder_goes_the_way_of_a_real_one(folder):
    assert load(folder) == "2 returns with 3 figures (0 unchanged)\n"

    versions = TrustReturn.objects.current().filter(series=simulated_series())
    assert sorted(version.organisation.slug for version in versions) == ["kent", "london"]
    london = versions.get(organisation__slug="london")
    assert (london.version, london.observations.count()) == (1, 2)
    steps = (london.submitted_by, london.approved_by, london.accepted_by)
    assert [(person.username, person.role) for person in steps] == [
        ("simulated-london-officer", "trust-officer"),
        ("simulated-london-chief-executive", "chief-executive"),
        ("simulated-analyst", "noms-analyst"),
    ]
    assert Event.objects.count() == 8


def test_the_people_of_a_simulation_cannot_log_in(folder):
    load(folder)

    people = Person.objects.filter(username__startswith="simulated-")
    assert people.count() == 5
    assert not any(person.has_usable_password() for person in people)


def test_the_series_says_that_none_of_its_figures_is_real(folder):
    load(folder)

    series = simulated_series()
    assert (series.slug, series.title, series.standing) == ("simulated", "Simulated trusts", "simulated")
    assert "None of them is real" in series.description


def test_loading_again_changes_nothing(folder):
    load(folder)
    before = everything()

    assert load(folder) == "2 returns with 3 figures (2 unchanged)\n"

    assert everything() == before


def test_a_changed_file_is_the_next_version(folder):
    load(folder)
    (folder / "kent.csv").write_bytes(content_of(KENT | APRIL, ORDERS | {"organisation": "kent"}))

    assert load(folder) == "2 returns with 4 figures (1 unchanged)\n"

    kent = TrustReturn.objects.current().get(organisation__slug="kent")
    assert (kent.version, kent.state, kent.observations.count()) == (2, "accepted", 2)


def test_a_file_with_a_problem_stops_the_load_and_those_before_it_stay(folder):
    (folder / "london.csv").write_bytes(content_of(GOOD | APRIL, GOOD | MAY | {"numerator": "51"}))

    assert refused("load_returns", str(folder)) == (
        "This return was not loaded; those before it were.\n"
        "london.csv, row 3, numerator: Found '51'; expected at most the denominator, 50."
    )
    assert [version.organisation.slug for version in TrustReturn.objects.all()] == ["kent"]


def test_a_return_that_could_not_be_accepted_is_not_left_submitted(folder):
    Person.objects.create(username="simulated-analyst", role="administrator")

    assert refused("load_returns", str(folder)) == (
        "Only a NOMS analyst or a NOMS publisher may accept a return."
    )
    assert not TrustReturn.objects.exists()


@pytest.mark.parametrize("standing", ["official", "management-information", "published-record"])
def test_returns_of_a_real_series_are_submitted_by_people(folder, series, standing):
    Series.objects.filter(pk=series.pk).update(standing=standing)

    assert refused("load_returns", str(folder), "--series", "monthly") == (
        "'Monthly returns' isn't simulated: its returns are submitted, approved and accepted by people."
    )
    assert not TrustReturn.objects.exists()


def test_a_series_that_is_not_there_is_named(folder):
    assert refused("load_returns", str(folder), "--series", "camelot").startswith(
        "There is no series 'camelot'."
    )


def test_another_simulated_series_may_be_loaded(folder, series):
    Series.objects.filter(pk=series.pk).update(standing="simulated")

    said("load_returns", str(folder), "--series", "monthly")

    assert TrustReturn.objects.current().filter(series=series).count() == 2


def test_a_folder_without_files_is_refused(series, tmp_path):
    assert "found no tables" in refused("load_returns", str(tmp_path / "nowhere"))


def test_the_order_of_loading_changes_no_figure(folder, series):
    load(folder)
    other = Series.objects.create(slug="other", title="Other", standing="simulated", description="Figures.")
    accepted(other, GOOD | APRIL, ORDERS)
    accepted(other, KENT | APRIL)

    assert figures(other) == figures(simulated_series())


def figures(series: Series) -> set[tuple]:
    kept = [field.name for field in Observation._meta.fields if field.name not in ("id", "trust_return")]
    return set(Observation.objects.filter(trust_return__series=series).values_list(*kept))
