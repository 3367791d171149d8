import pandas as pd
import pytest

from performance.vocabulary import Kind, Polarity
from tests.performance.calculation.sentences_examples import (
    NAN,
    NOTHING_COMPARED,
    YEAR_BEFORE,
    measure,
    plan,
    texts,
)

SHORT = {"note": "Added up from 11 of 12 months; August 2011 is missing."}
UNTOLD = {"status": "missing", "note": "Can't be added up: August 2011 is missing."}


def missing(organisation: str, *rows: dict[str, object]) -> str | None:
    return texts(organisation, divergence=[{}], indicators=list(rows)).get("missing")


def test_gaps_are_told_of_each_organisation_and_of_all():
    rows = (
        {"measure": "a", **SHORT},
        {"measure": "b", **SHORT},
        {"measure": "c", **UNTOLD},
        {"measure": "d"},
        {"organisation": "wales", "measure": "a", **SHORT},
        {"organisation": "wales", "measure": "b"},
        {"organisation": "kent", "measure": "a"},
    )

    assert missing("london", *rows) == (
        "2 of 4 yearly figures of London Probation Trust added up for 2011-12 rest on fewer than all "
        "months or quarters, and 1 can't be told at all."
    )
    assert missing("wales", *rows) == (
        "1 of 2 yearly figures of Wales Probation Trust added up for 2011-12 rests on fewer than all "
        "months or quarters."
    )
    assert missing("kent", *rows) is None
    assert missing("", *rows) == (
        "3 of 7 yearly figures added up for 2011-12 rest on fewer than all months or quarters, and 1 "
        "can't be told at all."
    )


def test_figures_that_can_not_be_told_alone():
    rows = (UNTOLD | {"status": "suppressed"}, {"measure": "b"})

    assert missing("london", *rows) == (
        "1 of 2 yearly figures of London Probation Trust added up for 2011-12 can't be told, as "
        "not all months or quarters can be added up."
    )


@pytest.mark.parametrize(
    "row",
    [
        {"observation_id": 7.0, **SHORT},
        {"structure": "today", **SHORT},
        {
            "organisation": "london-region",
            "note": "Added up from 4 of 5 trusts; Wales Probation Trust has no figure.",
        },
        {"period_end": pd.Timestamp("2011-06-30"), **SHORT},
        {"note": "Added up from 12 months."},
        {"note": None},
    ],
)
def test_what_was_sent_is_whole_or_is_made_of_organisations_has_no_gap(row):
    assert missing("", row) is None


def test_gaps_belong_to_their_year():
    rows = ({**SHORT}, {**YEAR_BEFORE, "note": "Added up from 12 months."})

    assert missing("london", *rows).startswith(
        "1 of 1 yearly figure of London Probation Trust added up for 2011-12"
    )


def test_gaps_are_told_without_any_comparison():
    assert "missing" in texts("london", indicators=[SHORT])


def test_who_has_no_figures_is_named_by_reason():
    lacking = {"organisation": "trust-1"} | NOTHING_COMPARED
    said = texts(
        divergence=[
            {},
            lacking,
            lacking | {"organisation": "trust-2"},
            lacking
            | {"organisation": "trust-3", "reason": "too little; no reoffending is told for the year"},
        ],
        predictions=[{"organisation": "trust-2", "expected": NAN, "reason": "there are no cases"}],
    )

    assert said["without-process"] == (
        "3 of 4 trusts have no figure of process for 2011-12: Trust 01 and Trust 02 (no process "
        "measure has both a figure and a target); Trust 03 (too little)."
    )
    assert said["without-outcome"] == (
        "3 of 4 trusts have no result against prediction for 2011-12: Trust 01 (no prediction is "
        "given); Trust 03 (no reoffending is told for the year); Trust 02 (there are no cases)."
    )


def test_one_of_many_all_for_one_reason_and_many_names():
    lacking = [{"organisation": f"trust-{number}"} | NOTHING_COMPARED for number in range(1, 11)]

    assert texts(divergence=[{}, lacking[0]])["without-outcome"] == (
        "1 of 2 trusts has no result against prediction for 2011-12: Trust 01 (no prediction is given)."
    )
    assert texts(divergence=lacking)["without-outcome"] == (
        "None of 10 trusts has a result against prediction for 2011-12, because no prediction is given."
    )
    assert texts(divergence=lacking[:1])["without-process"] == (
        "The one trust has no figure of process for 2011-12, because no process measure has both a "
        "figure and a target."
    )
    assert texts(divergence=[{}, *lacking])["without-process"].endswith(
        "Trust 07, Trust 08 and 2 others (no process measure has both a figure and a target)."
    )
    other = lacking[1] | {"reason": "too little; on reoffending, there are no cases"}
    assert texts(divergence=[lacking[0], other])["without-process"] == (
        "None of 2 trusts has a figure of process for 2011-12: Trust 01 (no process measure has both "
        "a figure and a target); Trust 02 (too little)."
    )
    assert texts(divergence=[{}]).keys().isdisjoint({"without-process", "without-outcome"})


def without_target(plans: tuple[object, ...], *rows: dict[str, object]) -> str | None:
    return texts("", plans, divergence=[{}], indicators=list(rows)).get("without-target")


def test_measures_without_target_or_figures():
    rows = (
        {"measure": "measure-1"},
        {"measure": "measure-2", "target_status": "no-target"},
        {"measure": "measure-3", "target_status": "no-target"},
        {"measure": "measure-3", "target_status": "missed", "organisation": "wales"},
        {"measure": "measure-4", "target_status": "cannot-tell"},
        {"measure": "measure-5", **YEAR_BEFORE},
    )

    assert without_target((plan(5),), *rows) == (
        "Of the 5 measures of timeliness, volume and compliance under PTRS 2011-12, 1 has no target "
        "with its figures and 1 has no figures, so nobody can be judged by those."
    )
    assert without_target((plan(2),), *rows) == (
        "Of the 2 measures of timeliness, volume and compliance under PTRS 2011-12, 1 has no target "
        "with its figures, so nobody can be judged by it."
    )
    assert without_target((plan(1),), *rows) is None
    assert without_target((), *rows) is None


def test_no_figures_at_all():
    assert without_target((plan(3),)) == (
        "Of the 3 measures of timeliness, volume and compliance under PTRS 2011-12, 3 have no "
        "figures, so nobody can be judged by those."
    )


def test_a_framework_without_weights():
    measures = (
        measure("a", weight=0.0),
        measure("b", kind=Kind.OUTCOME),
        measure("c", polarity=Polarity.NONE),
    )

    assert without_target((plan(measures=measures),), {"measure": "a"}) == (
        "No measure of timeliness, volume and compliance has weight under PTRS 2011-12, so nobody is "
        "judged by one."
    )


def test_a_release_in_which_nothing_can_be_compared_says_so():
    rows = [{"period_start": YEAR_BEFORE["period_start"]}, {"period_end": pd.Timestamp("2013-03-31")}]

    assert texts(indicators=rows) == {
        "quarters": (
            "Process and outcome can't be set beside each other for any organisation from "
            "April 2010 to March 2013, because none has a year's figures under a framework."
        )
    }


def test_a_release_of_one_day_says_on_which():
    day = pd.Timestamp("2007-12-31")

    said = texts(indicators=[{"period_start": day, "period_end": day}])["quarters"]

    assert said.startswith(
        "Process and outcome can't be set beside each other for any organisation on 31 December 2007, because"
    )
