"""The table `national` of a release, and draws of one's own for what rests on draws.

Each finding is a dictionary of estimate, by_chance, lower, upper, p, n and reason; a figure that rests
on draws is a function that says whether what was found can be. Its room is four standard errors of
both sets of draws, so that of ten thousand figures less than one strays.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import optimize, stats

from tests.oracles import correlation, divergence
from tests.oracles.national import middle, reliability, weighted_rank

Row = dict[str, Any]
Key = tuple[Any, ...]
Can = Callable[[float], bool]

DRAWS, FOUND_WITH = 20_000, 9_999
QUARTERS = {
    "met-better": lambda a, b: a * (1 - b),
    "met-worse": lambda a, b: a * b,
    "missed-better": lambda a, b: (1 - a) * (1 - b),
    "missed-worse": lambda a, b: (1 - a) * b,
}
ALL_ALIKE = "one of the two is the same for every trust"
SAME_FIGURE = "every trust has the same figure"


def finding(n: int, reason: str = "", **told: Any) -> Row:
    return dict.fromkeys(("estimate", "by_chance", "lower", "upper", "p")) | {"n": n, "reason": reason} | told


def national(by_kind: dict[str, list[Row]], rated: list[Row], slug: str) -> dict[Key, Row]:
    """By subject, method, framework and kind. by_kind: of the table `divergence`, rated: of `ratings`, wholes
    alone; of one framework (slug) and year."""
    found: dict[Key, Row] = {}
    for kind, trusts in by_kind.items():
        told = [t for t in trusts if t["attainment"] is not None and t["outcome"] is not None]
        methods = correlations(told) | {"ceiling": ceiling(trusts)} if kind == "all" else ranks_alone(told)
        methods |= quarters(trusts)
        found |= {("process-and-outcome", method, slug, kind): row for method, row in methods.items()}
    if rated:
        found["bands", "misbanded", slug, "all"] = misbanded(rated)
    return found


def columns(trusts: list[Row]) -> list[list[float]]:
    names = ("attainment", "attainment_standard_error", "outcome", "outcome_standard_error")
    return [[float(t[name]) for t in trusts] for name in names]


def few(n: int, what: str = "trusts with both figures") -> str:
    return f"10 {what} are needed and there are {n}" if n < 10 else ""


def alike(*sides: list[float]) -> bool:
    return any(len(set(side)) == 1 for side in sides)


def correlations(trusts: list[Row]) -> dict[str, Row]:
    x, x_errors, y, y_errors = columns(trusts)
    n = len(trusts)
    why = few(n) or (ALL_ALIKE if alike(x, y) else "")
    found = {
        "spearman": finding(n, why) if why else spearman(x, y),
        "weighted-rank": finding(n, why)
        if why
        else finding(n, estimate=weighted_rank(x, x_errors, y, y_errors)),
        "latent": finding(n, why) if why else latent(list(zip(x, x_errors, y, y_errors, strict=True))),
    }
    for method, side, errors in (("process", x, x_errors), ("outcome", y, y_errors)):
        why = few(n) or (SAME_FIGURE if alike(side) else "")
        real = None if why else reliability(side, errors)
        found[f"{method}-reliability"] = finding(n, why, estimate=real)
    return found | detectable(n)


def ranks_alone(trusts: list[Row]) -> dict[str, Row]:
    """What is told of one kind of process."""
    x, _, y, _ = columns(trusts)
    why = few(len(x)) or (ALL_ALIKE if alike(x, y) else "")
    return {"spearman": finding(len(x), why) if why else spearman(x, y)} | detectable(len(x))


def spearman(x: list[float], y: list[float]) -> Row:
    n, rho = len(x), correlation.spearman(x, y)
    if abs(rho) > 1 - 1e-12:
        why = "the one follows the other without exception, which leaves no interval"
        return finding(n, why, estimate=round(rho), p=p_of_ranks(x, y))
    lower, upper = correlation.interval(rho, (1 + rho**2 / 2) / (n - 3), 0.95)
    return finding(n, estimate=rho, lower=lower, upper=upper, p=p_of_ranks(x, y))


def p_of_ranks(x: list[float], y: list[float]) -> Can:
    """Twice the smaller tail of shuffles."""
    a, b = (np.array([float(rank) for rank in correlation.ranks(side)]) for side in (x, y))
    shuffles = np.random.default_rng(1).permuted(np.tile(b, (DRAWS, 1)), axis=1) @ a
    tail = min(np.mean(shuffles <= a @ b + 1e-9), np.mean(shuffles >= a @ b - 1e-9))
    return lambda p: abs(p - min(1, 2 * tail)) <= 2 * room(tail)


def room(share: float, found_with: int = FOUND_WITH, draws: int = DRAWS) -> float:
    """Four standard errors of the difference of two shares, and the one draw that is counted in."""
    spread = max(share * (1 - share), 1 / draws)
    return 4 * math.sqrt(spread * (1 / found_with + 1 / draws)) + 1 / found_with


def detectable(n: int) -> dict[str, Row]:
    """By the t distribution, and by Fieller's variance of ranks."""
    if n < 10:
        why = few(n, "trusts")
        return {"least-significant": finding(n, why), "detectable": finding(n, why)}
    t = stats.t.ppf(0.975, n - 2)
    least = t / math.sqrt(n - 2 + t**2)
    error = math.sqrt(1.06 / (n - 3))

    def short_of(rho: float) -> float:
        beyond = [(math.atanh(rho) - side * math.atanh(least)) / error for side in (1, -1)]
        return 0.8 - (stats.norm.cdf(beyond[0]) + stats.norm.cdf(-beyond[1]))

    rho = optimize.bisect(short_of, 0, 1 - 1e-9, xtol=1e-13)
    return {"least-significant": finding(n, estimate=least), "detectable": finding(n, estimate=rho)}


def ceiling(trusts: list[Row]) -> Row:
    told = [t for t in trusts if t["attainment"] is not None]
    if not told:
        return finding(0, "a figure is not given")
    top = sum(t["counted"] >= Fraction(99, 100) * t["cases"] for t in told)
    return finding(len(told), estimate=top / len(told))


def quarters(trusts: list[Row]) -> dict[str, Row]:
    both = [(t["meets"], t["worse"]) for t in trusts if None not in (t["meets"], t["worse"])]
    found = {"against-chance": against_chance(both)}
    for name, chance in QUARTERS.items():
        own = [chance(a, b) for a, b in both]
        found[f"expected-{name}"] = expected(own) if own else finding(0, "no trust has its probabilities")
    return found


def expected(chances: list[float]) -> Row:
    """Of so many trusts that each fall in by their own chance (Poisson's binomial)."""
    at_most = divergence.number_of_successes(chances)

    def is_limit(tail: float) -> Can:
        slack = 4 * math.sqrt(tail * (1 - tail) / 10_000)

        def can(number: float) -> bool:
            below = at_most[int(number) - 1] if number else 0.0
            return below < tail + slack and at_most[int(number)] >= tail - slack

        assert can(middle(chances)["lower" if tail < 0.5 else "upper"])
        return can

    return finding(len(chances), estimate=sum(chances), lower=is_limit(0.025), upper=is_limit(0.975))


def against_chance(both: list[tuple[float, float]]) -> Row:
    n = len(both)
    meets, worse = ([pair[side] for pair in both] for side in (0, 1))
    if few(n):
        return finding(n, few(n))
    if alike(meets, worse):
        return finding(n, "every trust is on the same side, so the number can't differ from chance")
    observed = math.fsum(a * b for a, b in both)
    shuffles = np.random.default_rng(2).permuted(np.tile(worse, (DRAWS, 1)), axis=1) @ np.array(meets)
    tail = float(np.mean(shuffles >= observed - 1e-9))

    def is_limit(share: float) -> Can:
        low, high = np.quantile(shuffles, [max(share - room(share), 0), min(share + room(share), 1)])
        return lambda number: low - 1e-9 <= number <= high + 1e-9

    return finding(
        n,
        estimate=observed,
        by_chance=math.fsum(meets) * math.fsum(worse) / n,
        lower=is_limit(0.025),
        upper=is_limit(0.975),
        p=lambda p: abs(p - tail) <= room(tail),
    )


def misbanded(rated: list[Row]) -> Row:
    """Of the exact chances; a release has it of 2,000 draws for each trust."""
    banded = [row for row in rated if row["band"] is not None]
    if not banded:
        reasons = {row["reason"] for row in rated}
        return finding(0, reasons.pop() if len(reasons) == 1 else "no trust has a rating")
    own = [row["band_probabilities"][str(row["band"])] for row in banded]
    slack = 4 * math.sqrt(sum(p * (1 - p) for p in own) / 2_000) + 1e-9
    return finding(len(banded), estimate=lambda number: abs(number - sum(1 - p for p in own)) <= slack)


def latent(trusts: list[tuple[float, ...]]) -> Row:
    """The likeliest correlation and where twice the log-likelihood has fallen by 3.84 from it, by a
    search without slopes; equal to 0.001."""
    x, x_errors, y, y_errors = (list(side) for side in zip(*trusts, strict=True))
    real = {"process": reliability(x, x_errors), "outcome": reliability(y, y_errors)}
    noisy = [
        f"the {side} is too noisy: its reliability is {math.floor(100 * found) / 100:.2f} and 0.40 is needed"
        for side, found in real.items()
        if found < 0.4
    ]
    if noisy:
        return finding(len(x), " and ".join(noisy))
    profile = Profile(trusts)
    best = profile.best()

    def beyond(rho: float) -> float:
        return 2 * (profile.at(best) - profile.at(rho)) - stats.chi2.ppf(0.95, 1)

    def limit(edge: float) -> float:
        return edge if beyond(edge) <= 0 else optimize.brentq(beyond, best, edge, xtol=1e-6)

    told = {"estimate": best, "lower": limit(-1 + 1e-9), "upper": limit(1 - 1e-9)}
    return finding(len(x), **{name: near(value) for name, value in told.items()})


def near(value: float) -> Can:
    return lambda found: abs(found - value) <= 1e-3


class Profile:
    """The greatest log-likelihood for each rho, over the two means and the two true spreads."""

    def __init__(self, trusts: list[tuple[float, ...]]) -> None:
        x, x_errors, y, y_errors = (np.array(side) for side in zip(*trusts, strict=True))
        self.x, self.y = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
        self.noise_x, self.noise_y = (x_errors / x.std()) ** 2, (y_errors / y.std()) ** 2

    def at(self, rho: float) -> float:
        def less(at: Any) -> float:
            return -self.log_likelihood(at[0], at[1], math.exp(at[2]), math.exp(at[3]), rho)

        tries = [
            optimize.minimize(
                less,
                [0, 0, math.log(spread), math.log(spread)],
                method="Nelder-Mead",
                options={"xatol": 1e-7, "fatol": 1e-11, "maxiter": 4000, "maxfev": 4000},
            ).fun
            for spread in (0.9, 0.3)
        ]
        return -min(tries)

    def best(self) -> float:
        found = optimize.minimize_scalar(
            lambda rho: -self.at(rho), bounds=(-1 + 1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-6}
        )
        return float(found.x)

    def log_likelihood(self, mean_x: float, mean_y: float, t_x: float, t_y: float, rho: float) -> float:
        a, d, b = t_x**2 + self.noise_x, t_y**2 + self.noise_y, rho * t_x * t_y
        u, v, determinant = self.x - mean_x, self.y - mean_y, a * d - b**2
        distance = (d * u**2 - 2 * b * u * v + a * v**2) / determinant
        return float(-0.5 * np.sum(np.log(determinant) + distance))
