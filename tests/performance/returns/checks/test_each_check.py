"""Each check, with figures that are as they should be and figures that aren't."""

import re

import pytest

from performance.models import Finding
from performance.returns.checks import CHECKS
from tests.performance.returns.checks import cases_of_cells, cases_of_figures, cases_over_time
from tests.performance.returns.checks.frames import Case

CASES: list[Case] = [*cases_of_cells.CASES, *cases_of_figures.CASES, *cases_over_time.CASES]
BY_CODE = {check.code: check for check in CHECKS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.said}")
def test_a_check_finds_what_it_should_and_nothing_else(case):
    assert case.found_by(BY_CODE[case.code]) == case.found


def test_every_check_has_figures_that_pass_and_figures_that_fail():
    assert {case.code for case in CASES if case.found} == set(BY_CODE)
    assert {case.code for case in CASES if not case.found} == set(BY_CODE)


def test_every_check_has_a_code_of_its_own_that_can_be_stored():
    assert len(BY_CODE) == len(CHECKS)
    longest = Finding._meta.get_field("code").max_length
    for code in BY_CODE:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
        assert len(code) <= longest


def test_every_check_says_what_must_hold():
    for check in CHECKS:
        assert re.fullmatch(r"[A-Z].*[^.]\.", check.holds), check.code


@pytest.mark.parametrize("case", [case for case in CASES if case.found], ids=lambda case: case.code)
def test_what_is_found_is_a_sentence(case):
    for _, _, sentence in case.found:
        assert re.fullmatch(r"[A-Z].*[^.]\.", sentence)
        assert not re.search(r"\b(nan|NaN|NaT|None)\b", sentence)
