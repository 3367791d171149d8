import dataclasses
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.ratings.evidence import evidence_of
from performance.statistics.ratings.volatility import RatedTogether, band_changes, volatility
from tests.oracles import ratings as oracle
from tests.performance.statistics.ratings_examples import BANDS, observations, one_measure, two_domains

NAN = math.nan

bands = st.lists(st.tuples(st.sampled_from(BANDS), st.sampled_from(BANDS)), min_size=1, max_size=20)


def series(names: list, prefix: str = "trust") -> pd.Series:
    return pd.Series(names, index=[f"{prefix} {place:02}" for place in range(len(names))], dtype=object)


def year(counts: dict[str, tuple[float, float]]):
    return evidence_of(
        one_measure(), observations(*((trust, "timely", *pair) for trust, pair in counts.items()))
    )


def true_shares(**shares: float) -> pd.DataFrame:
    return pd.DataFrame({"timely": shares})


def under(scheme, truth, before, after, targets=None, **how):
    """Both years under one scheme, against the same targets, their levels the same."""
    years = ([RatedTogether(scheme, evidence, truth, targets)] for evidence in (before, after))
    return volatility(*years, scheme.bands, **how)


@pytest.mark.oracle(of=band_changes)
@given(bands)
def test_changes_are_counted_trust_by_trust(pairs):
    before, after = (series(list(column)) for column in zip(*pairs, strict=True))
    found = band_changes(before, after, BANDS)
    counts = [[pairs.count((one, other)) for other in BANDS] for one in BANDS]

    assert found.table.to_numpy().tolist() == counts
    assert (found.trusts, found.changed) == (len(pairs), sum(one != other for one, other in pairs))
    assert found.share_unchanged == pytest.approx(1 - found.changed / len(pairs))
    kappa = oracle.linear_kappa(counts)
    assert found.kappa == (None if kappa is None else pytest.approx(kappa))
    assert (found.reason == "") == (kappa is not None)


@pytest.mark.worked_example(of=band_changes)
def test_kappa_of_a_known_table():
    """Two readers of 50 proposals agree on 20 yes and 15 no: observed 0.7, expected 0.5, kappa
    0.4 (the example of Wikipedia's article on Cohen's kappa). Of two bands weights play no part."""
    before = series(["yes"] * 25 + ["no"] * 25)
    after = series(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15)
    found = band_changes(before, after, ["no", "yes"])

    assert found.table.loc["yes"].to_dict() == {"no": 5, "yes": 20}
    assert (found.changed, found.share_unchanged, found.kappa) == (15, 0.7, pytest.approx(0.4))


def test_trusts_are_matched_by_name_and_those_of_one_year_left_out():
    before = pd.Series({"kent": "good", "wales": "exceptional", "gwent": "good", "essex": None})
    after = pd.Series({"essex": "good", "wales": "good", "kent": "good", "surrey": "good"})
    found = band_changes(before, after, BANDS)

    assert (found.trusts, found.changed) == (2, 1)
    assert found.table.loc["exceptional", "good"] == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], (0, None, None, "no trust has a band in both years")),
        ([None], ["good"], (0, None, None, "no trust has a band in both years")),
        (["good"], ["good"], (1, 0, None, "all trusts are in one band in both years")),
        (["good"] * 3, ["good"] * 3, (3, 0, None, "all trusts are in one band in both years")),
        (["good"] * 2, ["exceptional"] * 2, (2, 2, 0, "")),
        (["good", "exceptional"], ["good", "exceptional"], (2, 0, 1, "")),
    ],
)
def test_few_trusts_have_what_changes_they_have(before, after, expected):
    found = band_changes(series(before), series(after), BANDS)

    assert (found.trusts, found.changed, found.kappa, found.reason) == expected


def test_bands_that_cannot_be_compared_are_a_mistake():
    with pytest.raises(ValueError, match="there is no band fine"):
        band_changes(series(["fine"]), series(["good"]), BANDS)
    twice = pd.Series(["good", "good"], index=["kent", "kent"])
    with pytest.raises(ValueError, match="a trust can't be there twice"):
        band_changes(series(["good"]), twice, BANDS)


@pytest.mark.oracle(of=volatility)
def test_changes_by_chance_are_those_of_two_independent_years():
    cases = {"kent": (20, 30), "london": (100, 150), "wales": (7, 7)}
    truth = {"kent": Fraction(9, 10), "london": Fraction(23, 25), "wales": Fraction(4, 5)}
    first, second = (year({t: (n[y], n[y]) for t, n in cases.items()}) for y in (0, 1))
    found = under(
        one_measure(), true_shares(**{t: float(p) for t, p in truth.items()}), first, second, seed=1
    )

    edges = (Fraction(17, 20), Fraction(9, 10), Fraction(19, 20))
    changes = []
    for trust, n in cases.items():
        one, other = (
            oracle.share_band_chances(n[y], truth[trust], lambda s: BANDS[sum(s >= e for e in edges)])
            for y in (0, 1)
        )
        changes.append(float(1 - sum(chance * other.get(name, 0) for name, chance in one.items())))
    assert found.by_trust["probability_of_change"].tolist() == pytest.approx(changes, abs=0.02)
    assert found.expected_changes == pytest.approx(sum(changes), abs=0.03)
    assert found.excess == pytest.approx(0 - sum(changes), abs=0.03)
    assert found.probability == 1


@pytest.mark.worked_example(of=volatility)
def test_a_coin_changes_bands_every_other_time():
    """One case each and a true share of a half: 0% and 100% are as likely, and lie in the lowest
    and highest band. Of four such trusts two change on average; at least 1, with 15/16; and
    all four, as observed, with 1/16."""
    names = ("kent", "wales", "essex", "surrey")
    first, second = year(dict.fromkeys(names, (0, 1))), year(dict.fromkeys(names, (1, 1)))
    found = under(one_measure(), true_shares(**dict.fromkeys(names, 0.5)), first, second, seed=2)

    assert found.observed.changed == 4
    assert found.by_trust["probability_of_change"].tolist() == pytest.approx([0.5] * 4, abs=0.02)
    assert found.expected_changes == pytest.approx(2, abs=0.04)
    assert (found.lower, found.upper) == (0, 4)
    assert found.excess == pytest.approx(2, abs=0.04)
    assert found.probability == pytest.approx(1 / 16, abs=0.01)
    assert found.reason == ""


def test_a_trust_rated_in_one_year_only_says_so_and_is_not_counted():
    first, second = year({"kent": (9, 10), "wales": (9, 10)}), year({"kent": (8, 10), "wales": (0, 0)})
    found = under(one_measure(), true_shares(wales=0.85, kent=0.85), first, second, seed=1, draws=500)

    assert found.observed.trusts == 1
    assert found.by_trust["reason"].tolist() == ["", "there is no band in both years"]
    assert found.by_trust["probability_of_change"].isna().tolist() == [False, True]
    assert found.expected_changes == pytest.approx(found.by_trust["probability_of_change"]["kent"])


@pytest.mark.parametrize("counts", [{}, {"kent": (NAN, 10)}, {"kent": (0, 0)}])
def test_no_bands_have_no_volatility(counts):
    truth = pd.DataFrame({"timely": [0.9] * len(counts)}, index=list(counts))
    found = under(one_measure(), truth, year(counts), year(counts), seed=1, draws=5)

    assert found.reason == "no trust has a band in both years"
    assert (found.expected_changes, found.lower, found.upper, found.excess, found.probability) == (None,) * 5


def test_what_is_certain_never_changes():
    evidence = year({"kent": (0, 10), "wales": (10, 10)})
    found = under(one_measure(), true_shares(kent=0.0, wales=1.0), evidence, evidence, seed=1, draws=50)

    assert (found.expected_changes, found.upper, found.excess, found.probability) == (0, 0, 0, 1)


def test_draws_depend_on_the_seed_and_not_on_the_order_of_rows_or_empty_trusts():
    counts = {"kent": (9, 10), "wales": (17, 20), "essex": (30, 33)}
    backwards = {"empty": (NAN, NAN)} | {trust: counts[trust] for trust in reversed(counts)}
    shares = {"kent": 0.9, "wales": 0.85, "essex": 0.91}
    one, same, other = (
        under(one_measure(), true_shares(**truth), year(c), year(c), seed=seed, draws=300)
        for c, truth, seed in (
            (counts, shares, 1),
            (backwards, {"empty": NAN, **shares}, 1),
            (counts, shares, 2),
        )
    )

    assert same.expected_changes == one.expected_changes
    pd.testing.assert_frame_equal(same.by_trust.drop("empty"), one.by_trust, check_categorical=False)
    assert other.expected_changes != one.expected_changes


def test_targets_of_their_own_move_both_years():
    evidence = year({"kent": (90, 100)})
    own = pd.DataFrame({"timely": [0.95]}, index=["kent"])
    found = under(one_measure(), true_shares(kent=0.9), evidence, evidence, seed=1, draws=5, targets=own)

    assert found.observed.table.loc["requiring improvement", "requiring improvement"] == 1


@pytest.mark.parametrize(
    ("truth", "second", "message"),
    [
        (true_shares(kent=0.9), {"wales": (1, 2)}, "the evidence and the truth must be of the same trusts"),
        (true_shares(wales=0.9), {"kent": (1, 2)}, "the evidence and the truth must be of the same trusts"),
        (
            pd.DataFrame({"timely": [0.9, 0.8]}, index=["kent", "kent"]),
            {"kent": (1, 2)},
            "a trust can't be there twice",
        ),
        (true_shares(kent=NAN), {"kent": (1, 2)}, "the truth of what was observed must be given"),
        (true_shares(kent=90.0), {"kent": (1, 2)}, "must be a share"),
        (pd.DataFrame({"late": {"kent": 0.9}}), {"kent": (1, 2)}, "no column for timely"),
    ],
)
def test_years_that_cannot_be_compared_are_a_mistake(truth, second, message):
    with pytest.raises(ValueError, match=message):
        under(one_measure(), truth, year({"kent": (1, 2)}), year(second), seed=1, draws=5)


def test_years_of_other_trusts_are_a_mistake():
    first, second = (
        [RatedTogether(one_measure(), year({trust: (1, 2)}), true_shares(**{trust: 0.9}))]
        for trust in ("kent", "wales")
    )

    with pytest.raises(ValueError, match="both years must be of the same trusts"):
        volatility(first, second, BANDS, seed=1, draws=5)


@pytest.mark.worked_example(of=volatility)
def test_each_year_goes_through_its_own_scheme_and_targets():
    """Kent is at 92% for certain: good with edges at 85%, 90% and 95%, and no more than requiring
    improvement where they are at 90%, 95% and 98%. Wales is told by one case in the first year, none or all
    of it, and in the second, where half of all is exceptional, for certain."""
    certain = year({"kent": (920_000_000, 1_000_000_000)})
    harder = RatedTogether(one_measure((0, 0.05, 0.08)), certain, true_shares(kent=0.92))
    kent = RatedTogether(one_measure(), certain, true_shares(kent=0.92))
    wales = RatedTogether(one_measure(), year({"wales": (1, 1)}), true_shares(wales=0.5))
    easier = RatedTogether(
        one_measure(),
        year({"wales": (1_000_000, 2_000_000)}),
        true_shares(wales=0.5),
        pd.DataFrame({"timely": [0.4]}, index=["wales"]),
    )

    found = volatility([wales, kent], [harder, easier], BANDS, seed=1, draws=4_000)

    assert found.observed.changed == 1
    assert found.by_trust["probability_of_change"].tolist() == pytest.approx([1, 0.5], abs=0.05)
    assert found.expected_changes == pytest.approx(1.5, abs=0.05)
    assert (found.lower, found.upper, found.probability) == (1, 2, 1)


def test_bands_are_the_same_by_their_names():
    """Of a scheme of two bands and one of four, good and exceptional are in both."""
    evidence = year({"kent": (10, 10)})
    two = dataclasses.replace(one_measure((0.0,)), bands=BANDS[2:])
    truth = true_shares(kent=1.0)

    found = volatility(
        [RatedTogether(two, evidence, truth)],
        [RatedTogether(one_measure(), evidence, truth)],
        BANDS,
        seed=1,
        draws=5,
    )

    assert (found.observed.changed, found.expected_changes) == (0, 0)


def test_a_scheme_of_several_measures_is_simulated_whole():
    """Only overdue, a value with an error, is in doubt: its score is 1 or 4, so the band moves
    with it between two that lie apart by a quarter of 3."""
    scheme = two_domains(band_edges=(2.0, 3.5, 3.6))
    rows = [
        ("kent", "timely", 10, 10),
        ("kent", "complete", 10, 10),
        ("kent", "overdue", NAN, NAN, 0.2, 100.0),
    ]
    evidence = evidence_of(scheme, observations(*rows))
    truth = pd.DataFrame({"timely": [1.0], "complete": [1.0], "overdue": [0.2]}, index=["kent"])
    found = under(scheme, truth, evidence, evidence, seed=1)

    assert found.expected_changes == pytest.approx(0.5, abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize(("n", "stated"), [(100, 16.6), (400, 9.1), (1500, 5.9)])
def test_as_many_bands_change_by_chance_as_stated(n, stated):
    """Of 35 trusts with a true mean of 92% and standard deviation of 3 points, as methods 3.9
    states for one set of trusts; the mean over many sets is 17.7, 10.3 and 5.4."""
    expected = []
    for seed in range(25):
        random = np.random.default_rng(seed)
        shares = dict(zip(series([0] * 35).index, np.clip(random.normal(0.92, 0.03, 35), 0, 1), strict=True))
        evidence = year({trust: (round(n * share), n) for trust, share in shares.items()})
        found = under(one_measure(), true_shares(**shares), evidence, evidence, seed=seed, draws=200)
        expected.append(found.expected_changes)

    assert min(expected) < stated < max(expected)
    assert np.mean(expected) == pytest.approx(stated, abs=1.5)
