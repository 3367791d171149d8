"""From what an address asks for to what there is, and what can't be had, in sentences."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from performance.pages.comparison_address import BY_MONTH, EVERY_YEAR, FEWEST_MEMBERS, is_half_made
from performance.releases.choices import (
    MONTHS,
    MOST_FIGURES,
    MOST_MEASURES,
    MOST_ORGANISATIONS,
    MOST_YEARS,
    Choice,
    OwnGroup,
)
from performance.releases.chosen_sides import Sides
from performance.releases.offer import Offer
from performance.vocabulary import Structure
from performance.wording import NOUNS, counted, listed, listed_briefly, written_number

LONGEST_WORD = 60
HALF_A_GROUP = "A group needs a name, and two organisations or more to add up."


@dataclass(frozen=True)
class Known:
    """What was asked for, as far as there is such a thing, and in sentences what there isn't."""

    choice: Choice
    problems: list[str]


def known(asked: Choice, query: QueryDict, offer: Offer) -> Known:
    choice = _with_every_year(asked, offer)
    groups = {group: _fault_of(group, offer) for group in choice.groups}
    kept = replace(
        choice,
        organisations=tuple(slug for slug in choice.organisations if slug in offer.organisations),
        each=tuple(slug for slug in choice.each if _has_members(slug, offer)),
        groups=tuple(group for group, fault in groups.items() if not fault),
        measures=tuple(code for code in choice.measures if code in offer.measures),
        years=tuple(year for year in choice.years if year in offer.years),
    )
    faults = [*filter(None, groups.values()), *([HALF_A_GROUP] if is_half_made(query) else [])]
    missing = [*_not_there(choice, kept), *_no_such_ways(query)]
    unknown = [f"There is {listed_briefly(missing)} here. The rest is shown."] if missing else []
    return Known(kept, [*unknown, *faults])


def too_much(choice: Choice, sides: Sides, years: int) -> list[str]:
    """Why it can't all be compared at once, and how much to take away; nothing where it can."""
    members = sum(map(len, sides.groups.values()))
    figures = sides.number * len(choice.measures) * years * (MONTHS if choice.by_month else 1)
    limits = (
        (sides.number, MOST_ORGANISATIONS, "organisation"),
        (members, MOST_ORGANISATIONS, "member of groups", "members of groups"),
        (len(choice.measures), MOST_MEASURES, "measure"),
        (years, MOST_YEARS, "year"),
    )
    found = [_over(*limit) for limit in limits if limit[0] > limit[1]]
    if found or figures <= MOST_FIGURES:
        return found
    return [
        f"That would be {written_number(figures)} figures, and at most {written_number(MOST_FIGURES)} can be "
        "compared at once: take away organisations, measures or years, or look at whole years."
    ]


def _over(number: int, most: int, noun: str, plural: str = "") -> str:
    return (
        f"At most {counted(most, noun, plural)} can be compared at once, and there are "
        f"{written_number(number)}: take away {written_number(number - most)} or more."
    )


def _with_every_year(choice: Choice, offer: Offer) -> Choice:
    if EVERY_YEAR not in choice.years:
        return choice
    return replace(choice, years=tuple(offer.years_of(choice.measures)[-MOST_YEARS:]))


def _has_members(slug: str, offer: Offer) -> bool:
    return slug in offer.organisations and offer.has_members(slug)


def _not_there(asked: Choice, kept: Choice) -> list[str]:
    """no organisation ‘x’, no measure ‘y’"""
    nouns = {"organisations": "organisation", "each": "group", "measures": "measure", "years": "year"}
    return [
        f"no {noun} ‘{value[:LONGEST_WORD]}’"
        for name, noun in nouns.items()
        for value in getattr(asked, name)
        if value not in getattr(kept, name)
    ]


def _no_such_ways(query: QueryDict) -> list[str]:
    known_ways = {"by": ("", "year", BY_MONTH), "structure": ("", *Structure)}
    return [
        f"no ‘{name}={query[name][:LONGEST_WORD]}’"
        for name, values in known_ways.items()
        if query.get(name, "") not in values
    ]


def _fault_of(group: OwnGroup, offer: Offer) -> str:
    """Why it can't be added up, or ''. Of one kind nobody is counted twice: a region holds its trusts."""
    if not group.name:
        members = ",".join(group.members)[:LONGEST_WORD]
        return f"A group is written as Name:organisation,organisation, and ‘{members}’ isn’t: it is left out."
    strangers = [f"‘{slug[:LONGEST_WORD]}’" for slug in group.members if slug not in offer.organisations]
    if strangers:
        return f"There is no organisation {listed_briefly(strangers)}, so the group {group.name} is left out."
    if len(group.members) < FEWEST_MEMBERS:
        return f"The group {group.name} is left out, as a group needs two organisations or more."
    kinds = sorted({NOUNS[offer.organisations[slug].kind][1] for slug in group.members})
    if len(kinds) > 1:
        return (
            f"The group {group.name} is left out, as it has {listed(kinds)} together, and the same people "
            "could be counted twice: a group is of one kind."
        )
    return ""
