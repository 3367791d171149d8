"""Comparisons that make sense in a series, to start from."""

from dataclasses import dataclass

from performance.pages.comparison_address import query_of
from performance.releases.choices import Choice, OwnGroup
from performance.releases.offer import Offer
from performance.releases.summary import NATION

MOST = 3


@dataclass(frozen=True)
class Example:
    title: str
    says: str
    choice: Choice

    @property
    def query(self) -> str:
        return query_of(self.choice)


EXAMPLES = (
    Example(
        "Every trust on assessments within 15 days",
        "Who differs from all by more than chance, in the latest year",
        Choice(each=(NATION,), measures=("oasys-15-days",)),
    ),
    Example(
        "Court reports on time beside reoffending",
        "Whether trusts that are quicker have less of it",
        Choice(each=(NATION,), measures=("court-reports-on-time", "local-adult-reoffending")),
    ),
    Example(
        "Two trusts of the North added up, beside London and Wales",
        "Orders and licences completed over three years",
        Choice(
            organisations=("london", "wales"),
            groups=(OwnGroup("North East", ("durham-tees-valley", "northumbria")),),
            measures=("orders-licences-completed",),
            years=("2010-11", "2011-12", "2012-13"),
        ),
    ),
    Example(
        "Every area on accommodation",
        "Who differs from all by more than chance, April to July 2009",
        Choice(each=(NATION,), measures=("accommodation-at-termination",), years=("2009-10",)),
    ),
    Example(
        "Accommodation beside workload, area by area",
        "Whether more offenders to a manager go with fewer in accommodation",
        Choice(
            each=(NATION,),
            measures=("accommodation-at-termination", "offenders-per-offender-manager"),
            years=("2007-08", "2009-10"),
        ),
    ),
    Example(
        "Court reports of the National Probation Service on time",
        "Quarter by quarter, with the allocation of cases",
        Choice(
            organisations=("national-probation-service",),
            measures=("nps-sl001", "nps-sl002"),
            years=("2017-18", "2018-19"),
        ),
    ),
)


def examples_in(offer: Offer) -> list[Example]:
    """Those of which the release has the figures."""
    return [example for example in EXAMPLES if _is_held(example.choice, offer)][:MOST]


def _is_held(choice: Choice, offer: Offer) -> bool:
    held = {one.slug for one in offer.with_figures}
    members = {slug for group in choice.groups for slug in group.members}
    return (
        {*choice.organisations, *members} <= held
        and all(map(offer.has_members, choice.each))
        and all(code in offer.measured for code in choice.measures)
        and set(choice.years) <= set(offer.years_of(choice.measures))
    )
