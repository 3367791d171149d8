"""What can be wrong with the figures of a series: it is said in the right place, or refused in words.
Never an exception, never a silent zero, and nothing in JSON that isn't JSON.

What is decided where returns are read and jobs are done is in `test_bad_returns`."""

import math
import re
from itertools import chain
from typing import Any

import orjson
import pytest

from performance.calculation.tables import BY_NAME, TABLES, Results
from performance.vocabulary import WITHOUT_A_NUMBER
from tests.oracles import release_edges as edges
from tests.oracles import release_series as small
from tests.oracles.release_edges import EDGES, NOTHING, REOFFENDING, changed, one_year
from tests.oracles.release_record import the_public_record
from tests.performance.calculation.small_release import (
    Row,
    definitions,
    not_numbers,
    of_chance,
    of_edge,
    table,
    worked_out,
)

FRAMEWORK = "ptrs-2010"
# A year of it.
ALL_THERE = (11, 1, 0.0)
YEAR = edges.period(2010, 0, 12)
WHOLE = tuple(YEAR.values())


def release_of(figures: list[Row], frameworks: list[Row] | None = None) -> Results:
    return worked_out(figures, definitions(frameworks or small.frameworks(), small.places()))


def said(results: Results, topic: str, organisation: str = "") -> str:
    (text,) = (
        row["text"]
        for key, row in table(results, "sentences").items()
        if key[:2] == (organisation, topic) and key[2:] == WHOLE
    )
    return text


def national_of(results: Results, method: str, framework: str = FRAMEWORK) -> Row:
    (row,) = (
        row for key, row in table(results, "national").items() if key[1:4] == (method, framework, "all")
    )
    return row


def divergence_of(results: Results, organisation: str, framework: str = FRAMEWORK) -> Row:
    return table(results, "divergence")[framework, "all", organisation, *WHOLE]


def rating_of(results: Results, organisation: str, framework: str = FRAMEWORK, domain: str = "") -> Row:
    return table(results, "ratings")[framework, domain, organisation, *WHOLE]


def indicator_of(results: Results, measure: str, organisation: str) -> Row:
    return table(results, "indicators")[measure, organisation, *WHOLE]


# Whatever comes in


def check_nothing_is_silent(results: Results) -> None:
    """A figure or the reason why there is none, in every row of every table."""
    for row in table(results, "indicators").values():
        assert row["status"] not in WITHOUT_A_NUMBER or row["value"] is None
        assert row["target_status"] in ("met", "missed") or row["target"] is None or is_untold(row)
        assert row["value"] is not None or row["flag"] == "not-compared"
    for row in table(results, "predictions").values():
        assert (row["difference"] is None) == bool(row["reason"])
        assert (row["p"] is None) == bool(row["reason"] or row["flag_reason"])
        assert (row["verdict"] == "not compared") == (row["p"] is None)
    for row in table(results, "ratings").values():
        assert (row["score"] is None) == bool(row["reason"])
    check_divergence_is_not_silent(results)
    for row in table(results, "audit").values():
        assert (row["observed"] is None) == bool(row["reason"])
        assert not (row["question"] and row["reason"])
    for row in table(results, "national").values():
        assert row["estimate"] is not None or row["reason"]
        assert row["n"] > 0 or row["estimate"] is None
    for row in table(results, "changes").values():
        assert "cannot-tell" not in (row["variation"], row["assurance"]) or row["reason"]
        assert (row["change"] is None) == bool(row["change_reason"])
    for row in table(results, "sentences").values():
        assert not re.search(r"\b(nan|NaN|None(?! of)|inf|NaT)\b", row["text"]), row["text"]


def check_divergence_is_not_silent(results: Results) -> None:
    for row in table(results, "divergence").values():
        assert (row["quadrant"] == "not-compared") == bool(row["reason"]) == (row["probability"] is None)
        assert (row["process"] is None) <= bool(row["reason"]) and (row["outcome"] is None) <= bool(
            row["reason"]
        )
        lower, rank = row["process_rank_lower"], row["process_rank"]
        assert (lower is None) == (rank is None)
        assert rank is None or 1 <= lower <= rank <= row["ranked"]


def is_untold(row: Row) -> bool:
    """No value, or no side of it that is good."""
    return row["target_status"] == "cannot-tell"


def check_json(results: Results) -> None:
    for document in chain(results["changes"]["points"], results["ratings"]["band_probabilities"]):
        # Without options orjson writes NaN as null, where nothing shows that it was there.
        assert orjson.loads(orjson.dumps(document)) == document
        assert not list(not_numbers(document))


@pytest.mark.slow
@pytest.mark.parametrize("edge", [*EDGES, the_public_record], ids=lambda edge: edge.__name__)
def test_every_row_has_its_figure_or_the_reason_why_not(edge):
    results = of_edge(edge)

    check_nothing_is_silent(results)
    check_json(results)


@pytest.mark.slow
def test_so_it_is_in_a_series_full_of_gaps():
    results = of_chance(5, 3, 0.1)

    check_nothing_is_silent(results)
    check_json(results)


# One thing at a time


def test_a_series_with_one_trust_says_that_one_is_too_few():
    results = of_edge(edges.one_trust)

    for method in ("spearman", "weighted-rank", "latent", "process-reliability", "against-chance"):
        row = national_of(results, method)
        assert (row["estimate"], row["n"]) == (None, 1)
        assert row["reason"] == "10 trusts with both figures are needed and there are 1"
    assert national_of(results, "detectable")["reason"] == "10 trusts are needed and there are 1"
    assert said(results, "rank-correlation") == (
        "Whether process attainment and outcome go together in 2010-11 can't be told, because 10 trusts with "
        "both figures are needed and there are 1."
    )
    assert said(results, "process").startswith("The one trust with figures met ")
    # Nobody to add it up with, nobody to compare it with.
    assert set(results["indicators"]["organisation"]) == {"avon"}
    assert set(results["indicators"]["flag"]) == {"not-compared"}
    assert set(results["predictions"]["national_verdict"]) == {"not compared"}
    assert divergence_of(results, "avon")["quadrant"] != "not-compared"


def test_a_measure_without_any_target_judges_nobody():
    results = release_of(changed(one_year(), "breaches-late", "", target=None))

    own = indicator_of(results, "breaches-late", "avon")
    assert (own["target"], own["target_status"], own["attainment"]) == (None, "no-target", None)
    assert own["value"] is not None
    parted = divergence_of(results, "avon")
    assert parted["targets_judged"] == 2
    assert parted["process"] is not None
    assert said(results, "without-target") == (
        "Of the 4 measures of timeliness, volume and compliance for 2010-11 under PTRS 2010, 1 has no target "
        "with its figures and 1 has no figures, so nobody can be judged by those."
    )


def test_without_any_target_there_is_no_process_and_no_rating():
    results = release_of(changed(one_year(), "", "", target=None))

    parted = divergence_of(results, "avon")
    assert (parted["process"], parted["attainment"], parted["quadrant"]) == (None, None, "not-compared")
    assert parted["reason"] == "no process measure has both a figure and a target"
    # The outcome is told all the same.
    assert parted["outcome"] is not None
    assert rating_of(results, "avon")["reason"] == "no measure of Delivery has a target"
    assert said(results, "without-process") == (
        "None of 12 trusts has a figure of process for 2010-11, because no process measure has both a figure "
        "and a target."
    )


def test_a_trust_without_a_target_is_not_judged_by_that_of_others():
    results = release_of(changed(one_year(), "", "avon", target=None))

    assert divergence_of(results, "avon")["targets_judged"] == 0
    assert divergence_of(results, "cumbria")["targets_judged"] == 3
    assert "less than half of the weight of Delivery could be scored" in rating_of(results, "avon")["reason"]


def test_a_framework_that_does_not_say_how_it_scored_rates_nobody():
    plans = small.frameworks()
    plans[0] |= {"steps": (), "band_edges": ()}

    results = release_of(one_year(), plans)

    unknown = "how PTRS 2010 turned results into bands isn't known"
    row = rating_of(results, "avon")
    assert (row["score"], row["band"], row["weight_used"], row["reason"]) == (None, None, None, unknown)
    assert row["band_probabilities"] == {}
    told = national_of(results, "misbanded")
    assert (told["estimate"], told["n"], told["reason"]) == (None, 0, unknown)
    assert said(results, "bands") == (
        f"None of 12 trusts has a rating for 2010-11 under PTRS 2010, because {unknown}."
    )
    # Process needs no scoring.
    assert divergence_of(results, "avon")["process"] is not None


def test_a_framework_without_measures_of_process_compares_nobody():
    plan = small.framework(FRAMEWORK, 2010, [small.entry(REOFFENDING, "results")])

    results = release_of(one_year(), [plan])

    parted = divergence_of(results, "avon")
    assert (parted["process"], parted["targets_judged"], parted["quadrant"]) == (None, 0, "not-compared")
    assert parted["reason"] == "the framework gives no process measure any weight"
    assert national_of(results, "ceiling")["reason"] == "a figure is not given"
    assert said(results, "quarters") == (
        "None of 12 trusts can be compared on process and outcome for 2010-11."
    )
    assert said(results, "without-target") == (
        "No measure of timeliness, volume and compliance has weight for 2010-11 under PTRS 2010, so nobody "
        "is judged by one."
    )


def test_trusts_without_a_prediction_are_named_and_others_are_compared():
    found = one_year()
    for slug in ("avon", "kent"):
        found = changed(found, REOFFENDING, slug, expected=None)

    results = release_of(found)

    row = table(results, "predictions")[REOFFENDING, "avon", *WHOLE]
    assert (row["difference"], row["expected"], row["reason"]) == (None, None, "no prediction is given")
    assert row["observed"] > 0
    assert divergence_of(results, "avon")["reason"] == "on reoffending, no prediction is given"
    assert national_of(results, "spearman")["n"] == 10
    assert said(results, "without-outcome") == (
        "2 of 12 trusts have no result against prediction for 2010-11: Avon and Kent (no prediction is "
        "given)."
    )
    # A region's cases with and without a prediction don't make one.
    south = table(results, "predictions")[REOFFENDING, "south", *WHOLE]
    assert (south["expected"], south["reason"]) == (None, "no prediction is given")
    note = indicator_of(results, REOFFENDING, "south")["note"]
    assert note == "Added up from 7 trusts; no predicted number, as 2 of them have none."


def test_without_any_reoffending_the_release_says_so():
    results = release_of([row for row in one_year() if row["measure"] != REOFFENDING])

    assert divergence_of(results, "avon")["reason"] == "no reoffending is told for the year"
    assert said(results, "without-outcome") == (
        "None of 12 trusts has a result against prediction for 2010-11, because no reoffending is told for "
        "the year."
    )


def in_june(found: list[Row], measure: str, **changes: Any) -> list[Row]:
    """One month of Avon's as the changes have it."""
    return [
        row | changes
        if (row["organisation"], row["measure"], row["period_end"].month) == ("avon", measure, 6)
        else row
        for row in found
    ]


def test_a_share_of_a_year_with_a_gap_says_which_month_is_missing():
    results = release_of(in_june(one_year(), "reports-on-time", **NOTHING, status="missing"))

    row = indicator_of(results, "reports-on-time", "avon")
    assert row["status"] == "reported"
    assert row["note"] == "Added up from 11 of 12 months; June 2010 is missing."
    assert said(results, "missing", "avon") == (
        "1 of 5 yearly figures of Avon added up for 2010-11 rests on fewer than all months or quarters."
    )


def test_a_count_of_a_year_with_a_gap_is_no_count_and_no_0():
    results = release_of(in_june(one_year(), "programmes", **NOTHING, status="missing"))

    row = indicator_of(results, "programmes", "avon")
    assert (row["status"], row["value"], row["target_status"]) == ("missing", None, "no-target")
    assert row["note"] == "Can't be added up: June 2010 is missing."
    nation = indicator_of(results, "programmes", "england-and-wales")
    assert (nation["status"], nation["value"]) == ("missing", None)
    assert nation["note"] == "Can't be added up: Avon has no figure."


@pytest.mark.parametrize(
    ("status", "numbers", "value", "note"),
    [
        ("nil", {"value": 0.0}, 11, "Added up from 12 months."),
        ("missing", {}, None, "Can't be added up: June 2010 is missing."),
        (
            "suppressed",
            {},
            None,
            "Not added up, as the one suppressed figure could be worked out from the sum: June 2010 is "
            "suppressed.",
        ),
        ("not-applicable", {}, 11, "Added up from 11 months; June 2010 doesn't apply."),
    ],
)
def test_nil_missing_suppressed_and_not_applicable_stay_four_things(status, numbers, value, note):
    found = changed(one_year(), "programmes", "avon", value=1.0)

    results = release_of(in_june(found, "programmes", **NOTHING | numbers, status=status))

    row = indicator_of(results, "programmes", "avon")
    assert (row["value"], row["note"]) == (value, note)


def test_nan_is_a_figure_that_is_not_given():
    def with_holes(hole: float | None) -> list[Row]:
        found = changed(one_year(), "absence", "avon", value=hole, target=hole)
        found = changed(found, REOFFENDING, "cumbria", expected=hole)
        return changed(found, "settled", "dorset", numerator=hole, value=hole)

    offered, not_given = release_of(with_holes(math.nan)), release_of(with_holes(None))

    for each in TABLES:
        assert table(offered, each.name) == table(not_given, each.name)
    check_nothing_is_silent(offered)
    check_json(offered)


@pytest.mark.parametrize(
    ("column", "number"), [("value", math.inf), ("value", -math.inf), ("target", math.inf)]
)
def test_infinity_is_refused_in_words(column, number):
    with pytest.raises(ValueError, match="infinite"):
        release_of(changed(one_year(), "absence", "avon", **{column: number}))


@pytest.mark.parametrize("name", [each.name for each in TABLES])
def test_no_table_takes_infinity(name):
    results = of_chance(*ALL_THERE)
    columns = [c for c in BY_NAME[name].figures if results[name][c].dtype == float]

    for column in columns:
        frame = results[name].copy()
        frame.loc[frame.index[0], column] = math.inf
        with pytest.raises(ValueError, match=f"a figure of '{column}' is infinite"):
            BY_NAME[name].tidied(frame)
