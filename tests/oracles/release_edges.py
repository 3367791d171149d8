"""Series made by hand, each with something that chance seldom deals: see the names of the functions.

Each gives rows, frameworks, places and measures, as `release_series` has them.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.oracles.release_series import (
    MEASURES,
    TRUSTS,
    entry,
    framework,
    frameworks,
    period,
    places,
    rows,
)

Row = dict[str, Any]
Series = tuple[list[Row], list[Row], Row, dict[str, tuple[str, str, str, int]]]

REOFFENDING = "local-adult-reoffending"
NOTHING = dict.fromkeys(("numerator", "denominator", "expected", "value"))
QUARTERS = [(place, 3) for place in range(0, 12, 3)]
TRUST_PLACE = {slug: place for place, slug in enumerate(TRUSTS)}


def series(figures: list[Row], plans: list[Row] | None = None, **more: tuple[str, str, str, int]) -> Series:
    numbered = [row | {"observation_id": number} for number, row in enumerate(figures, start=1)]
    own = {code.replace("_", "-"): words for code, words in more.items()}
    return numbered, plans or frameworks(), places(), MEASURES | own


def one_year() -> list[Row]:
    """A year in which all is there."""
    return rows(11, 1, 0.0)


def changed(figures: list[Row], measure: str, slug: str, **changes: Any) -> list[Row]:
    """With those of one measure ('' for all) and trust ('' for all) as the changes have them."""
    return [
        row | changes if measure in ("", row["measure"]) and slug in ("", row["organisation"]) else row
        for row in figures
    ]


def without(figures: list[Row], is_left_out: Callable[[Row], bool]) -> list[Row]:
    return [row for row in figures if not is_left_out(row)]


def share(x: int, n: int, **more: Any) -> Row:
    return {
        "status": "reported",
        "numerator": x,
        "denominator": n,
        "value": 100 * x / n if n else None,
    } | more


def figure(like: Row, slug: str, its_kind: str, first: int, place: int, length: int, **more: Any) -> Row:
    """A row of its own, with nothing in it but what is told."""
    none = NOTHING | {"percent_of_target": None, "target": None, "framework": "", "status": "reported"}
    of_whom = {"organisation": slug, "organisation_kind": its_kind, "region": ""}
    return like | none | of_whom | period(first, place, length) | more


def predictions_that_say_little() -> Series:
    """No cases, nobody or everybody predicted, few expected, none in one quarter, no counts."""
    found = one_year()
    found = changed(found, REOFFENDING, "avon", **share(0, 0, expected=0, status="nil"))
    found = changed(found, REOFFENDING, "cumbria", expected=0.0)
    found = changed(found, REOFFENDING, "dorset", **share(150, 200, expected=200.0))
    found = changed(found, REOFFENDING, "essex", **share(3, 20, expected=2.5))
    found = changed(found, REOFFENDING, "gwent", **share(9, 20, expected=2.0))
    found = changed(found, REOFFENDING, "hampshire", **NOTHING, status="suppressed")
    found = changed(found, REOFFENDING, "kent", **NOTHING, status="nil")
    found = changed(found, REOFFENDING, "lancashire", **NOTHING, status="not-applicable")
    found = changed(found, REOFFENDING, "merseyside", numerator=None, denominator=None, value=9.0)
    first = next(r for r in found if r["measure"] == REOFFENDING and r["organisation"] == "norfolk")
    return series([row | {"expected": None} if row is first else row for row in found])


def nobody_reoffended() -> Series:
    return series(changed(one_year(), REOFFENDING, "", numerator=0, value=0.0))


def targets_at_their_ends() -> Series:
    """Of 100%, of 0, above all there can be, on the figure, on each step of a score; and shares of
    which only the percentage is told."""
    found = changed(one_year(), "", "avon", target=100.0)
    found = without(found, lambda row: (row["organisation"], row["measure"]) == ("avon", "breaches-late"))
    for measure in ("reports-on-time", "breaches-late"):
        found = changed(found, measure, "merseyside", numerator=None, denominator=None)
        found = changed(found, measure, "surrey", target=0.0 if measure == "reports-on-time" else 100.0)
    found = changed(found, "", "cumbria", target=0.0)
    found = changed(found, "", "dorset", target=150.0)
    for slug, x, aim in (("essex", 90, 90.0), ("gwent", 81, 90.0), ("kent", 63, 60.0), ("norfolk", 19, 95.0)):
        for measure in ("reports-on-time", "settled"):
            found = changed(found, measure, slug, **share(x, 100, target=aim))
        found = changed(found, "breaches-late", slug, **share(11, 100, target=10.0))
        found = changed(found, "programmes", slug, value=18.0, target=20.0)
    return series(found)


def all_alike() -> Series:
    """Nothing goes with anything, and nobody is on another side."""
    found = one_year()
    for code, numbers in (
        ("reports-on-time", share(9, 10, target=85.0)),
        ("breaches-late", share(1, 20, target=10.0)),
        (REOFFENDING, share(90, 1000, expected=95.5)),
    ):
        found = changed(found, code, "", **numbers)
    return series(found)


def in_one_order() -> Series:
    """The better the process, the worse the outcome, without exception."""
    found = one_year()
    for slug, place in TRUST_PLACE.items():
        found = changed(found, "reports-on-time", slug, **share(880 + 7 * place, 1000, target=90.0))
        found = changed(found, REOFFENDING, slug, **share(300 + 9 * place, 4000, expected=350.5))
    return series(found, [framework("ptrs-2010", 2010, [entry("reports-on-time", "delivery")])])


def of_so_many_trusts(number: int) -> Series:
    return series(without(one_year(), lambda row: TRUST_PLACE[row["organisation"]] >= number))


def one_trust() -> Series:
    return of_so_many_trusts(1)


def nine_trusts() -> Series:
    return of_so_many_trusts(9)


def figures_that_overlap() -> Series:
    """A year sent beside its months, running totals, months beside quarters, and a region and the
    nation as somebody published them."""
    found = one_year()
    like = {row["measure"]: row for row in found}
    reports, settled = like["reports-on-time"], like["settled"]
    more = [
        figure(reports, "avon", "trust", 2010, 0, 12, **share(700, 800, target=88.0)),
        *(
            figure(reports, "cumbria", "trust", 2010, 0, length, **share(8 * length, 9 * length))
            for length in (6, 9)
        ),
        *(figure(settled, "dorset", "trust", 2010, place, 1, **share(7, 9)) for place in (0, 1, 5)),
        figure(settled, "north", "region", 2010, 0, 12, **share(300, 400, target=70.0)),
        figure(settled, "south", "region", 2010, 3, 3, status="missing", note="Not published."),
        figure(reports, "england-and-wales", "nation", 2010, 0, 1, value=91.0),
        figure(reports, "essex", "trust", 2010, 0, 1, **share(2, 3)) | period(2010, 6, 12),
    ]
    day = figure(like["caseload"], "kent", "trust", 2010, 0, 1, value=900.0)
    return series([*found, *more, day | {"period_end": day["period_start"]}])


def frameworks_with_little_in_them() -> Series:
    """Without process, without weight for it, without targets, of another year, and of counts alone."""
    results = [entry(REOFFENDING, "results"), entry("settled", "results")]
    weightless = [entry("reports-on-time", "delivery"), *results]
    plans = [
        framework("outcomes-alone", 2010, results),
        framework("weightless", 2010, weightless),
        framework("aimless", 2010, [entry("caseload", "staff"), entry("escorts", "staff")]),
        framework("of-another-year", 2012, [entry("reports-on-time", "delivery")]),
        framework("counts-alone", 2010, [entry("programmes", "delivery")]),
    ]
    plans[1]["domains"][0]["weight"] = 0.0
    slugs = [plan["slug"] for plan in plans]
    found = one_year()
    return series([row | {"framework": slugs[place % len(slugs)]} for place, row in enumerate(found)], plans)


def years_with_one_between() -> Series:
    """No year follows another, and the cohorts are of whole years."""
    every = rows(12, 3, 0.0)
    like = next(row for row in every if row["measure"] == REOFFENDING)
    in_2011 = [row["observation_id"] for row in every if row["framework"] in ("ippf-2011", "extra-2011")]
    found = without(every, lambda row: row["observation_id"] in in_2011 or row["measure"] == REOFFENDING)
    for first, slug in ((2010, "ptrs-2010"), (2012, "ptrs-2012-whole")):
        for trust, place in TRUST_PLACE.items():
            observed = 300 + 20 * place + first * place % 7
            counts = share(observed, 4000 - 30 * place, expected=400.5, framework=slug)
            found.append(figure(like, trust, "trust", first, 0, 12, **counts))
    return series(found)


def bands_of_two_years() -> Series:
    """Two frameworks that rate, with other measures, domains and edges; and who has no rating under the
    second has one under a third."""
    plans = frameworks()
    delivery = [entry("reports-on-time", "delivery"), entry("programmes", "delivery", 2.0)]
    more = [entry("visits", "care", 1.0, 80.0), entry("absence", "care"), entry(REOFFENDING, "care")]
    plans[1] = framework("ippf-2011", 2011, [*delivery, *more], band_edges=(1.75, 2.75, 3.25))
    plans[2]["slug"] = "other-2011"
    found = rows(13, 2, 0.02)
    others = [row | {"framework": "other-2011"} for row in found if row["framework"] == "extra-2011"]
    return series([*without(found, lambda row: row["framework"] == "extra-2011"), *others], plans)


def units_of_other_kinds() -> Series:
    """A tally, pounds, points, a rate, a rank, a percentage of a plan; a target where no way is good."""
    found = one_year()
    like = found[0]
    more = {
        "inspected": ("quality", "higher", "tally", 12),
        "cost": ("resource", "lower", "pounds", 12),
        "gap": ("outcome", "lower", "points", 3),
        "rate": ("outcome", "lower", "rate", 1),
        "place": ("quality", "lower", "rank", 12),
        "planned": ("volume", "higher", "percent-of-profile", 12),
        "staff": ("resource", "none", "fte", 12),
    }
    for code, (kind, polarity, unit, length) in more.items():
        words = {"measure": code, "kind": kind, "polarity": polarity, "unit": unit}
        for slug, place in TRUST_PLACE.items():
            numbers: Row = {"value": float(place - 3 if unit == "points" else place + 1), "target": 5.0}
            if unit == "tally":
                numbers = share(place, 12, target=50.0)
            if unit == "percent-of-profile":
                numbers = {
                    "value": None if place % 2 else 95.0,
                    "status": "missing" if place == 1 else "reported",
                }
                numbers |= {"percent_of_target": 90.0 + place}
            found += [
                figure(like, slug, "trust", 2010, at, length, **numbers, **words)
                for at in range(0, 12, length)
            ]
    plans = frameworks()
    plans[0]["measures"] += [
        {"code": code, "domain": "delivery", "weight": 0.5, "target": 40.0}
        | {"kind": kind, "polarity": polarity, "unit": unit}
        for code, (kind, polarity, unit, _) in more.items()
    ]
    return series(found, plans, **more)


def signs_that_an_audit_asks_about() -> Series:
    """Months that just miss lifted to their target, one trust's months all alike, another's kept just above
    their target after the first, and a month with next to no cases."""
    found = changed(one_year(), "breaches-late", "cumbria", **share(4, 40, target=10.5))
    for slug in ("avon", "kent"):
        found = changed(found, "reports-on-time", slug, **share(182, 200, target=90.0))
    first = {"avon": share(2, 2), "kent": share(200, 200)}
    return series(
        [
            row | first.get(row["organisation"], {})
            if row["measure"] == "reports-on-time" and row["period_start"].month == 4
            else lifted(row)
            for row in found
        ]
    )


def lifted(row: Row) -> Row:
    if row["measure"] != "reports-on-time":
        return row
    x, n, aim = row["numerator"], row["denominator"], row["target"]
    least = math.ceil(Fraction(aim) * n / 100)
    return row | share(least, n) if x < least <= x + 5 else row


EDGES: tuple[Callable[[], Series], ...] = (
    predictions_that_say_little,
    nobody_reoffended,
    targets_at_their_ends,
    all_alike,
    in_one_order,
    one_trust,
    nine_trusts,
    figures_that_overlap,
    frameworks_with_little_in_them,
    years_with_one_between,
    bands_of_two_years,
    units_of_other_kinds,
    signs_that_an_audit_asks_about,
)
