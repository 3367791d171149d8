import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.reoffending.verdicts import (
    AgainstEarlierYear,
    AgainstNational,
    AgainstPrediction,
    DesignEffects,
    design_effect,
    verdict_columns,
    verdicts,
)
from tests.oracles import reoffending as naive

NAN = math.nan
ALL_WORDS = [AgainstPrediction, AgainstNational, AgainstEarlierYear]


@pytest.mark.oracle(of=verdicts)
@given(st.floats(0, 1), st.floats(-1, 1))
def test_a_verdict_is_what_p_and_the_sign_say(p, difference):
    found = verdicts(AgainstPrediction, np.array([p]), np.array([difference]))

    assert list(found) == [naive.verdict(p, difference, "predicted")]


@pytest.mark.worked_example(of=verdicts)
@pytest.mark.parametrize("words", ALL_WORDS)
def test_the_edges_of_a_verdict(words):
    p = np.array([0.002, 0.0021, 0.05, 0.051, 1.0, NAN, 0.0])
    found = verdicts(words, p, np.array([-1.0, -1, 1, 1, 0, 1, 1]))

    assert list(found) == [
        words.LOWER_998,
        words.LOWER_95,
        words.HIGHER_95,
        words.NOT_DIFFERENT,
        words.NOT_DIFFERENT,
        words.NOT_COMPARED,
        words.HIGHER_998,
    ]


@pytest.mark.parametrize("words", ALL_WORDS)
def test_no_verdict_says_that_a_trust_brought_it_about(words):
    for word in words:
        assert "caus" not in word
        assert "effect" not in word
        assert word == word[0].lower() + word[1:]
        assert not word.endswith(".")


@pytest.mark.worked_example(of=verdict_columns)
def test_a_verdict_changes_where_the_design_effects_disagree():
    usual, least, most = np.array([[0.04, 0.3, NAN, 0.001], [0.01, 0.2, NAN, 0.0001], [0.1, 0.4, NAN, 0.003]])
    found = verdict_columns(AgainstNational, (usual, least, most), np.array([-1.0, -1, 1, 1]))

    assert list(found["verdict_changes"]) == [True, False, False, True]
    assert list(found["verdict"])[0] == AgainstNational.LOWER_95
    assert list(found["verdict_if_least"])[3] == AgainstNational.HIGHER_998
    assert list(found["verdict_if_most"])[3] == AgainstNational.HIGHER_95


@pytest.mark.worked_example(of=design_effect)
@pytest.mark.parametrize(
    ("snapshots", "correlation", "effect"), [(4, 0.1, 1.3), (4, 0.3, 1.9), (1, 0.5, 1), (4, 0, 1), (4, 1, 4)]
)
def test_a_design_effect_worked_out_by_hand(snapshots, correlation, effect):
    assert design_effect(snapshots, correlation) == pytest.approx(effect)


@pytest.mark.oracle(of=design_effect)
@given(st.integers(1, 8), st.floats(0, 1))
def test_a_design_effect_is_the_variance_of_a_sum_of_correlated_cases(snapshots, correlation):
    """Over that of independent ones: the sum of all entries of their correlation matrix, by number."""
    total = sum(1 if i == j else correlation for i in range(snapshots) for j in range(snapshots))

    assert design_effect(snapshots, correlation) == pytest.approx(total / snapshots)


@pytest.mark.parametrize(
    ("snapshots", "correlation"), [(0.5, 0.1), (4, -0.1), (4, 1.1), (NAN, 0.1), (4, NAN), (math.inf, 0.1)]
)
def test_an_impossible_design_effect_is_a_mistake(snapshots, correlation):
    with pytest.raises(ValueError, match="snapshots must be 1 or more"):
        design_effect(snapshots, correlation)


@pytest.mark.parametrize("effects", [(0.9, 1, 1), (1, 0.9, 2), (1, 2, 1.5), (1, 1, math.inf), (NAN, 1, 1)])
def test_design_effects_rise_from_1(effects):
    with pytest.raises(ValueError, match="design effects must rise from 1 or more"):
        DesignEffects(*effects)
