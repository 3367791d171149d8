"""Ratings with the scores of their domains, where one organisation has several."""

import pytest

from performance.models import RatingResult
from performance.releases.ratings import rows_of_ratings, with_domains
from tests import factories


@pytest.fixture
def release(db):
    """One trust under two frameworks of a year, another under one of them, each with a domain's score."""
    release = factories.make_release()
    kent, london = (factories.make_organisation(name=name) for name in ("Kent", "London"))
    first, second = (factories.make_framework(short_title=title) for title in ("First", "Second"))
    for organisation, framework, score in ((kent, first, 1.0), (kent, second, 2.0), (london, first, 3.0)):
        same = {"release": release, "organisation": organisation, "framework": framework}
        domain = factories.make_domain(framework=framework, title="Protection")
        factories.make_rating_result(**same)
        factories.make_rating_result(**same, domain=domain, score=score, band=None)
    return release


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_rating_comes_with_the_domains_of_its_own_organisation_and_framework(release, place):
    results = release.rating_results.all()
    whole = results.filter(domain__isnull=True).order_by("pk")[place]

    (row,) = rows_of_ratings(with_domains(results, results.filter(pk=whole.pk)))

    assert (row.organisation, row.framework) == (whole.organisation.slug, whole.framework.short_title)
    assert [domain.score for domain in row.domains] == [place + 1.0]


def test_of_no_rating_there_is_nothing(release):
    assert rows_of_ratings(with_domains(release.rating_results.all(), RatingResult.objects.none())) == []
