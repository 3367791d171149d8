"""Who a trust's peers are in one year of a release, and what they had."""

from collections.abc import Sequence

import pandas as pd

from performance.calculation.outcomes import REOFFENDING
from performance.calculation.peers import peers_of
from performance.models import Release
from performance.periods import Period
from performance.releases.peer_rows import Peers, YearFigure
from performance.releases.summary import NATION
from performance.vocabulary import Structure
from trusts.models import OrganisationKind

KINDS = (OrganisationKind.TRUST, OrganisationKind.PEER_GROUP, OrganisationKind.NATION)
ALL = "all trusts"
FIELDS = (
    "organisation__slug",
    "organisation__name",
    "organisation__kind",
    "measure__code",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "target",
)


def peers_in(release: Release, year: Period, slug: str) -> Peers:
    """The trusts of that one's third by size, or all of them where it is in none."""
    figures = _figures_in(release, year)
    trusts = {f.organisation: f.organisation_name for f in figures if f.organisation_kind == "trust"}
    group_of = _groups(figures)
    group = group_of.get(slug)
    name = next((f.organisation_name for f in figures if f.organisation == group), None)
    if group is None or name is None:
        return Peers(NATION, ALL, trusts, figures)
    members = {trust: trusts[trust] for trust, its_group in group_of.items() if its_group == group}
    return Peers(group, f"{name[:1].lower()}{name[1:]}", members, figures)


def peer_groups_in(release: Release, year: Period) -> dict[str, str]:
    """The group of peers of each trust that is in one, both by their slugs."""
    return _groups(_figures_in(release, year, measure__code=REOFFENDING))


def _figures_in(release: Release, year: Period, **where: str) -> list[YearFigure]:
    """Of trusts, and of groups of them: no months, as these are in their years."""
    results = release.indicator_results.filter(
        structure=Structure.THEN,
        is_part=False,
        organisation__kind__in=KINDS,
        period_start__gte=year.start,
        period_end__lte=year.end,
        **where,
    ).order_by("organisation__name", "measure__code", "period_end")
    return [
        YearFigure(slug, name, kind, measure, Period(start, end), *numbers)
        for slug, name, kind, measure, start, end, *numbers in results.values_list(*FIELDS)
    ]


def _groups(figures: Sequence[YearFigure]) -> dict[str, str]:
    """The peer group of each trust that is in one, by the rule by which their figures were added up."""
    cohorts = [figure for figure in figures if figure.measure == REOFFENDING]
    frame = pd.DataFrame(
        {
            "measure": [figure.measure for figure in cohorts],
            "organisation": [figure.organisation for figure in cohorts],
            "organisation_kind": [figure.organisation_kind for figure in cohorts],
            "period_start": pd.to_datetime([figure.period.start for figure in cohorts]),
            "period_end": pd.to_datetime([figure.period.end for figure in cohorts]),
            "denominator": pd.Series([figure.denominator for figure in cohorts], dtype=float),
        }
    )
    found = peers_of(frame)
    return dict(zip(found["organisation"], found["peer_group"], strict=True))
