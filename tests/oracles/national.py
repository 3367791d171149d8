"""What is found of all trusts together, in plain Python, from rows of divergence and of ratings."""

from fractions import Fraction
from typing import Any

from tests.oracles import correlation, divergence

Row = dict[str, Any]

LEAST_TRUSTS = 10


def figures(trusts: list[Row], rated: list[Row]) -> dict[str, Row]:
    """By method: estimate and n, and by_chance, lower and upper where no draws are needed for them.
    trusts: 10 or more that differ, each with all of its figures."""
    x, y = [t["attainment"] for t in trusts], [t["outcome"] for t in trusts]
    errors = [t["attainment_standard_error"] for t in trusts], [t["outcome_standard_error"] for t in trusts]
    rho = correlation.spearman(x, y)
    lower, upper = correlation.interval(rho, (1 + rho**2 / 2) / (len(x) - 3), 0.95)
    found: dict[str, Row] = {
        "spearman": {"estimate": rho, "lower": lower, "upper": upper},
        "weighted-rank": {"estimate": weighted_rank(x, errors[0], y, errors[1])},
        "process-reliability": {"estimate": reliability(x, errors[0])},
        "outcome-reliability": {"estimate": reliability(y, errors[1])},
        "ceiling": {"estimate": sum(t["counted"] / t["cases"] >= 0.99 for t in trusts) / len(trusts)},
        **quarters(trusts),
    }
    of_all = {name: row | {"n": len(trusts)} for name, row in found.items()}
    banded = [row for row in rated if row["band"] is not None]
    unsure = sum(1 - row["band_probabilities"][str(row["band"])] for row in banded)
    return of_all | {"misbanded": {"estimate": unsure, "n": len(banded)}}


def reliability(values: list[float], errors: list[float]) -> float:
    return float(correlation.reliability([Fraction(v) for v in values], [Fraction(e) for e in errors]))


def weighted_rank(x: list[float], x_errors: list[float], y: list[float], y_errors: list[float]) -> float:
    """Each trust by the precision of its two figures, the true spread of trusts included."""

    def variances(values: list[float], errors: list[float]) -> list[float]:
        mean = sum(values) / len(values)
        observed = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
        return [error**2 + reliability(values, errors) * observed for error in errors]

    both = zip(variances(x, x_errors), variances(y, y_errors), strict=True)
    weights = [(a * b) ** -0.5 for a, b in both]
    return correlation.weighted_pearson(
        [float(rank) for rank in correlation.ranks(x)],
        [float(rank) for rank in correlation.ranks(y)],
        weights,
    )


def quarters(trusts: list[Row]) -> dict[str, Row]:
    meets, worse = [t["meets"] for t in trusts], [t["worse"] for t in trusts]
    both = list(zip(meets, worse, strict=True))
    chances = {
        "expected-met-better": [a * (1 - b) for a, b in both],
        "expected-met-worse": [a * b for a, b in both],
        "expected-missed-better": [(1 - a) * (1 - b) for a, b in both],
        "expected-missed-worse": [(1 - a) * b for a, b in both],
    }
    found: dict[str, Row] = {name: {"estimate": sum(own)} | middle(own) for name, own in chances.items()}
    by_chance = sum(meets) * sum(worse) / len(trusts)
    return found | {
        "against-chance": {"estimate": sum(chances["expected-met-worse"]), "by_chance": by_chance}
    }


def middle(chances: list[float]) -> Row:
    """Between which numbers of trusts 95% of all years would lie."""
    at_most = divergence.number_of_successes(chances)
    return {
        "lower": next(number for number, chance in enumerate(at_most) if chance >= 0.025),
        "upper": next(number for number, chance in enumerate(at_most) if chance >= 0.975),
    }
