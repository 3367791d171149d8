import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.calculation.sums import with_sums
from tests.oracles import sums as naive
from tests.performance.calculation.frames import (
    AREAS,
    TODAY,
    TRUSTS,
    financial_year,
    frame,
    places,
    row,
    trust,
)
from tests.performance.calculation.sums_examples import LENGTHS, MONTHS, WHOLE, added, kent, kents_year

# Against the plain calculation


def numbers(unit):
    if unit == "count":
        return st.fixed_dictionaries(
            {"value": st.integers(0, 50), "numerator": st.none() | st.integers(0, 9)}
        )
    counts = st.integers(0, 30).flatmap(
        lambda n: st.fixed_dictionaries(
            {
                "numerator": st.integers(0, n),
                "denominator": st.just(n),
                "expected": st.sampled_from([None, 2.5]),
            }
        )
    )
    return counts | st.just({"value": 71})


@st.composite
def figures(draw, unit):
    status = draw(st.sampled_from(["reported"] * 8 + ["nil", "missing", "suppressed", "not-applicable"]))
    return {
        "unit": unit,
        "status": status,
        "target": draw(st.sampled_from([90, 90, 90, 85.5, None])),
        "framework": draw(st.sampled_from(["ptrs"] * 9 + ["ippf", ""])),
        **(draw(numbers(unit)) if status == "reported" else {}),
    }


@st.composite
def measures(draw):
    """One measure of several organisations, with periods that may lack some."""
    unit = draw(st.sampled_from(["share", "share", "count"]))
    shared = {
        "measure": draw(st.sampled_from(["a", "b"])),
        "kind": draw(st.sampled_from(["volume", "resource"])),
    }
    slugs = [slug for slugs in [*TRUSTS.values(), *AREAS.values()] for slug in slugs]
    chosen = draw(st.lists(st.sampled_from([*slugs, "north", "england-and-wales"]), min_size=1, unique=True))
    rows = []
    for slug in chosen:
        periods = LENGTHS[draw(st.sampled_from(["months", *LENGTHS]))]
        leaves_out = draw(st.sets(st.integers(0, len(periods) - 1), max_size=2))
        for number, period in enumerate(periods):
            if number not in leaves_out:
                kind = "area" if slug.endswith("-area") else "trust" if slug in slugs else "nation"
                rows.append(
                    row(organisation=slug, organisation_kind=kind, **shared, **draw(figures(unit)), **period)
                )
    return rows


NAIVE_PLACES = {
    "groups": [
        {"slug": slug, "structure": structure, "members": members}
        for is_area in (False, True)
        for slug, structure, everyone in [
            (
                "england-and-wales",
                "then",
                [s for slugs in (AREAS if is_area else TRUSTS).values() for s in slugs],
            ),
            *((region, "then", slugs) for region, slugs in (AREAS if is_area else TRUSTS).items()),
            *((region, "today", slugs) for region, slugs in TODAY.items()),
        ]
        if len(members := [slug for slug in everyone if slug.endswith("-area") == is_area]) > 1
    ]
}


@settings(max_examples=60)
@given(st.dictionaries(st.just("one"), measures(), min_size=1), st.randoms(use_true_random=False))
def test_any_year_adds_up_as_in_the_plain_calculation(drawn, random):
    (rows,) = drawn.values()
    expected = naive.added_rows(rows, NAIVE_PLACES)
    random.shuffle(rows)

    results = added(*rows)

    assert len(results) == len(expected)
    for (_, *key), wanted in expected.items():
        assert_the_same(results[tuple(key)], wanted)


def assert_the_same(result, wanted):
    for name in naive.TELLING:
        if isinstance(wanted[name], str) or wanted[name] is None:
            assert result[name] == wanted[name], (name, result, wanted)
        else:
            assert result[name] == pytest.approx(float(wanted[name])), (name, result, wanted)


# What comes in


def test_no_figures_at_all_have_no_sums():
    result = with_sums(frame(), places())

    assert len(result) == 0
    assert "structure" in result


def test_one_trust_alone_has_its_years():
    assert set(added(*kents_year())) == {("kent", WHOLE["period_start"], WHOLE["period_end"])}


def test_two_years_at_once_are_refused():
    with pytest.raises(ValueError, match="one financial year at a time"):
        with_sums(frame(kent(), kent() | financial_year(2011)), places())


def test_one_figure_twice_is_refused():
    with pytest.raises(ValueError, match="is there twice"):
        with_sums(frame(kent(1), kent(2)), places())


def test_texts_may_be_categories_or_not_and_days_of_any_resolution():
    rows = frame(*kents_year())
    texts = {name: "category" for name in rows.select_dtypes(["object", "string"])}
    days = {name: "datetime64[ns]" for name in ("period_start", "period_end")}

    of_texts, of_categories = (with_sums(f, places()) for f in (rows, rows.astype(texts).astype(days)))

    pd.testing.assert_frame_equal(of_texts.astype(object), of_categories.astype(object), check_dtype=False)


def test_the_frame_that_came_in_is_left_as_it_was():
    figures = frame(*kents_year())
    before = figures.copy(deep=True)

    with_sums(figures, places())

    pd.testing.assert_frame_equal(figures, before)


def test_no_sum_is_infinite_or_a_silent_zero():
    rows = [trust(slug, numerator=0, denominator=0) | MONTHS[0] for slug in TRUSTS["north"]]

    (north,) = (
        r for (name, *_), r in added(*rows).items() if name == "north" and _[1] == MONTHS[0]["period_end"]
    )

    assert (north["value"], north["status"]) == (None, "nil")
    assert not any(isinstance(cell, float) and math.isinf(cell) for cell in north.values())
