import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.statistics.ratings.levels import constant_levels
from performance.statistics.shrinkage import beta_binomial
from tests.oracles import shrinkage as oracle

NAN = math.nan
COLUMNS = ["trust", "measure", "counted", "cases", "value", "standard_error", "target"]

targets = st.integers(50, 99).map(lambda n: Fraction(n, 100))
years = st.lists(
    st.tuples(st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), targets),
    min_size=1,
    max_size=2,
)
counts = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=2)


def counted(trust, x, n, target, measure="timely"):
    return (trust, measure, x, n, x / n if n else NAN, NAN, float(target))


def valued(trust, value, error, target, measure="timely"):
    return (trust, measure, NAN, NAN, float(value), float(error), float(target))


def levels(*rows):
    return constant_levels(pd.DataFrame(rows, columns=COLUMNS))


@pytest.mark.oracle(of=constant_levels)
@given(st.lists(years, min_size=3, max_size=6))
def test_cases_of_all_years_together_are_drawn_towards_all_trusts(trusts):
    sums = [
        (sum(x for (x, _), _ in own), sum(n for (_, n), _ in own), sum(n * target for (_, n), target in own))
        for own in trusts
    ]
    assume(0 < sum(x for x, _, _ in sums) < sum(n for _, n, _ in sums) and any(n > 1 for _, n, _ in sums))
    rows = [counted(f"trust {t}", x, n, target) for t, own in enumerate(trusts) for (x, n), target in own]

    found = levels(*rows)["timely"]

    fitted = beta_binomial([x for x, _, _ in sums], [n for _, n, _ in sums])
    likelihoods = [
        oracle.log_likelihood([(x, n) for x, n, _ in sums], *prior)
        for prior in ((fitted.alpha, fitted.beta), oracle.most_likely([(x, n) for x, n, _ in sums]))
    ]
    # Where trusts don't differ the likeliest spread is none, and what is found may lie near it.
    assert likelihoods[0] >= likelihoods[1] - 1e-6
    expected = [
        (fitted.alpha + x) / (fitted.alpha + fitted.beta + n) / float(asked / n) for x, n, asked in sums
    ]
    assert list(found) == pytest.approx(expected)


@pytest.mark.oracle(of=constant_levels)
@given(st.lists(counts, min_size=3, max_size=6))
def test_so_are_counts_with_their_errors(trusts):
    sums = [(sum(value for value, _ in own), sum(target for _, target in own)) for own in trusts]
    rows = [
        valued(f"trust {t}", value, math.sqrt(value), target)
        for t, own in enumerate(trusts)
        for value, target in own
    ]

    found = levels(*rows)["timely"]

    parts = [Fraction(value, target) for value, target in sums]
    errors = [Fraction(math.sqrt(value)) / target for value, target in sums]
    mean, tau_squared = oracle.between_trusts(parts, errors)
    assume(tau_squared == 0 or tau_squared > Fraction(1, 10**6))
    expected = [oracle.shrunk(p, e, mean, tau_squared)[0] for p, e in zip(parts, errors, strict=True)]
    assert list(found) == pytest.approx(expected, abs=1e-6)


@pytest.mark.worked_example(of=constant_levels)
def test_levels_by_hand():
    """Kent did 80 and 90 of 100 cases each, where 90 and 80 were asked for: 170 of 170. Wales lacks the
    target of one year, so the other counts: 45 of 50 where 40 were asked for. Values known exactly are
    added up as targets are: 18 days of 20."""
    found = levels(
        counted("wales", 45, 50, 0.8),
        counted("wales", 1, 50, NAN),
        counted("kent", 80, 100, 0.9),
        counted("kent", 90, 100, 0.8),
        valued("kent", 10, 0, 9, "absence"),
        valued("kent", 8, 0, 11, "absence"),
        valued("essex", NAN, NAN, 9, "absence"),
    )

    assert found.index.tolist() == ["essex", "kent", "wales"]
    assert found["timely"].tolist() == pytest.approx([NAN, 1, 45 / 40], nan_ok=True)
    assert found["absence"].tolist() == pytest.approx([NAN, 0.9, NAN], nan_ok=True)


def test_cases_go_before_a_value_without_them():
    found = levels(counted("kent", 45, 50, 0.9), valued("kent", 0.2, 0, 0.9), valued("wales", 0.45, 0, 0.9))

    assert found["timely"].to_dict() == pytest.approx({"kent": 1, "wales": 0.5})


def test_a_count_of_nothing_stays_and_bears_on_no_other():
    rows = [valued(f"trust {t}", value, math.sqrt(value), 10) for t, value in enumerate((8, 9, 12))]

    alone, with_nothing = levels(*rows)["timely"], levels(*rows, valued("none", 0, 0, 10))["timely"]

    assert with_nothing["none"] == 0
    assert with_nothing.drop("none").tolist() == alone.tolist()


def test_the_order_of_rows_changes_nothing_and_none_are_no_levels():
    rows = [counted(f"trust {t}", 7 + t, 20, 0.9) for t in range(4)]

    pd.testing.assert_frame_equal(levels(*rows), levels(*reversed(rows)))
    assert levels().empty
