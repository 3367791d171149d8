"""Groups of a reader's own against sums in plain Python."""

import datetime
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculation.own_groups import NOT_MEASURED, own_group
from performance.calculation.sum_notes import GIVES_AWAY, of_organisations, tells_of_gaps
from tests.oracles.own_groups import together

MEMBERS = ["dorset", "hampshire", "kent", "london"]
WORDING = of_organisations(("trust", "trusts"), ["Dorset", "Hampshire", "Kent", "London"])
YEAR = {"period_start": datetime.date(2010, 4, 1), "period_end": datetime.date(2011, 3, 31)}
FIGURES = dict.fromkeys(("numerator", "denominator", "expected", "value", "target"))


def share(organisation, numerator=None, denominator=None, status="reported", **more):
    counts = {"numerator": numerator, "denominator": denominator}
    same = {"measure": "reports", "unit": "share", "organisation": organisation, "is_partial": False}
    return {**same, **YEAR, **FIGURES, **counts, "status": status, **more}


def count(organisation, value=None, status="reported", **more):
    return share(organisation, status=status, measure="starts", unit="count", value=value, **more)


def group(*rows):
    """The one row that a group of these has, without what is missing in it."""
    (found,) = own_group(pd.DataFrame(list(rows)), MEMBERS, WORDING).to_dict("records")
    return {
        name: value for name, value in found.items() if not (isinstance(value, float) and math.isnan(value))
    }


statuses = st.sampled_from(["reported"] * 6 + ["nil", "missing", "suppressed", "not-applicable"])


@st.composite
def shares(draw, organisation):
    status = draw(statuses)
    if status != "reported":
        return share(organisation, status=status)
    n = draw(st.integers(0, 2_000))
    return share(organisation, draw(st.integers(0, n)), n) if draw(st.integers(0, 9)) else share(organisation)


@st.composite
def counts(draw, organisation):
    status = draw(statuses)
    value = float(draw(st.integers(0, 500))) if status == "reported" and draw(st.integers(0, 9)) else None
    return count(organisation, value, status)


def all_of(kind):
    return st.tuples(*(kind(member) for member in MEMBERS)).map(list)


@pytest.mark.oracle(of=own_group)
@given(rows=st.one_of(all_of(shares), all_of(counts)), absent=st.lists(st.integers(0, 3), max_size=1))
def test_a_group_is_the_sum_of_its_members_or_says_why_it_is_none(rows, absent):
    there = [row for place, row in enumerate(rows) if place not in absent]
    expected = together([None if place in absent else row for place, row in enumerate(rows)])
    found = group(*there)

    assert {name: found.get(name) for name in expected} == pytest.approx(expected, abs=1e-9)
    assert ("value" in found) == ("value" in expected)


def test_a_share_is_of_all_cases_together_and_no_mean_of_percentages():
    found = group(share("dorset", 9, 10), *(share(slug, 10, 100) for slug in MEMBERS[1:]))

    assert (found["numerator"], found["denominator"]) == (39, 310)
    assert found["value"] == pytest.approx(100 * 39 / 310)
    assert found["note"] == "Added up from 4 trusts."


@pytest.mark.parametrize(
    ("rows", "status", "note"),
    [
        (
            [share("dorset", 1, 2), share("hampshire", 1, 2)],
            "missing",
            "Can't be added up: Kent and London have no figure.",
        ),
        (
            [share(slug, 1, 2) for slug in MEMBERS[:3]] + [share("london", status="suppressed")],
            "suppressed",
            f"{GIVES_AWAY}: London has a suppressed figure.",
        ),
        (
            [share(slug, 1, 2) for slug in MEMBERS[:3]] + [share("london", status="not-applicable")],
            "reported",
            "Added up from 3 trusts; London isn't measured by this.",
        ),
        ([share(slug, status="not-applicable") for slug in MEMBERS], "not-applicable", NOT_MEASURED),
        (
            [share(slug, 1, 2) for slug in MEMBERS[:3]] + [share("london", 1, 2, is_partial=True)],
            "reported",
            "Added up from 4 trusts; London has part of the period only.",
        ),
    ],
)
def test_a_group_says_who_is_missing_and_is_told_only_if_nobody_is(rows, status, note):
    found = group(*rows)

    assert (found["status"], found["note"]) == (status, note)
    assert ("numerator" in found) == (status == "reported")


def test_measures_units_and_periods_are_apart_and_a_count_has_no_interval():
    rows = [share(slug, 1, 4) for slug in MEMBERS] + [count(slug, 5.0) for slug in MEMBERS]
    found = own_group(pd.DataFrame(rows), MEMBERS, WORDING).set_index("measure")

    assert found["value"].to_dict() == {"reports": 25.0, "starts": 20.0}
    assert found["lower"].notna().to_dict() == {"reports": True, "starts": False}


@pytest.mark.parametrize(
    ("note", "tells"),
    [
        ("Added up from 11 of 12 months; August 2010 is missing.", True),
        ("Added up from 12 months.", False),
        ("Added up from 3 trusts; one of them isn't measured by this.", False),
        ("12 of 12 months.", False),
        ("", False),
    ],
)
def test_only_a_sum_with_gaps_tells_of_them(note, tells):
    assert tells_of_gaps(note) is tells
