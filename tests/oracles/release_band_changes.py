"""How many trusts change band in a release, and how many would by chance alone.

Where a release draws 2,000 times, here the chance of every band is worked out, that of each trust to change
it, and that of every number of changes.
"""

import math
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from scipy import optimize, special, stats

from tests.oracles import shrinkage
from tests.oracles.divergence import number_of_successes
from tests.oracles.release_national import Can, finding
from tests.oracles.release_process import HAIR, is_counted
from tests.oracles.release_ratings import Chances, Standing, by_band, steps, sums

Row = dict[str, Any]
Key = tuple[Any, ...]

FOUND_WITH = 2_000
# What a search for the likeliest spread may be off by, in numbers of trusts.
HARDLY = 1e-3


class Stood(NamedTuple):
    """A trust's year under the framework that rated it: the rows that were scored, by measure."""

    framework: Row
    standing: Standing
    rows: dict[str, Row]


# By framework's slug, organisation and first day of the year.
Years = dict[Key, Stood]


def stood_of(framework: Row, standing: Standing) -> Years:
    codes = {m["code"] for m in standing.scored}
    return {
        (framework["slug"], slug, start): Stood(
            framework,
            standing,
            {c: row for c, row in own.items() if c in codes and None not in (row["value"], row["aim"])},
        )
        for (slug, start, _), own in standing.trusts.items()
    }


def band_changes(rated: list[Row], stood: Years) -> dict[Key, Row]:
    """rated: wholes of ratings, one for each trust and year."""
    years: dict[Any, dict[str, Row]] = {}
    for row in rated:
        years.setdefault(row["period_start"], {})[row["organisation"]] = row
    found = {}
    for first, second in pairwise(sorted(years)):
        if second.year == first.year + 1:
            before, after = years[first], years[second]
            told = [
                trust
                for trust in sorted(before.keys() & after.keys())
                if None not in (before[trust]["band"], after[trust]["band"])
            ]
            end = next(iter(after.values()))["period_end"]
            row = finding(0, "no trust has a band in both years")
            if told:
                changed = sum(before[trust]["band"] != after[trust]["band"] for trust in told)
                pairs = {
                    trust: [
                        stood[y[trust]["framework"], trust, y[trust]["period_start"]] for y in (before, after)
                    ]
                    for trust in told
                }
                row = finding(len(told), estimate=changed, **by_chance(pairs, changed))
            found["bands", "band-changes", "", "all", first, end] = row
    return found


def by_chance(pairs: dict[str, list[Stood]], changed: int) -> dict[str, Can]:
    levels = levels_of(pairs)
    chances = []
    for trust, years in pairs.items():
        first, second = (bands_of(year, levels, trust) for year in years)
        chances.append(1 - sum(chance * second.get(name, 0.0) for name, chance in first.items()))
    at_most = number_of_successes(chances)
    spread = 4 * math.sqrt(sum(p * (1 - p) for p in chances) / FOUND_WITH) + HARDLY
    return {
        "by_chance": lambda number: abs(number - sum(chances)) <= spread,
        "lower": is_limit(at_most, 0.025),
        "upper": is_limit(at_most, 0.975),
        "p": is_share(1 - (at_most[changed - 1] if changed else 0.0)),
    }


def is_limit(at_most: list[float], tail: float) -> Can:
    slack = 4 * math.sqrt(tail * (1 - tail) / FOUND_WITH) + HARDLY

    def can(number: float) -> bool:
        below = at_most[int(number) - 1] if number else 0.0
        return below < tail + slack and at_most[int(number)] >= tail - slack

    return can


def is_share(share: float) -> Can:
    slack = 4 * math.sqrt(max(share * (1 - share), 0) / FOUND_WITH) + HARDLY
    return lambda p: abs(p - share) <= slack


def levels_of(pairs: dict[str, list[Stood]]) -> dict[tuple[str, str], float]:
    """By trust and measure, as a part of the target."""
    codes = {code for years in pairs.values() for year in years for code in year.rows}
    found: dict[tuple[str, str], float] = {}
    for code in codes:
        own = {
            trust: [year.rows[code] for year in years if code in year.rows] for trust, years in pairs.items()
        }
        counted = {trust: [row for row in rows if is_counted(row)] for trust, rows in own.items()}
        valued = {trust: rows for trust, rows in own.items() if rows and not counted[trust]}
        levels = of_cases({trust: rows for trust, rows in counted.items() if rows}) | of_values(valued)
        found |= {(trust, code): level for trust, level in levels.items()}
    return found


def of_cases(rows: dict[str, list[Row]]) -> dict[str, float]:
    x = {trust: float(sum(row["numerator"] for row in own)) for trust, own in rows.items()}
    n = {trust: float(sum(row["denominator"] for row in own)) for trust, own in rows.items()}
    asked = {
        trust: float(sum(row["denominator"] * row["aim"] / 100 for row in own)) for trust, own in rows.items()
    }
    told = [(x[trust], n[trust]) for trust in rows]
    prior = (0.0, 0.0)
    if len(told) >= 3 and 0 < sum(a for a, _ in told) < sum(b for _, b in told) and max(n.values()) > 1:
        prior = likeliest(told)
    return {
        trust: (x[trust] + prior[0]) / (n[trust] + sum(prior)) * n[trust] / asked[trust] for trust in rows
    }


def likeliest(counts: list[tuple[float, float]]) -> tuple[float, float]:
    """Alpha and beta, by a search without slopes; their sum is held from a thousandth to a million."""

    def parts(at: Any) -> tuple[float, float]:
        size = math.exp(min(max(at[1], math.log(1e-3)), math.log(1e6)))
        return size * float(special.expit(at[0])), size * float(special.expit(-at[0]))

    def less(at: Any) -> float:
        a, b = parts(at)
        return -sum(float(special.betaln(a + x, b + n - x) - special.betaln(a, b)) for x, n in counts)

    mean = sum(x for x, _ in counts) / sum(n for _, n in counts)
    options = {"xatol": 1e-8, "fatol": 1e-10, "maxiter": 4_000, "maxfev": 4_000}
    tries = [
        optimize.minimize(less, [special.logit(mean), math.log(size)], method="Nelder-Mead", options=options)
        for size in (10.0, 300.0, 1e6)
    ]
    return parts(min(tries, key=lambda found: found.fun).x)


def of_values(rows: dict[str, list[Row]]) -> dict[str, float]:
    parts = {
        trust: sum(row["value"] for row in own) / Fraction(sum(row["aim"] for row in own))
        for trust, own in rows.items()
    }
    errors = {
        trust: Fraction(math.sqrt(sum(noise(row) for row in own))) / sum(row["aim"] for row in own)
        for trust, own in rows.items()
    }
    told = [trust for trust in rows if errors[trust] > 0]
    found = {trust: float(part) for trust, part in parts.items()}
    if len(told) >= 3:
        values, own = [parts[trust] for trust in told], [errors[trust] for trust in told]
        mean, tau_squared = shrinkage.between_trusts(
            [Fraction(float(v)) for v in values], [Fraction(float(e)) for e in own]
        )
        for trust in told:
            found[trust] = shrinkage.shrunk(parts[trust], errors[trust], mean, tau_squared)[0]
    return found


def noise(row: Row) -> Fraction:
    """The variance of a count."""
    return row["value"] if row["unit"] == "count" else Fraction(0)


def bands_of(year: Stood, levels: dict[tuple[str, str], float], trust: str) -> dict[str, float]:
    """The chance of each band, were the year observed again."""
    framework, standing, rows = year
    parts = []
    for domain in framework["domains"]:
        there = [m for m in standing.scored if m["domain"] == domain["code"] and m["code"] in rows]
        used = sum(standing.weight[m["code"]] for m in there)
        if there:
            own = [
                (
                    standing.weight[m["code"]] / used,
                    scores_again(framework, rows[m["code"]], m, levels[trust, m["code"]]),
                )
                for m in there
            ]
            parts.append((Fraction(domain["weight"]), sums(own)))
    whole = sum(weight for weight, _ in parts)
    return by_band(framework, sums([(weight / whole, chances) for weight, chances in parts]))


def scores_again(framework: Row, row: Row, measure: Row, level: float) -> Chances:
    edges = steps(framework)
    reached = [1.0, *(chance_of_reaching(row, measure, edge, level) for edge in edges), 0.0]
    return {Fraction(1 + k): reached[k] - reached[k + 1] for k in range(len(reached) - 1)}


def chance_of_reaching(row: Row, measure: Row, step: Fraction, level: float) -> float:
    """Of what would be observed if the level behind it stayed the same part of the target."""
    is_lower = measure["polarity"] == "lower"
    edge = (2 - step + HAIR if is_lower else step - HAIR) * row["aim"]
    if is_counted(row):
        n = int(row["denominator"])
        truth = min(level * float(row["aim"]) / 100, 1.0)
        if is_lower:
            return float(stats.binom.cdf(math.floor(edge * n / 100), n, truth))
        return float(stats.binom.sf(math.ceil(edge * n / 100) - 1, n, truth))
    truth = level * float(row["aim"])
    if error := math.sqrt(noise(row)):
        below = float(stats.norm.cdf(float(edge), truth, error))
        return below if is_lower else 1 - below
    return float(truth <= edge if is_lower else truth >= edge)
