"""What stands on the page of a comparison to change it with: what is chosen, and what could be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from performance.models import Measure
from performance.pages.comparison_address import EACH, EVERY_YEAR, query_of, without
from performance.releases.choices import MOST_YEARS, Choice
from performance.releases.chosen_sides import ORDER, Sides
from performance.releases.offer import Offer
from performance.vocabulary import Kind, Structure
from performance.wording import NOUNS, counted_organisations, listed
from trusts.models import Organisation, OrganisationKind

# An area, a NOMS region and a region of today may have one name; these say by theirs what they are.
SAYS_ITSELF = (
    OrganisationKind.TRUST,
    OrganisationKind.CRC,
    OrganisationKind.NPS_DIVISION,
    OrganisationKind.NATION,
    OrganisationKind.PROVIDER,
    OrganisationKind.PEER_GROUP,
)


@dataclass(frozen=True)
class Tag:
    """Something chosen; `query` is the comparison without it, '' where it can't be taken away."""

    text: str
    query: str
    note: str = ""


@dataclass(frozen=True)
class Option:
    value: str
    text: str


@dataclass(frozen=True)
class OptionGroup:
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Way:
    """One of two ways to look at the same comparison."""

    text: str
    query: str
    is_chosen: bool


def label(organisation: Organisation) -> str:
    """With its kind where the name alone could be another's: London (area)."""
    if organisation.kind in SAYS_ITSELF:
        return organisation.name
    return f"{organisation.name} ({NOUNS[organisation.kind][0]})"


def organisation_tags(choice: Choice, offer: Offer, sides: Sides) -> list[Tag]:
    singly = [
        Tag(label(offer.organisations[slug]), _less(choice, "organisations", slug))
        for slug in choice.organisations
    ]
    each = [
        Tag(_all_of(offer.organisations[slug], members), _less(choice, "each", slug))
        for slug, members in sides.each.items()
    ]
    groups = [
        Tag(
            group.name,
            _less(choice, "groups", group),
            f"own group: {listed([offer.organisations[slug].name for slug in group.members])}",
        )
        for group in choice.groups
    ]
    return [*singly, *each, *groups]


def measure_tags(choice: Choice, offer: Offer) -> list[Tag]:
    return [Tag(offer.measures[code].title, _less(choice, "measures", code)) for code in choice.measures]


def year_tags(choice: Choice, years: Iterable[object]) -> list[Tag]:
    """Where no year is chosen the latest goes without saying, and stays."""
    if choice.years:
        return [Tag(year, _less(choice, "years", year)) for year in choice.years]
    return [Tag(f"{year}, the latest", "") for year in years]


def organisation_options(choice: Choice, offer: Offer) -> list[OptionGroup]:
    """All that have figures and aren't chosen, those in one go first."""
    groups = [
        Option(f"{EACH}{one.slug}", _every(one))
        for one in offer.with_figures
        if one.slug not in choice.each and offer.has_members(one.slug)
    ]
    found = [OptionGroup("Several at once", groups)]
    for kind in ORDER:
        own = [one for one in offer.with_figures if one.kind == kind and one.slug not in choice.organisations]
        found.append(OptionGroup(kind.label, [Option(one.slug, label(one)) for one in own]))
    return [group for group in found if group.options]


def measure_options(choice: Choice, offer: Offer) -> list[OptionGroup]:
    """All that have figures and aren't chosen, by kind."""
    left = [
        measure
        for code, measure in offer.measures.items()
        if code in offer.measured and code not in choice.measures
    ]
    found = [OptionGroup(kind.label, [_option(one) for one in left if one.kind == kind]) for kind in Kind]
    return [group for group in found if group.options]


def year_options(choice: Choice, offer: Offer) -> list[Option]:
    """Of the chosen measures, the latest first, and all of them in one go."""
    years = offer.years_of(choice.measures)
    left = [Option(year, year) for year in reversed(years) if year not in choice.years]
    if len(left) < 2:
        return left
    text = f"Every year ({len(years)})" if len(years) <= MOST_YEARS else f"The last {MOST_YEARS} years"
    return [Option(EVERY_YEAR, text), *left]


def ways(choice: Choice) -> list[tuple[str, list[Way]]]:
    """By year or by month, on the map of then or of today."""
    return [
        (
            "Periods",
            [
                Way("Whole years", query_of(replace(choice, by_month=False)), not choice.by_month),
                Way("Months and quarters", query_of(replace(choice, by_month=True)), choice.by_month),
            ],
        ),
        (
            "Map",
            [
                Way(one.label, query_of(replace(choice, structure=one)), choice.structure == one)
                for one in Structure
            ],
        ),
    ]


def groupable(sides: Sides) -> list[tuple[str, list[Organisation]]]:
    """Of those shown, the kinds of which there are enough to add some up."""
    by_kind = [
        (kind.label, [one for one in sides.organisations if one.kind == kind])
        for kind in ORDER
        if kind != OrganisationKind.NATION
    ]
    return [(name, some) for name, some in by_kind if len(some) > 1]


def _less(choice: Choice, name: str, value: object) -> str:
    return query_of(without(choice, name, value)) or "?"


def _option(measure: Measure) -> Option:
    return Option(measure.code, measure.title)


def _every(group: Organisation) -> str:
    if group.kind == OrganisationKind.NATION:
        return f"Everyone in {group.name}"
    if group.kind == OrganisationKind.PEER_GROUP:
        return f"All {group.name[:1].lower()}{group.name[1:]}"
    return f"All in {group.name} ({NOUNS[group.kind][0]})"


def _all_of(group: Organisation, members: Sequence[Organisation]) -> str:
    """All 5 trusts in North West."""
    number = Counter(one.kind for one in members)
    who = listed([counted_organisations(many, kind) for kind, many in number.most_common()])
    return (
        f"{group.name}: {who}" if group.kind == OrganisationKind.PEER_GROUP else f"All {who} in {group.name}"
    )
