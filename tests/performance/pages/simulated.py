"""Release 1 of a simulated series beside that of the public record, published. The conftest of a
folder that needs it imports it."""

from collections.abc import Callable

import pytest

from performance.calculation.framework_mix import framework_mixes
from performance.models import Release
from performance.releases.actions import publish_release
from tests.factories import make_person, make_release, make_series
from tests.performance.pages.simulated_figures import Figures
from tests.performance.pages.simulated_findings import Findings
from tests.performance.pages.simulated_more import More
from trusts.models import Role

SLUG = "simulated"


def publish_simulated_release() -> Release:
    """Needs organisations and measures to be loaded."""
    series = make_series(
        slug=SLUG,
        title="Simulated returns",
        standing="simulated",
        description="Returns of 35 trusts over three years, made up by a program with a known truth planted.",
    )
    release = make_release(
        series=series,
        number=1,
        framework_mixes=framework_mixes(),
        title="Simulated returns, release 1",
        built_by=make_person(username="simulated-builder"),
    )
    figures = Figures(release)
    figures.store()
    Findings(release, figures.size).store()
    More(release, figures.results).store()
    publisher = make_person(username="simulated-publisher", role=Role.NOMS_PUBLISHER)
    return publish_release(release=release, by=publisher)


@pytest.fixture(scope="module")
def _simulated_once_a_module(_published_once_a_module: None, _starts_from: Callable[..., None]) -> None:
    """Beside release 1 of the public record."""
    _starts_from("simulated", publish_simulated_release, after="published")


@pytest.fixture
def simulated_one(_simulated_once_a_module: None, db: None) -> Release:
    """The published release of the simulated series, beside that of the public record. What a test
    changes is undone after it."""
    return Release.objects.select_related("series").get(series__slug=SLUG, number=1)
