"""Two releases of the public record, the second built after one of its figures was changed."""

import pytest

from performance.models import Observation, Release
from performance.releases.compare import compare_releases
from tests import factories
from tests.performance.building import build_release

HERTFORDSHIRE = {"measure__code": "oasys-high-risk-5-days", "organisation__slug": "hertfordshire-area"}


@pytest.fixture
def later(release, public_record, analyst) -> Release:
    """Its 14% against a target of 90% becomes 95%."""
    Observation.objects.filter(**HERTFORDSHIRE).update(value=95)
    return build_release(public_record, analyst)


def test_a_release_holds_the_same_as_itself(release):
    comparison = compare_releases(release, release)

    assert comparison.is_empty
    assert comparison.sentence == "Release 1 holds the same figures as release 1."
    assert comparison.lines == []
    assert comparison.figures.in_both == release.indicator_results.count()


def test_every_column_that_follows_from_a_changed_figure_is_told(release, later):
    comparison = compare_releases(release, later)

    assert comparison.sentence == (
        "Release 2 differs from release 1: of 667 figures in both, 1 was changed; none were added and none "
        "were left out. Of what is worked out from them, 2 results differ."
    )
    assert comparison.lines == [
        "High risk OASys within 5 days, Hertfordshire, 2005-06: value 14, now 95",
        "High risk OASys within 5 days, Hertfordshire, 2005-06: target status missed, now met",
        "High risk OASys within 5 days, Hertfordshire, 2005-06: attainment 15.5555556, now 105.555556",
        "Divergence, Weighted scorecard 2005-06, Hertfordshire, 2005-06: targets met 0, now 1",
        "Divergence, Weighted scorecard 2005-06, Timeliness alone, Hertfordshire, 2005-06: process 0, "
        "now 27.7777778",
        "Divergence, Weighted scorecard 2005-06, Timeliness alone, Hertfordshire, 2005-06: targets met 0, "
        "now 1",
    ]


def test_what_only_one_has_is_told(release, later):
    later.indicator_results.filter(**HERTFORDSHIRE).delete()

    comparison = compare_releases(release, later)
    assert comparison.figures.lines == ["High risk OASys within 5 days, Hertfordshire, 2005-06: left out"]
    assert "none were changed; none were added and 1 was left out." in comparison.sentence
    turned_round = compare_releases(later, release)
    assert turned_round.figures.lines == ["High risk OASys within 5 days, Hertfordshire, 2005-06: added"]


def test_a_figure_that_vanishes_is_no_zero(release, later):
    later.indicator_results.filter(**HERTFORDSHIRE).update(value=None)

    assert (
        "High risk OASys within 5 days, Hertfordshire, 2005-06: value 14, now none"
        in compare_releases(release, later).lines
    )


def test_what_the_frameworks_reward_is_compared_too(release, public_record):
    other = factories.make_release(series=public_record, framework_mixes=[{"slug": "ptrs"}])
    empty = factories.make_release(series=public_record)

    comparison = compare_releases(empty, other)

    assert not comparison.is_empty
    assert comparison.sentence.endswith("What the frameworks reward differs too.")


def test_releases_of_two_series_are_not_compared(release):
    with pytest.raises(ValueError, match="one series"):
        compare_releases(release, factories.make_release())
