"""A year's figures with their sums, and what each sum says of itself, place by place in plain Python.

The figures of a sum are those of `sums`; here come its note, who its parts are, and the groups.
"""

import datetime
from typing import Any

from performance.periods import Period
from tests.oracles import quantiles, sums

Row = dict[str, Any]

PEERS = ("peers-large", "peers-middle", "peers-small")
REOFFENDING = "local-adult-reoffending"
FIGURES = ("numerator", "denominator", "expected", "value", "target", "status")
PERIOD_VERBS = {
    "missing": ("is missing", "are missing"),
    "uncounted": ("has no counts", "have no counts"),
    "suppressed": ("is suppressed", "are suppressed"),
    "not-applicable": ("doesn't apply", "don't apply"),
}
MEMBER_VERBS = {
    "missing": ("has no figure", "have no figure"),
    "uncounted": ("has no counts", "have no counts"),
    "suppressed": ("has a suppressed figure", "have suppressed figures"),
    "not-applicable": ("isn't measured by this", "aren't measured by this"),
    "partial": ("has part of the period only", "have part of the period only"),
}


def with_sums(rows: list[Row], places: Row) -> list[Row]:
    """rows: of one financial year, numbers as fractions. Those, and below them what is added up."""
    sent = [{**row, "structure": "then", "is_partial": False} for row in rows]
    there = {sums.key_of(row) for row in sent}
    years = [row for row in added_years(sent) if sums.key_of(row) not in there]
    every, groups = [*sent, *years], []
    for group in all_groups(places, years + sent):
        for row in added_group(every, group):
            if sums.key_of(row) not in there:
                there.add(sums.key_of(row))
                groups.append(row)
    return [*every, *groups]


def added_years(rows: list[Row]) -> list[Row]:
    found = []
    for key, figures in sums.added_years(rows).items():
        own = [row for row in rows if sums.key_of(row)[:2] == key[:2]]
        first = sums.financial_year(own[0]["period_end"])
        is_monthly = any(sums.one_of(row) in sums.months(first) for row in own)
        asked = sums.months(first) if is_monthly else sums.quarters(first)
        parts = [next((row for row in own if sums.one_of(row) == place), None) for place in asked]
        names = [Period(*place) for place in asked]
        noun = ("month", "months") if is_monthly else ("quarter", "quarters")
        said = note(parts, figures, PERIOD_VERBS, noun, lambda at, names=names: periods_named(at, names))
        found.append(a_sum(own[0], figures, parts) | sums.named(key) | {"note": said})
    return found


def all_groups(places: Row, yearly: list[Row]) -> list[Row]:
    """The nation, regions, peer groups and today's regions, of trusts and then of areas."""
    groups = []
    for kind, noun in (("trust", ("trust", "trusts")), ("area", ("area", "areas"))):
        own = [place for place in places["organisations"] if place["kind"] == kind]
        members: dict[tuple[str, str, str], list[str]] = {}
        for place in own:
            members.setdefault((places["nation"], "nation", "then"), []).append(place["slug"])
            members.setdefault((place["region"], "region", "then"), []).append(place["slug"])
        for slug, peers in peers_of(yearly, kind).items():
            members[peers, "peer-group", "then"] = [*members.get((peers, "peer-group", "then"), []), slug]
        for today in places["today"]:
            if today["kind"] == kind:
                members.setdefault((today["today"], "probation-region", "today"), []).append(
                    today["organisation"]
                )
        names = {place["slug"]: place["name"] for place in own}
        for (slug, group_kind, structure), slugs in members.items():
            if slug and len(slugs) >= 2:
                slugs = slugs if group_kind == "nation" else sorted(slugs)
                groups.append(
                    {"slug": slug, "kind": group_kind, "structure": structure, "members": slugs}
                    | {"names": [names[member] for member in slugs], "noun": noun}
                )
    return groups


def peers_of(rows: list[Row], kind: str) -> dict[str, str]:
    """Which third each trust is in by its year's cohort; nobody if there are fewer than 9."""
    cohorts = {
        row["organisation"]: row["denominator"]
        for row in rows
        if row["measure"] == REOFFENDING
        and row["organisation_kind"] == kind == "trust"
        and is_year(row)
        and row["denominator"]
    }
    if len(cohorts) < 9:
        return {}
    sizes = list(cohorts.values())
    return {slug: PEERS[quantiles.quantile(n, sizes, 3, True) - 1] for slug, n in cohorts.items()}


def is_year(row: Row) -> bool:
    first = sums.financial_year(row["period_end"])
    year = (datetime.date(first, 4, 1), datetime.date(first + 1, 3, 31))
    return sums.one_of(row) == year


def added_group(rows: list[Row], group: Row) -> list[Row]:
    at = {sums.key_of(row): row for row in rows}
    found = []
    for key, figures in sums.added_groups(rows, group).items():
        parts = [at.get((key[0], member, *key[2:])) for member in group["members"]]
        names = group["names"]
        said = note(
            parts, figures, MEMBER_VERBS, group["noun"], lambda at, names=names: members_named(at, names)
        )
        first = next(part for part in parts if part is not None)
        row = a_sum(first, figures, parts) | sums.named(key)
        of_group = {"organisation_kind": group["kind"], "structure": group["structure"], "region": ""}
        found.append(row | of_group | {"note": said})
    return found


def a_sum(like: Row, figures: Row, parts: list[Row | None]) -> Row:
    """A row like its parts, with the sum's figures."""
    told = figures["status"] in ("reported", "nil")
    has_gap = any(state in ("missing", "uncounted", "suppressed", "partial") for state in states(parts))
    own = {name: figures[name] for name in (*FIGURES, "framework", "structure")}
    return like | own | {"observation_id": None, "percent_of_target": None, "is_partial": told and has_gap}


def states(parts: list[Row | None]) -> list[str]:
    return [state(part) for part in parts]


def state(part: Row | None) -> str:
    if part is None or part["status"] == "missing":
        return "missing"
    if part["status"] in ("suppressed", "not-applicable"):
        return part["status"]
    if not sums.has_figure(part):
        return "uncounted"
    return "partial" if part["is_partial"] else "counted"


def note(parts: list[Row | None], figures: Row, verbs: Row, noun: tuple[str, str], named: Any) -> str:
    """How many parts there are, then what each of the others lacks, then what all lack for one."""
    found = states(parts)
    clauses = []
    for word, (one, several) in verbs.items():
        at = [place for place, own in enumerate(found) if own == word]
        if at:
            clauses.append(f"{named(at)} {one if len(at) == 1 else several}")
    if figures["status"] in ("suppressed", "missing"):
        why = "Can't be added up"
        if found.count("suppressed") == 1:
            why = "Not added up, as the one suppressed figure could be worked out from the sum"
        return f"{why}: {'; '.join(clauses)}."
    counted = [part for part, own in zip(parts, found, strict=True) if own in ("counted", "partial")]
    asked = len(parts) - found.count("not-applicable")
    number = str(asked) if len(counted) == asked else f"{len(counted)} of {asked}"
    opening = f"Added up from {number} {noun[0] if asked == 1 else noun[1]}"
    lacking = [lacks(counted, figures, "expected", "predicted number")]
    if noun[0] in ("month", "quarter"):
        lacking.append(lacks(counted, figures, "target", "target"))
    return "; ".join([opening, *clauses, *filter(None, lacking)]) + "."


def lacks(parts: list[Row], figures: Row, name: str, what: str) -> str:
    """Said where some parts have it and others, which aren't nil, don't, so that the sum hasn't."""
    others = [part for part in parts if part["status"] != "nil"]
    without = sum(part[name] is None for part in others)
    if figures[name] is not None or without in (0, len(others)):
        return ""
    return f"no {what}, as {without} of them {'has' if without == 1 else 'have'} none"


def periods_named(at: list[int], periods: list[Period]) -> str:
    """Periods that follow one another as one: June to July 2011."""
    runs: list[list[int]] = []
    for place in at:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return listed([str(Period(periods[run[0]].start, periods[run[-1]].end)) for run in runs])


def members_named(at: list[int], names: list[str]) -> str:
    return str(len(at)) if len(at) > 3 else listed([names[place] for place in at])


def listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
