"""What of the table `national` takes several years, and the two pairs of measures of the record."""

from fractions import Fraction
from typing import Any

import numpy as np
from scipy import stats

from tests.oracles import divergence as naive
from tests.oracles.changes import length_of, value
from tests.oracles.release_band_changes import Years, band_changes
from tests.oracles.release_national import Can, detectable, few, finding, room, spearman

Row = dict[str, Any]
Key = tuple[Any, ...]

SHUFFLES, FOUND_WITH = 1_000, 1_999
WITHIN = {"lag": 1, "same-year": 0, "placebo-lead": -1}


def across_years(divergence: dict[Key, Row], ratings: dict[Key, Row], stood: Years) -> dict[Key, Row]:
    """By subject, method, framework ('' here), kind, start and end. divergence, ratings: of all years; stood:
    what was scored, of all years."""
    parted = [named((key[0], *key[2:]), row) for key, row in divergence.items() if key[1] == "all"]
    wholes = [named((key[0], *key[2:]), row) for key, row in ratings.items() if key[1] == ""]
    rated = once_a_year([row | {"is_rated": row["band"] is not None} for row in wholes], "is_rated")
    return associations(once_a_year(parted, "targets_judged")) | band_changes(rated, stood)


def named(key: Key, row: Row) -> Row:
    return dict(zip(("framework", "organisation", "period_start", "period_end"), key, strict=True)) | row


def once_a_year(rows: list[Row], most: str) -> list[Row]:
    """Of two frameworks in one year a trust stands with the one that has more."""
    by_trust: dict[Key, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row["framework"]):
        by_trust.setdefault((row["organisation"], row["period_start"]), []).append(row)
    return [max(own, key=lambda row: row[most]) for own in by_trust.values()]


def associations(rows: list[Row]) -> dict[Key, Row]:
    if not rows:
        return {}
    span = (min(row["period_start"] for row in rows), max(row["period_end"] for row in rows))
    found = {method: within(rows, ahead) for method, ahead in WITHIN.items()} | {
        "between-trusts": between(rows)
    }
    return {("process-and-outcome", method, "", "all", *span): row for method, row in found.items()}


def pairs(rows: list[Row], ahead: int) -> list[naive.Pair]:
    """Trust, year, process, the outcome so many years on, and its weight."""
    later = {(row["organisation"], row["period_start"].year): row for row in rows}
    found = []
    for row in rows:
        year = row["period_start"].year
        other = later.get((row["organisation"], year + ahead))
        if other and row["attainment"] is not None and other["outcome"] is not None:
            weight = float(other["outcome_standard_error"]) ** -2
            found.append(
                (row["organisation"], year, float(row["attainment"]), float(other["outcome"]), weight)
            )
    return sorted(found)


def within(rows: list[Row], ahead: int) -> Row:
    every = pairs(rows, ahead)
    own = [pair for pair in every if sum(other[0] == pair[0] for other in every) > 1]
    trusts = len({pair[0] for pair in own})
    years = {row["period_start"].year for row in rows if (row["attainment"], row["outcome"]) != (None, None)}
    if len(years) < 3:
        return finding(len(own), f"3 years are needed and there are {len(years)}")
    if trusts < 10:
        return finding(len(own), few(trusts, "trusts with two pairs of years"))
    effects = trusts + len({pair[1] for pair in own})
    if len(own) <= effects:
        return finding(len(own), f"{effects + 1} pairs of years are needed and there are {len(own)}")
    slope, error = naive.slope(own)
    half = stats.t.ppf(0.975, trusts - 1) * error
    return finding(
        len(own), estimate=slope, lower=slope - half, upper=slope + half, p=p_of_histories(rows, own, slope)
    )


def p_of_histories(rows: list[Row], own: list[naive.Pair], slope: float) -> Can:
    """Whole trusts change places: the process of one beside the outcomes of another."""
    trusts = sorted({pair[0] for pair in own})
    process = {
        (row["organisation"], row["period_start"].year): float(row["attainment"])
        for row in rows
        if row["attainment"] is not None
    }
    chance = np.random.default_rng(3)
    steep = 0
    for _ in range(SHUFFLES):
        other = dict(zip(trusts, chance.permutation(trusts), strict=True))
        shuffled = [
            (trust, year, process[other[trust], year], y, weight)
            for trust, year, _, y, weight in own
            if (other[trust], year) in process
        ]
        steep += abs(plain_slope(shuffled)) >= abs(slope) * (1 - 1e-9)
    share = steep / SHUFFLES
    return lambda p: abs(p - share) <= room(share, FOUND_WITH, SHUFFLES)


def plain_slope(own: list[naive.Pair]) -> float:
    """Weighted least squares on dummies of trusts and years."""
    design, y = naive.dummies(own), np.array([pair[3] for pair in own])
    root = np.sqrt([pair[4] for pair in own])
    return float(np.linalg.lstsq(design * root[:, None], y * root, rcond=None)[0][0])


def between(rows: list[Row]) -> Row:
    """The slope of trusts' means, each weighed by the precision of its outcomes."""
    by_trust: dict[str, list[naive.Pair]] = {}
    for pair in pairs(rows, 0):
        by_trust.setdefault(pair[0], []).append(pair)
    n = len(by_trust)
    if few(n):
        return finding(n, few(n))
    weights = [sum(pair[4] for pair in own) for own in by_trust.values()]
    x, y = (
        [
            sum(pair[side] * pair[4] for pair in own) / sum(pair[4] for pair in own)
            for own in by_trust.values()
        ]
        for side in (2, 3)
    )
    if len(set(x)) == 1 or len(set(y)) == 1:
        return finding(n, "all trusts have the same mean")
    slope = naive.simple_slope(x, y, weights)
    half = stats.t.ppf(0.975, n - 1) * clustered(x, y, weights)
    chance, values = np.random.default_rng(4), np.array(x)
    slopes = [naive.simple_slope(list(chance.permutation(values)), y, weights) for _ in range(SHUFFLES)]
    share = sum(abs(found) >= abs(slope) * (1 - 1e-9) for found in slopes) / SHUFFLES
    return finding(
        n,
        estimate=slope,
        lower=slope - half,
        upper=slope + half,
        p=lambda p: abs(p - share) <= room(share, FOUND_WITH, SHUFFLES),
    )


def clustered(x: list[float], y: list[float], weights: list[float]) -> float:
    """The standard error of a slope where each trust is a cluster of its own."""
    design, w = np.column_stack([x, np.ones(len(x))]), np.array(weights)
    bread = np.linalg.inv((design.T * w) @ design)
    residuals = w * (np.array(y) - design @ (bread @ (design.T * w) @ np.array(y)))
    own = [(place, 0, a, b, c) for place, (a, b, c) in enumerate(zip(x, y, weights, strict=True))]
    return naive.clustered_error(own, design, residuals, bread)


def pairings(rows: list[Row]) -> dict[Key, Row]:
    """rows: the indicators of all years."""
    return court_reports(rows) | areas(rows)


def court_reports(rows: list[Row]) -> dict[Key, Row]:
    sides = [
        {
            (row["period_start"], row["period_end"]): float(value(row))
            for row in rows
            if row["measure"] == measure
            and row["organisation"] == "national-probation-service"
            and length_of(row) == "quarter"
            and value(row) is not None
        }
        for measure in ("nps-sl001", "binary-rate")
    ]
    if not all(sides):
        return {}
    both = sorted(sides[0].keys() & sides[1].keys())
    every = [*sides[0], *sides[1]]
    span = (min(start for start, _ in every), max(end for _, end in every))
    found = ranked([sides[0][at] for at in both], [100 - sides[1][at] for at in both], "quarter")
    if found["estimate"] is None:
        record = f"{len(sides[0])} quarter{'s' * (len(sides[0]) != 1)} of timeliness"
        found["reason"] += f", in a record of {record} and {len(sides[1])} of reoffending"
    return {("timeliness-and-reoffending", "spearman", "", "all", *span): found}


def ranked(x: list[float], y: list[float], unit: str) -> Row:
    why = few(len(x))
    if not why and (len(set(x)) == 1 or len(set(y)) == 1):
        why = "one of the two is the same for every trust"
    found = finding(len(x), why) if why else spearman(x, y)
    return found | {"reason": found["reason"].replace("trust", unit)}


def areas(rows: list[Row]) -> dict[Key, Row]:
    own = [row for row in rows if row["organisation_kind"] == "area" and value(row) is not None]
    loads = [r for r in own if r["measure"] == "offenders-per-offender-manager"]
    loads = [r for r in loads if r["period_start"] == r["period_end"]]
    settled = [r for r in own if r["measure"] == "accommodation-at-termination"]
    settled = [r for r in settled if r["target"] is not None and r["target"] > 0 and not r["is_part"]]
    found: dict[Key, Row] = {}
    for start, end in {(r["period_start"], r["period_end"]) for r in settled} if loads else ():
        earlier = [r for r in loads if r["period_end"] < start]
        latest = {
            r["organisation"]: float(value(r))
            for r in earlier
            if r["period_end"] == max(other["period_end"] for other in earlier)
        }
        both = [
            (float(100 * value(r) / Fraction(r["target"])), latest[r["organisation"]])
            for r in settled
            if (r["period_start"], r["period_end"]) == (start, end) and r["organisation"] in latest
        ]
        x, y = ([pair[side] for pair in both] for side in (0, 1))
        more = detectable(len(both))
        for row in more.values():
            row["reason"] = row["reason"].replace("trust", "area")
        for method, row in ({"spearman": ranked(x, y, "area")} | more).items():
            found["accommodation-and-workload", method, "", "all", start, end] = row
    return found
