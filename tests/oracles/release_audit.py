"""The table `audit` of a release, trust by trust and month by month.

Where values heap rests on draws: see `release_audit_heaping`.
"""

import math
import statistics
from datetime import date

from scipy import stats

from tests.oracles import audit_signals as naive
from tests.oracles.changes import length_of, points_of
from tests.oracles.release_audit_heaping import heaping, told_by_draws
from tests.oracles.release_audit_rows import WIDTH, Key, Row, margin, row_of, span, turned, with_adjusted
from tests.oracles.release_indicators import SERIES, grouped
from tests.oracles.release_process import ANSWERABLE, PROCESS

REOFFENDING = "local-adult-reoffending"
NARROWED = "why do trusts lie closer together round the target, while outcomes have not moved?"
SMOOTH = "why do these figures vary less than chance alone would make them: how were they put together?"
HUGGED = "after a time well above the target, why does attainment now lie just above it every time?"
EMPTIED = "why were there fewer cases than usual to count?"


def audit(rows: list[Row], predictions: dict[Key, Row], frameworks: list[Row]) -> dict[Key, Row]:
    """By signal, measure, organisation ('' for all), start and end. rows: the indicators of all years."""
    codes = {
        measure["code"]
        for framework in frameworks
        for measure in framework["measures"]
        if measure["kind"] in PROCESS and measure["unit"] == "share" and measure["polarity"] != "none"
    }
    own = [
        turned(row)
        for row in rows
        if row["measure"] in codes and row["organisation_kind"] in ANSWERABLE and row["structure"] == "then"
    ]
    points: dict[Key, list[Row]] = {}
    for series, figures in grouped(own, SERIES).items():
        chosen = sorted(points_of(figures), key=lambda row: row["period_start"])
        if any(row["aim"] is not None for row in chosen):
            points[series] = chosen
    years = [
        row for row in own if length_of(row) == "year" and (row["measure"], row["organisation"]) in points
    ]
    return of_all(points, years, predictions) | of_trusts(points, years)


def of_all(points: dict[Key, list[Row]], years: list[Row], predictions: dict[Key, Row]) -> dict[Key, Row]:
    heaped, narrowed = {}, {}
    for measure in sorted({series[0] for series in points}):
        own = [row for (code, _), rows in points.items() if code == measure for row in rows]
        heaped["heaping", measure, "", *span(own)] = heaping(own)
        ends, row = narrowing([row for row in years if row["measure"] == measure], predictions)
        narrowed["narrowing", measure, "", *span(ends or own)] = row
    return told_by_draws(heaped) | with_adjusted(narrowed, NARROWED)


def narrowing(rows: list[Row], predictions: dict[Key, Row]) -> tuple[list[Row], Row]:
    """The rows of the first and the last year that have margins and outcomes, and what is found."""
    told: dict[date, dict[str, tuple[float, float]]] = {}
    for row in rows:
        place = (row["organisation"], row["period_start"], row["period_end"])
        outcome = predictions.get((REOFFENDING, *place), {}).get("difference")
        if margin(row) is not None and outcome is not None:
            told.setdefault(row["period_start"], {})[row["organisation"]] = (
                float(margin(row) or 0),
                -float(outcome),
            )
    if len(told) < 2:
        return [], row_of(0, f"2 years with margins and outcomes are needed and there are {len(told)}")
    first, last = min(told), max(told)
    ends = [row for row in rows if row["period_start"] in (first, last)]
    ends = [row for row in ends if row["organisation"] in told[row["period_start"]]]
    return ends, narrowed(
        [(told[first][t], told[last][t]) for t in sorted(told[first].keys() & told[last].keys())]
    )


def narrowed(pairs: list[tuple[tuple[float, float], tuple[float, float]]]) -> Row:
    """pairs: margin and outcome of each trust in the first year, and in the last."""
    if len(pairs) < 10:
        return row_of(len(pairs), f"10 trusts are needed and there are {len(pairs)}")
    before, after = ([pair[year][0] for pair in pairs] for year in (0, 1))
    sums, changes = ([b + side * a for a, b in zip(before, after, strict=True)] for side in (1, -1))
    if max(sums) == min(sums) or max(changes) == min(changes):
        return row_of(len(pairs), "trusts' margins do not vary")
    moved = [pair[1][1] - pair[0][1] for pair in pairs]
    half = stats.t.ppf(0.975, len(pairs) - 1) * statistics.stdev(moved) / math.sqrt(len(pairs))
    return row_of(
        len(pairs),
        observed=statistics.stdev(after),
        by_chance=statistics.stdev(before),
        p=naive.narrowing_p(before, after),
        asks=abs(statistics.fmean(moved)) <= half,
    )


def of_trusts(points: dict[Key, list[Row]], years: list[Row]) -> dict[Key, Row]:
    smooth = {("smoothness", *series, *span(rows)): smoothness(rows) for series, rows in points.items()}
    hugged = {}
    for series, rows in points.items():
        whole = [row for row in years if (row["measure"], row["organisation"]) == series]
        whole = [row for row in whole if margin(row) is not None]
        looked_at = sorted(whole, key=lambda row: row["period_start"]) if len(whole) >= 4 else rows
        followers = 3 if looked_at is not rows else 6
        hugged["hugging", *series, *span(looked_at)] = hugging(looked_at, followers)
    return with_adjusted(smooth, SMOOTH) | hugged | cases(points)


def smoothness(rows: list[Row]) -> Row:
    counts = [(int(row["x"]), int(row["n"])) for row in rows if row["x"] is not None and row["n"]]
    if len(counts) < 10:
        return row_of(len(counts), "fewer than 10 periods of the series have their cases")
    if sum(x for x, _ in counts) in (0, sum(n for _, n in counts)):
        return row_of(len(counts), "every case of the series is counted, or none is")
    phi, p = naive.smoothness_of_periods(counts)
    return row_of(len(counts), observed=phi, by_chance=1.0, p=p, asks=p < 0.01)


def hugging(rows: list[Row], followers: int) -> Row:
    margins = [margin(row) for row in rows if margin(row) is not None]
    high = naive.high_water(margins, WIDTH, followers)
    if high is None:
        return row_of(0, f"the series was never well above its target, {followers} periods or more ago")
    place, _, part = high
    return row_of(len(margins) - place - 1, observed=float(part), question=HUGGED if part == 1 else "")


def cases(points: dict[Key, list[Row]]) -> dict[Key, Row]:
    """Of every month its p, all adjusted together, and of each series the month with the least."""
    months = {}
    for series, rows in points.items():
        own = [row for row in rows if row["n"] is not None]
        for row in own if len(own) >= 5 else []:
            others = [int(other["n"]) for other in own if other is not row]
            usual, n = sum(others) / len(others), int(row["n"])
            p = cases_p(n, others)
            key = ("cases", *series, row["period_start"], row["period_end"])
            months[key] = row_of(len(own), observed=n, by_chance=usual, p=p)
    with_adjusted(months, EMPTIED)
    found = {}
    for series, rows in points.items():
        mine = [(row["p"], key[3], key) for key, row in months.items() if key[1:3] == series]
        if mine:
            found[min(mine)[2]] = months[min(mine)[2]]
        else:
            number = sum(row["n"] is not None for row in rows)
            reason = "fewer than 5 periods of the series have their figures"
            found["cases", *series, *span(rows)] = row_of(number, reason)
    return found


def cases_p(own: int, others: list[int]) -> float:
    """As `audit_signals.cases_p`, by scipy's tail."""
    total, periods = own + sum(others), len(others) + 1
    by_chance = float(stats.binom.cdf(own, total, 1 / periods))
    return max(by_chance, naive.beyond_others(-own, [-other for other in others]))
