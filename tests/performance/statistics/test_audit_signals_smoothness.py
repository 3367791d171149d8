import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.statistics.audit_signals.questions import asked, asked_of_rows
from performance.statistics.audit_signals.smoothness import QUESTION, smoothness
from tests.oracles import dispersion as naive

NAN = math.nan


@pytest.mark.oracle(of=smoothness)
@given(st.lists(st.integers(-30, 30), min_size=5, max_size=20))
def test_smoothness_is_the_lower_tail_of_the_squares(tenths):
    z = [score / 10 for score in tenths] * 2
    found = smoothness(z)
    p = 1 - naive.chance_of_more(sum(score**2 for score in z), len(z)) if any(z) else 0.0

    assert found.p == pytest.approx(p, rel=1e-6, abs=1e-12)
    assert found.question == (QUESTION if p < 0.01 else "")


@pytest.mark.worked_example(of=smoothness)
def test_figures_that_vary_half_as_much_as_chance_raise_a_question():
    """Tables of chi-squared on 30: 14.95 leaves 1% below it, and 30 squares of 0.7 sum to 14.7."""
    found = smoothness([0.7, -0.7] * 15)

    assert (found.units, found.phi) == (30, pytest.approx(0.49))
    assert found.question == QUESTION
    assert smoothness([0.75, -0.75] * 15).question == ""


@pytest.mark.parametrize(("z", "units"), [([], 0), ([0.1] * 9, 9), ([*[0.1] * 9, NAN, None], 9)])
def test_fewer_than_ten_figures_are_refused(z, units):
    found = smoothness(z)

    assert found.reason == f"10 units are needed and there are {units}"
    assert (found.phi, found.p, found.question) == (None, None, "")


def test_figures_all_on_target_are_as_smooth_as_can_be():
    assert smoothness([0.0] * 10).question == QUESTION


@pytest.mark.worked_example(of=asked)
def test_a_question_is_asked_from_one_in_twenty_on():
    assert (asked("why?", 0.05), asked("why?", 0.051)) == ("why?", "")


@pytest.mark.worked_example(of=asked_of_rows)
def test_a_question_is_asked_in_its_rows_only():
    p = np.array([0.05, 0.051, NAN, 0.01])

    assert list(asked_of_rows("why?", p)) == ["why?", "", "", "why?"]
    assert list(asked_of_rows("why?", p, np.array([True, True, True, False]))) == ["why?", "", "", ""]
