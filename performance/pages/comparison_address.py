"""A comparison as its address holds it: every choice in the query, each once and in one order."""

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict

from performance.releases.choices import Choice, OwnGroup
from performance.vocabulary import Structure

Pairs = list[tuple[str, str]]

# Before the slug of a group in a list of organisations, where each of its members is meant.
EACH = "each:"
EVERY_YEAR = "every"
BY_MONTH = "month"
# Fewer would be no group.
FEWEST_MEMBERS = 2
LONGEST_NAME = 40
# A chart takes some other characters for its own, and a spreadsheet too.
NOT_IN_A_NAME = re.compile(r"[^\w\s.,'’&()/-]")


def read_choice(query: QueryDict) -> Choice:
    """What a query asks for, whether there is such a thing or not. A form says 'each:' and the
    slug of a region for each of its members, and hands a new group over in parts."""
    asked = query.getlist("organisation")
    each = [value.removeprefix(EACH) for value in asked if value.startswith(EACH)]
    singly = {value for value in asked if not value.startswith(EACH)}
    made = made_group(query)
    if made and "group-instead" in query:
        singly -= set(made.members)
    groups = [*map(_group, query.getlist("group")), *([made] if made else [])]
    return Choice(
        organisations=_each_once(singly),
        each=_each_once([*query.getlist("each"), *each]),
        groups=tuple(sorted({group.name: group for group in groups if group}.values())),
        measures=_each_once(query.getlist("measure")),
        years=_each_once(query.getlist("year")),
        by_month=query.get("by") == BY_MONTH,
        structure=Structure.TODAY if query.get("structure") == Structure.TODAY else Structure.THEN,
    )


def pairs_of(choice: Choice) -> Pairs:
    """The same choice always as the same pairs; what goes without saying isn't there."""
    pairs = [
        *(("organisation", slug) for slug in choice.organisations),
        *(("each", slug) for slug in choice.each),
        *(("group", written(group)) for group in choice.groups),
        *(("measure", code) for code in choice.measures),
        *(("year", year) for year in choice.years),
    ]
    if choice.by_month:
        pairs.append(("by", BY_MONTH))
    if choice.structure == Structure.TODAY:
        pairs.append(("structure", str(Structure.TODAY)))
    return pairs


def query_of(choice: Choice) -> str:
    """'?organisation=london&measure=oasys-15-days', or nothing."""
    pairs = pairs_of(choice)
    return f"?{urlencode(pairs, safe=':,')}" if pairs else ""


def without(choice: Choice, name: str, value: object) -> Choice:
    """Less one organisation, group, measure or year."""
    return replace(choice, **{name: tuple(one for one in getattr(choice, name) if one != value)})


def written(group: OwnGroup) -> str:
    """North:durham-tees-valley,northumbria."""
    return f"{group.name}:{','.join(group.members)}"


def made_group(query: QueryDict) -> OwnGroup | None:
    """The group that a form asks for, if it asks for one that can be."""
    group = OwnGroup(_name(query.get("group-name", "")), _each_once(query.getlist("group-member")))
    return group if group.name and len(group.members) >= FEWEST_MEMBERS else None


def is_half_made(query: QueryDict) -> bool:
    """Whether a form has the beginning of a group, and not enough for one."""
    begun = query.get("group-name", "").strip() or query.getlist("group-member")
    return bool(begun) and made_group(query) is None


def _group(value: str) -> OwnGroup | None:
    name, _, members = value.rpartition(":")
    return OwnGroup(_name(name), _each_once(members.split(","))) if value.strip() else None


def _name(text: str) -> str:
    return " ".join(NOT_IN_A_NAME.sub(" ", text).split())[:LONGEST_NAME].strip()


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value.strip() for value in values} - {""}))
