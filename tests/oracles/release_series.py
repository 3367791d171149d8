"""A small series made by chance: two regions of twelve trusts, two or three years under frameworks that
score and one that doesn't, with figures that are missing, nil, suppressed or not applicable.

Plain rows and dictionaries: what a release is worked out from in `release`, and in the calculation too.
"""

import datetime
from typing import Any

import numpy as np

Row = dict[str, Any]

TRUSTS = (
    *("avon", "cumbria", "dorset", "essex", "gwent", "hampshire"),
    *("kent", "lancashire", "merseyside", "norfolk", "surrey", "wessex"),
)
NORTH = ("cumbria", "gwent", "lancashire", "merseyside", "norfolk")
TODAY = {"coast": ["dorset", "kent", "norfolk"], "hills": ["cumbria", "lancashire"], "isle": ["wessex"]}
OTHERS = {
    "england-and-wales": "nation",
    "north": "region",
    "south": "region",
    **dict.fromkeys(("peers-large", "peers-middle", "peers-small"), "peer-group"),
    **dict.fromkeys(TODAY, "probation-region"),
}
# kind, polarity, unit and the length of a period in months.
MEASURES = {
    "reports-on-time": ("timeliness", "higher", "share", 1),
    "breaches-late": ("compliance", "lower", "share", 1),
    "programmes": ("volume", "higher", "count", 1),
    "caseload": ("resource", "none", "count", 1),
    "settled": ("outcome", "higher", "share", 3),
    "local-adult-reoffending": ("outcome", "lower", "share", 3),
    "visits": ("compliance", "higher", "share", 12),
    "absence": ("resource", "lower", "days", 12),
    "escorts": ("timeliness", "higher", "share", 12),
}
GAPS = ("missing", "suppressed", "not-applicable")


def places() -> Row:
    trusts = [(slug, "trust", "north" if slug in NORTH else "south") for slug in TRUSTS]
    others = [(slug, kind, "") for slug, kind in OTHERS.items()]
    return {
        "organisations": [
            {"slug": slug, "name": slug.title(), "kind": kind, "region": region}
            for slug, kind, region in sorted(trusts + others)
        ],
        "today": [
            {"organisation": slug, "kind": "trust", "today": region}
            for region, slugs in TODAY.items()
            for slug in slugs
        ],
        "nation": "england-and-wales",
    }


def entry(measure: str, domain: str, weight: float = 1.0, target: float | None = None) -> Row:
    kind, polarity, unit, _ = MEASURES[measure]
    return {"code": measure, "domain": domain, "weight": weight, "target": target} | {
        "kind": kind,
        "polarity": polarity,
        "unit": unit,
    }


def framework(slug: str, first: int, measures: list[Row], scored: bool = True, **changes: Any) -> Row:
    domains = dict.fromkeys(measure["domain"] for measure in measures)
    return {
        "slug": slug,
        "title": slug.replace("-", " ").upper(),
        "starts": datetime.date(first, 4, 1),
        "ends": datetime.date(first + 1, 3, 31),
        "domains": [{"code": code, "title": code.title(), "weight": 1.0} for code in domains],
        "measures": measures,
        "bands": ((1, "Poor"), (2, "Fair"), (3, "Good"), (4, "Exceptional")) if scored else (),
        "steps": (0.9, 1.0, 1.05) if scored else (),
        "band_edges": (1.5, 2.5, 3.5) if scored else (),
    } | changes


def frameworks() -> list[Row]:
    """The first has two domains, a measure that nobody sends figures on and one without weight; the
    second doesn't score; another stands in the same year; the last has a domain without targets."""
    delivery = [entry("reports-on-time", "delivery", 2.0), entry("programmes", "delivery")]
    results = [entry("local-adult-reoffending", "results", 3.0), entry("settled", "results")]
    first = [*delivery, entry("breaches-late", "delivery", 1.5), entry("escorts", "delivery")]
    unscored = [entry("reports-on-time", "delivery"), entry("breaches-late", "delivery")]
    last = [*delivery, entry("visits", "delivery", 1.0, 80.0), *results, entry("caseload", "staff")]
    return [
        framework(
            "ptrs-2010",
            2010,
            [*first, *results, entry("absence", "results"), entry("visits", "results", 0.0)],
        ),
        framework("ippf-2011", 2011, [*unscored, *results], scored=False),
        framework("extra-2011", 2011, [entry("breaches-late", "delivery", 1.0, 12.0)]),
        framework("ptrs-2012", 2012, last),
        framework("ptrs-2012-whole", 2012, [*delivery, *results, entry("absence", "results", 1.0, 11.0)]),
    ]


def rows(seed: int, years: int, gap: float) -> list[Row]:
    """Every figure that was sent. Each trust is of another size, does its work and sends its figures
    otherwise. gap: how often a figure is missing in one of the ways there are; 0 for a series in which
    all is there."""
    chance = np.random.default_rng(seed)
    trusts = {
        slug: {
            "size": float(chance.uniform(0.4, 2)),
            "level": float(chance.normal(0, 0.04)),
            "excess": float(chance.normal(0, 0.015)),
            "sends_targets": not gap or chance.random() > 0.15,
            "sends_predictions": not gap or chance.random() > 0.1,
        }
        for slug in TRUSTS
    }
    # So few that they make no verdict.
    trusts["wessex"]["size"] = 0.02
    found = [
        row
        for first in range(2010, 2010 + years)
        for slug, trust in trusts.items()
        for measure in MEASURES
        if measure != "escorts"
        for row in of_measure(chance, slug, trust, measure, first, gap)
    ]
    return [row | {"observation_id": number} for number, row in enumerate(found, start=1)]


def of_measure(chance: Any, slug: str, trust: Row, measure: str, first: int, gap: float) -> list[Row]:
    length = MEASURES[measure][3]
    framework = {2010: "ptrs-2010", 2011: "ippf-2011", 2012: "ptrs-2012"}[first]
    if slug == "dorset" and measure == "breaches-late":
        framework = {2011: "extra-2011", 2012: "ptrs-2012-whole"}.get(first, framework)
    target = aim(chance, measure, trust)
    found = []
    for place in range(0, 12, length):
        if chance.random() < gap / 2:
            continue
        kind, polarity, unit, _ = MEASURES[measure]
        row = {
            "measure": measure,
            **{"kind": kind, "polarity": polarity, "unit": unit},
            **{"organisation": slug, "organisation_kind": "trust"},
            "region": "north" if slug in NORTH else "south",
            "framework": framework,
            **period(first, place, length),
            **dict.fromkeys(("numerator", "denominator", "expected", "value", "percent_of_target")),
            "target": None if chance.random() < gap / 4 else in_month(target, place, trust),
            **{"as_printed": "", "source": "", "certainty": "verbatim", "note": ""},
        }
        found.append(row | figure(chance, measure, trust, gap))
    return found


def period(first: int, place: int, length: int) -> Row:
    start, after = first * 12 + 3 + place, first * 12 + 3 + place + length
    day = datetime.date(start // 12, start % 12 + 1, 1)
    end = datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)
    return {"period_start": day, "period_end": end}


def aim(chance: Any, measure: str, trust: Row) -> float | None:
    if not trust["sends_targets"] and measure in ("programmes", "settled", "visits"):
        return None
    aims = {"reports-on-time": 90, "breaches-late": 10, "settled": 75, "absence": 10.5}
    if measure == "programmes":
        return max(1.0, round(10 * trust["size"]))
    return aims[measure] + float(chance.integers(-3, 4)) / 2 if measure in aims else None


def in_month(target: float | None, place: int, trust: Row) -> float | None:
    """Of the larger trusts more is asked from October on."""
    return target + 1 if target is not None and place >= 6 and trust["size"] > 1 else target


def figure(chance: Any, measure: str, trust: Row, gap: float) -> Row:
    if chance.random() < gap:
        return no_figure(chance, measure)
    unit, size = MEASURES[measure][2], trust["size"]
    status = {"status": "reported"}
    if unit == "days":
        return status | {"value": round(float(chance.normal(10.5, 1)), 1)}
    if unit == "count":
        return status | {"value": float(chance.poisson(10 * size + 300 * (measure == "caseload")))}
    if measure == "visits":
        return status | {"value": float(chance.integers(70, 95)), "percent_of_target": 101.5}
    if measure == "local-adult-reoffending":
        n, predicted = int(chance.poisson(900 * size)) + 1, float(chance.uniform(0.08, 0.11))
        x = int(chance.binomial(n, min(max(predicted + trust["excess"], 0.001), 1)))
        # Halves, so that fractions stay short.
        expected = round(2 * n * predicted) / 2 if trust["sends_predictions"] else None
        return status | {"numerator": x, "denominator": n, "value": 100 * x / n, "expected": expected}
    middle = {"reports-on-time": 0.9, "breaches-late": 0.1, "settled": 0.75}[measure]
    share = middle - trust["level"] if measure == "breaches-late" else middle + trust["level"]
    n = int(chance.poisson(40 * size)) + 1
    x = int(chance.binomial(n, min(max(share, 0.0), 1.0)))
    # What is printed is rounded, and isn't what is calculated with where there are counts.
    printed = status | {"value": float(round(100 * x / n))}
    return printed if chance.random() < gap / 2 else printed | {"numerator": x, "denominator": n}


def no_figure(chance: Any, measure: str) -> Row:
    """One of the four ways of having none. Nil, and a suppressed figure, may come with their cases."""
    if chance.random() < 0.4:
        is_share = MEASURES[measure][2] == "share"
        cases = int(chance.integers(0, 9)) if is_share and chance.random() < 0.7 else None
        return {"status": "nil", "numerator": 0 if cases is not None else None, "denominator": cases} | {
            "value": 0.0 if chance.random() < 0.5 else None
        }
    status = str(chance.choice(GAPS))
    is_told = MEASURES[measure][2] == "share" and chance.random() < 0.3
    return {"status": status, "denominator": int(chance.integers(1, 60)) if is_told else None}
