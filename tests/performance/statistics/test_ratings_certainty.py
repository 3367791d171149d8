import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from performance.statistics.ratings.certainty import band_certainty, score_draws
from performance.statistics.ratings.evidence import evidence_of
from tests.oracles import ratings as oracle
from tests.performance.statistics.ratings_examples import (
    BANDS,
    NAN,
    as_scheme,
    observations,
    one_measure,
    two_domains,
)

# Four measures in two domains, one of which caps the whole.
STEPS = {
    "measures": [
        {
            "code": code,
            "domain": domain,
            "weight": weight,
            "target": Fraction(9, 10),
            "polarity": "higher",
            "scale": None,
        }
        for code, domain, weight in (("a", "x", 1), ("b", "x", 2), ("c", "y", 1), ("d", "y", 1))
    ],
    "domains": {"x": 2, "y": 1},
    "scoring": ("steps", {"edges": (Fraction(9, 10), Fraction(1), Fraction(21, 20)), "lowest": 1}),
    "bands": BANDS,
    "band_edges": (Fraction(3, 2), Fraction(5, 2), Fraction(7, 2)),
    "caps": [{"domain": "y", "below": Fraction(2), "band": "requiring improvement"}],
    "least_weight": Fraction(1, 2),
}
COUNTS = {
    "kent": [(88, 100), (40, 44), (9, 10), (30, 30)],
    "london": [(184, 200), (174, 200), (181, 200), (178, 200)],
    "wales": [(3, 3), (2, 3), (0, 1), (19, 20)],
}
# Drawn 10,000 times a probability is off by 0.005 at most two times in three.
CLOSE = 0.02


def counted_on(scheme, priors=None, counts=COUNTS):
    rows = [
        (trust, measure["code"], *pair)
        for trust, pairs in counts.items()
        for measure, pair in zip(STEPS["measures"], pairs, strict=True)
    ]
    return evidence_of(scheme, observations(*rows), priors)


@pytest.mark.oracle(of=band_certainty)
def test_probabilities_of_bands_are_those_of_all_combinations_of_scores():
    scheme = as_scheme(STEPS)
    found = band_certainty(scheme, counted_on(scheme, dict.fromkeys("abcd", (1, 1))), seed=1)

    for trust, pairs in COUNTS.items():
        posteriors = {code: (x + 1, n - x + 1) for code, (x, n) in zip("abcd", pairs, strict=True)}
        expected = oracle.band_chances(STEPS, posteriors)
        assert found.probabilities.loc[trust].to_dict() == pytest.approx(expected, abs=CLOSE)


@pytest.mark.worked_example(of=band_certainty)
def test_a_probability_by_hand():
    """Of 1 in 1 with a uniform prior the true share has P(above t) = 1 - t^2: 0.2775 above 85%,
    and then 0.19 above 90% and 0.0975 above 95%. So the top band, which 1 of 1 earns, is the least
    sure, and the lowest the likeliest other."""
    ours = one_measure()
    counts = observations(("kent", "timely", 1, 1))
    found = band_certainty(ours, evidence_of(ours, counts, {"timely": (1, 1)}), seed=3)
    kent = found.table.loc["kent"]

    assert found.probabilities.loc["kent"].tolist() == pytest.approx(
        [0.85**2, 0.9**2 - 0.85**2, 0.95**2 - 0.9**2, 1 - 0.95**2], abs=CLOSE
    )
    assert (kent["band"], kent["other_band"]) == ("exceptional", "serious concerns")
    assert kent["probability"] == pytest.approx(0.0975, abs=CLOSE)
    assert kent["other_probability"] == pytest.approx(0.7225, abs=CLOSE)
    assert kent["could_swap"]
    assert found.expected_misbanded == pytest.approx(1 - kent["probability"])


@pytest.mark.worked_example(of=band_certainty)
def test_values_are_as_sure_as_their_errors():
    """0.94 with an error of 0.02 is half an error below 95% and two above 90%: P(exceptional) =
    P(Z > 0.5) = 0.3085, P(good) = 0.6687. With an error of 0 nothing is in doubt."""
    ours = one_measure()
    rows = observations(("kent", "timely", NAN, NAN, 0.94, 0.02), ("wales", "timely", NAN, NAN, 0.94, 0.0))
    found = band_certainty(ours, evidence_of(ours, rows), seed=3)

    assert found.probabilities.loc["kent", ["good", "exceptional"]].tolist() == pytest.approx(
        [0.6687, 0.3085], abs=CLOSE
    )
    assert found.table["could_swap"].tolist() == [True, False]
    assert found.probabilities.loc["wales"].tolist() == [0, 0, 1, 0]


def test_trusts_that_could_swap_are_counted_by_pairs_of_bands():
    """At 0.94 and 0.96 with an error of 0.01 a trust could as well be on the other side of 95%
    (one error away: 0.16); at 0.92 (two and three errors from both edges) it couldn't."""
    ours = one_measure()
    rows = [
        (name, "timely", NAN, NAN, v, 0.01) for name, v in zip("abcd", (0.94, 0.96, 0.92, 0.96), strict=True)
    ]
    found = band_certainty(ours, evidence_of(ours, observations(*rows)), seed=3)

    assert found.swaps.to_dict("records") == [
        {"lower": BANDS[0], "upper": BANDS[1], "lower_could_be_upper": 0, "upper_could_be_lower": 0},
        {"lower": BANDS[1], "upper": BANDS[2], "lower_could_be_upper": 0, "upper_could_be_lower": 0},
        {"lower": BANDS[2], "upper": BANDS[3], "lower_could_be_upper": 1, "upper_could_be_lower": 2},
    ]
    assert found.table["could_swap"].tolist() == [True, True, False, True]


def test_a_probability_is_a_share_of_draws_and_bands_are_all_there_are():
    scheme = as_scheme(STEPS)
    found = band_certainty(scheme, counted_on(scheme), seed=1, draws=100)

    assert found.probabilities.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    assert found.expected_misbanded == pytest.approx((1 - found.table["probability"]).sum())
    assert (found.probabilities * 100 % 1).abs().to_numpy() == pytest.approx(0, abs=1e-9)


def test_draws_depend_on_the_seed_and_not_on_the_order_of_rows_or_empty_trusts():
    scheme = as_scheme(STEPS)
    backwards = {trust: COUNTS[trust] for trust in reversed(COUNTS)}
    backwards |= {"empty": [(NAN, NAN)] * 4}
    one, same, other = (
        band_certainty(scheme, counted_on(scheme, counts=counts), seed=seed, draws=500)
        for counts, seed in ((COUNTS, 1), (backwards, 1), (COUNTS, 2))
    )

    pd.testing.assert_frame_equal(same.probabilities.drop("empty"), one.probabilities)
    assert same.expected_misbanded == one.expected_misbanded
    assert not other.probabilities.equals(one.probabilities)


def test_a_trust_without_a_rating_says_why_and_is_not_counted():
    found = band_certainty(
        two_domains(), evidence_of(two_domains(), observations(("kent", "timely", 1, 2))), seed=1
    )
    kent = found.table.loc["kent"]

    assert kent["reason"] == "less than 50% of the weight of protection is there"
    assert kent[["band", "probability", "other_band", "other_probability"]].isna().all()
    assert not kent["could_swap"]
    assert found.probabilities.isna().all(axis=None)
    assert (found.expected_misbanded, found.reason) == (None, "no trust has a rating")
    assert found.swaps[["lower_could_be_upper", "upper_could_be_lower"]].sum(axis=None) == 0


def test_no_trusts_have_no_certainty():
    found = band_certainty(one_measure(), evidence_of(one_measure(), observations()), seed=1)

    assert found.table.empty
    assert found.expected_misbanded is None


@pytest.mark.parametrize(
    ("x", "n", "band"), [(0, 40, "serious concerns"), (40, 40, "exceptional"), (0, 0, None), (NAN, 5, None)]
)
def test_the_extremes_are_sure_and_what_is_not_counted_has_no_band(x, n, band):
    evidence = evidence_of(one_measure(), observations(("kent", "timely", x, n)))
    kent = band_certainty(one_measure(), evidence, seed=1).table.loc["kent"]

    assert (None if pd.isna(kent["band"]) else kent["band"]) == band
    assert (kent["probability"] > 0.8) == (band is not None)


def test_no_draw_of_a_share_meets_a_target_of_100_per_cent():
    """All of 100 in time is in the band that 100% earns, and still hardly any true share is 1."""
    ours = one_measure(edges=(0.0,), target=1.0)
    found = band_certainty(ours, evidence_of(ours, observations(("kent", "timely", 100, 100))), seed=1)

    assert found.table["band"].tolist() == [BANDS[1]]
    assert found.table["probability"].tolist() == pytest.approx([0], abs=0.01)


def test_targets_of_their_own_move_bands():
    evidence = evidence_of(one_measure(), observations(("kent", "timely", 900, 1000)))
    own = pd.DataFrame({"timely": [0.8]}, index=["kent"])

    assert band_certainty(one_measure(), evidence, seed=1, targets=own).table["band"].tolist() == [
        "exceptional"
    ]


@pytest.mark.worked_example(of=score_draws)
def test_scores_are_drawn_trust_by_trust():
    """45 of 50 against 90%: Beta(45.5, 5.5) less 0.9."""
    rows = observations(
        ("wales", "timely", 45, 50), ("kent", "timely", NAN, NAN, 1.0, 0.0), ("essex", "timely", 0, 0)
    )
    drawn = score_draws(one_measure(), evidence_of(one_measure(), rows), seed=1)

    assert list(drawn.index) == ["essex", "kent", "wales"]
    assert drawn.shape == (3, 10_000)
    assert drawn.loc["essex"].isna().all()
    assert drawn.loc["kent"].tolist() == pytest.approx([0.1] * 10_000)
    assert drawn.loc["wales"].mean() == pytest.approx(45.5 / 51 - 0.9, abs=0.002)


def test_scores_and_bands_are_of_the_same_draws():
    scheme = as_scheme(STEPS | {"caps": []})
    known = counted_on(scheme)
    drawn = score_draws(scheme, known, seed=4, draws=300)
    bands = band_certainty(scheme, known, seed=4, draws=300).probabilities

    assert (drawn >= 3.5 - 1e-9).mean(axis=1).tolist() == bands["exceptional"].tolist()


@pytest.mark.slow
def test_bands_of_many_draws_are_close_to_the_exact_ones():
    random = np.random.default_rng(2013)
    n = random.integers(20, 400, 35)
    x = random.binomial(n, 0.91)
    rows = [(f"trust {i:02}", "timely", int(a), int(b)) for i, (a, b) in enumerate(zip(x, n, strict=True))]
    ours = one_measure()
    found = band_certainty(
        ours, evidence_of(ours, observations(*rows), {"timely": (1, 1)}), seed=9, draws=100_000
    )

    edges = [Fraction(17, 20), Fraction(9, 10), Fraction(19, 20)]
    above = [
        [float(oracle.beta_above(e, int(a) + 1, int(b - a) + 1)) for e in edges]
        for a, b in zip(x, n, strict=True)
    ]
    exact = -np.diff(np.column_stack([np.ones(35), above, np.zeros(35)]))
    assert np.abs(found.probabilities.to_numpy() - exact).max() < 4 * math.sqrt(0.25 / 100_000)
    assert found.expected_misbanded == pytest.approx(
        35 - exact[range(35), found.table["band"].cat.codes].sum(), abs=0.05
    )
