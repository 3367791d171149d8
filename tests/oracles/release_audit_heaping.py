"""Values that heap above their targets, by a bootstrap of one's own.

What rests on draws is a function that says whether what was found can be (see `release_national`).
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import optimize, special, stats

from tests.oracles import audit_signals as naive
from tests.oracles.release_audit_rows import ASK_AT, WIDTH, Key, Row, adjusted, row_of

Can = Callable[[Any], bool]

DRAWS, FOUND_WITH = 600, 999
# Of alpha and beta together: beyond it nothing but chance sets values apart.
LARGEST = 1e6
QUESTION = (
    "why do more values lie just above the target, and fewer just below it, than their spread would bring?"
)


def heaping(rows: list[Row]) -> Row:
    """p is the oracle's own share of draws here, until all of them are known."""
    own = [row for row in rows if row["aim"] is not None and WIDTH < row["aim"] < 100 and row["n"]]
    own = sorted((row for row in own if row["x"] is not None), key=lambda row: row["organisation"])
    above, below = near([Fraction(100 * row["x"], row["n"]) - Fraction(row["aim"]) for row in own])
    if above + below < 10:
        return row_of(above + below, f"10 values near the target are needed and there are {above + below}")
    if sum(row["x"] for row in own) in (0, sum(row["n"] for row in own)):
        return row_of(above + below, "every case of every trust is counted, or none is")
    shares = drawn([(row["organisation"], row["x"], row["n"], row["aim"]) for row in own])
    share = above / (above + below)
    error = 4 * float(np.std(shares)) * math.sqrt(1 / FOUND_WITH + 1 / DRAWS) + 1e-9
    return row_of(
        above + below,
        observed=share,
        by_chance=lambda found: abs(found - np.mean(shares)) <= error,
        p=float(np.mean(shares >= share - 1e-9)),
    )


def near(margins: list[Fraction]) -> tuple[int, int]:
    return sum(0 <= m < WIDTH for m in margins), sum(-WIDTH <= m < 0 for m in margins)


def drawn(values: list[tuple[str, int, int, Any]]) -> Any:
    """The part above of the values near their target, in each draw."""
    counts = [(series, int(x), int(n)) for series, x, n, _ in values]
    alpha, beta = most_likely(counts)
    alike, chance = naive.persistence(counts, alpha, beta), np.random.default_rng(8)
    trusts = sorted({series for series, *_ in values})
    place_of = [trusts.index(series) for series, *_ in values]
    n, aim = np.array([n for *_, n in counts]), np.array([float(aim) for *_, aim in values])
    own = chance.normal(size=(DRAWS, len(trusts)))[:, place_of]
    places = math.sqrt(alike) * own + math.sqrt(1 - alike) * chance.normal(size=(DRAWS, len(n)))
    shares = special.betaincinv(alpha, beta, stats.norm.cdf(places))
    margins = 100 * chance.binomial(n, shares) / n - aim
    above = ((margins >= -1e-9) & (margins < WIDTH - 1e-9)).sum(axis=1)
    below = ((margins >= -WIDTH - 1e-9) & (margins < -1e-9)).sum(axis=1)
    is_near = above + below > 0
    return above[is_near] / (above + below)[is_near]


def most_likely(counts: list[tuple[str, int, int]]) -> tuple[float, float]:
    """The beta distribution of true shares, by a search without slopes."""
    x, n = (np.array([row[place] for row in counts], dtype=float) for place in (1, 2))

    def alpha_beta(where: Any) -> tuple[float, float]:
        size = math.exp(min(where[1], math.log(LARGEST)))
        return size * float(special.expit(where[0])), size * float(special.expit(-where[0]))

    def less(where: Any) -> float:
        a, b = alpha_beta(where)
        return -float(np.sum(special.betaln(a + x, b + n - x) - special.betaln(a, b)))

    start = [float(special.logit(x.sum() / n.sum())), math.log(float(n.mean()))]
    options = {"xatol": 1e-8, "fatol": 1e-10, "maxiter": 5_000}
    return alpha_beta(optimize.minimize(less, start, method="Nelder-Mead", options=options).x)


def told_by_draws(found: dict[Key, Row]) -> dict[Key, Row]:
    """Where p may lie, and with it adjusted_p, as the one rises with the other, and the question."""
    told = [key for key, row in found.items() if row["p"] is not None]
    shares = [found[key]["p"] for key in told]
    low, high = (
        adjusted([min(max(share + side * room(share), 0.0), 1.0) for share in shares]) for side in (-1, 1)
    )
    for key, share, least, most in zip(told, shares, low, high, strict=True):
        found[key] |= {
            "p": within(share - room(share), share + room(share)),
            "adjusted_p": within(least, most),
            "question": may_ask(QUESTION, least, most),
        }
    return found


def room(share: float) -> float:
    """Four standard errors of the difference of two shares, and the one draw that is counted in."""
    spread = max(share * (1 - share), 1 / DRAWS)
    return 4 * math.sqrt(spread * (1 / FOUND_WITH + 1 / DRAWS)) + 1 / FOUND_WITH


def within(low: float, high: float) -> Can:
    return lambda found: low - 1e-9 <= found <= high + 1e-9


def may_ask(question: str, low: float, high: float) -> Can:
    may = ([question] if low <= ASK_AT else []) + ([""] if high > ASK_AT else [])
    return lambda found: found in may
