"""The names that people write for organisations, frameworks and measures, and what they stand for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from performance.frameworks.names import Names
from trusts.models import Organisation, OrganisationKind

# Trust, area and region of one place may share a name: only trusts send returns, so theirs comes
# first. Published tables have rows of the nation and of regions.
FIRST = (OrganisationKind.TRUST, OrganisationKind.NATION, OrganisationKind.REGION)
TOTALS = (OrganisationKind.NATION, OrganisationKind.REGION, OrganisationKind.PROBATION_REGION)
OF_A_TRUST = re.compile(r" probation( trust)?$")


@dataclass(frozen=True)
class KnownNames:
    """What names stand for, keyed by the name in small letters, with single spaces and "and" for
    "&". local_codes is by framework; totals are organisations that are others added up."""

    organisations: dict[str, str]
    frameworks: dict[str, str]
    measures: dict[str, str]
    local_codes: dict[str, dict[str, str]]
    totals: frozenset[str]

    @classmethod
    def from_names(cls, names: Names) -> "KnownNames":
        frameworks, measures = names.frameworks, names.measures.values()
        return cls(
            organisations=_organisations(sorted(names.organisations.values(), key=_place)),
            frameworks=_only_one(
                [((slug,), slug) for slug in frameworks],
                [((found.title, found.short_title), slug) for slug, found in frameworks.items()],
            ),
            measures=_only_one(
                [((found.code,), found.code) for found in measures],
                [((found.title, found.short_title), found.code) for found in measures],
            ),
            local_codes={slug: _local_codes(names, slug) for slug in frameworks},
            totals=frozenset(slug for slug, found in names.organisations.items() if found.kind in TOTALS),
        )

    def organisation(self, text: str) -> str:
        """Its slug by slug, NDelius code or name; the text itself where it is none of them."""
        return self.organisations.get(written_alike(text), text)

    def framework(self, text: str) -> str:
        """Its slug by slug or title; the text itself where it is none of them."""
        return self.frameworks.get(written_alike(text), text)

    def measure(self, text: str, framework: str) -> str:
        """Its code by code, title or the framework's own code; the text itself where it is none
        of them."""
        name = written_alike(text)
        local = self.local_codes.get(framework, {})
        return self.measures.get(name) or local.get(name, text)


def written_alike(text: str) -> str:
    return " ".join(text.casefold().replace("&", " and ").split())


def _place(organisation: Organisation) -> tuple[int, str]:
    kind = OrganisationKind(organisation.kind)
    return (FIRST.index(kind) if kind in FIRST else len(FIRST), organisation.slug)


def _organisations(in_order: list[Organisation]) -> dict[str, str]:
    """By slug, and by whatever else no organisation before has."""
    found = {written_alike(organisation.slug): organisation.slug for organisation in in_order}
    for organisation in in_order:
        for name in _names_of(organisation):
            found.setdefault(name, organisation.slug)
    return found


def _names_of(organisation: Organisation) -> Iterator[str]:
    """A trust is "Kent Probation" by its order and "Kent" or "Kent Probation Trust" to people."""
    name = written_alike(organisation.name)
    yield from (written_alike(organisation.code), name)
    if organisation.kind == OrganisationKind.TRUST:
        place = OF_A_TRUST.sub("", name)
        yield from (place, f"{place} probation", f"{place} probation trust")


def _only_one(*ranks: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, str]:
    """What each name stands for. A name of an earlier rank comes first; one that stands for two
    things within its rank stands for none."""
    found: dict[str, str] = {}
    for rank in ranks:
        meanings: dict[str, set[str]] = {}
        for names, meaning in rank:
            for name in names:
                meanings.setdefault(written_alike(name), set()).add(meaning)
        found = {name: min(of) for name, of in meanings.items() if len(of) == 1} | found
    return found


def _local_codes(names: Names, framework: str) -> dict[str, str]:
    entries = ((key, entry) for key, entry in names.framework_measures.items() if entry.local_code)
    return _only_one([((entry.local_code,), code) for (of, code), entry in entries if of == framework])
