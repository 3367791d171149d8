"""What is said of one kind of process alone, of all trusts together."""

import pytest

from performance.calculation.sentences import sentences
from tests.performance.calculation.sentences_examples import (
    KINDS,
    NAMES,
    NOTHING_COMPARED,
    YEAR_BEFORE,
    plan,
    results,
    texts,
)

RANKS = {"kind": "timeliness", "estimate": -0.42, "lower": -0.67, "upper": -0.09, "p": 0.0134}
SHOWN = (
    {"kind": "timeliness", "method": "least-significant", "estimate": 0.334},
    {"kind": "timeliness", "method": "detectable", "estimate": 0.462},
)
CHANCE = {
    "kind": "timeliness",
    "method": "against-chance",
    "estimate": 6.44,
    "by_chance": 4.34,
    "lower": 2.34,
    "upper": 6.45,
    "p": 0.0259,
}
FEW = "10 trusts with both figures are needed and there are 4"
UNCOUNTED = "no volume measure has both its cases and a target above 0"
OF_VOLUME = {"kind": "volume", "quadrant": "not-compared", "reason": UNCOUNTED}
VOLUME_REFUSED = tuple(
    {"kind": "volume", "method": method, "n": 0, "reason": FEW.replace("4", "0")}
    for method in ("spearman", "least-significant", "detectable", "against-chance")
)


def said(*national, divergence=({},)):
    return texts(divergence=list(divergence), national=list(national))


def test_a_kind_goes_with_the_outcome_and_more_hit_and_miss_than_by_chance():
    assert said(RANKS, *SHOWN, CHANCE)["kind-timeliness"] == (
        "The rank correlation of timeliness attainment and outcome in 2011-12 is −0.42 over 35 trusts (95% "
        "interval −0.67 to −0.09, p = 0.013), significantly different from 0 (95%): trusts that did more of "
        "what timeliness targets ask for tended to have reoffending further above prediction, which doesn't "
        "show that the one brought about the other. With 35 trusts only a correlation beyond 0.33 either way "
        "can be significant, and a true one of 0.46 would be found 4 times in 5. Each counted by its "
        "probability, 6.4 of 35 trusts are meeting timeliness targets with reoffending more than 0.5 points "
        "above prediction in 2011-12; if timeliness and outcome had nothing to do with each other it would "
        "be 4.3 (2.3 to 6.5 in 95% of shuffles, p = 0.026), so there are significantly more than by chance "
        "(95%)."
    )


def test_a_kind_that_shows_nothing_says_what_it_could_have_shown():
    ranks = {"kind": "compliance", "estimate": 0.11, "lower": -0.23, "upper": 0.43, "p": 0.53}
    shown = [row | {"kind": "compliance"} for row in SHOWN]
    chance = CHANCE | {"kind": "compliance", "by_chance": 6.9, "lower": 5.0, "upper": 9.0, "p": 0.7}

    assert said(ranks, *shown, chance)["kind-compliance"] == (
        "The rank correlation of compliance attainment and outcome in 2011-12 is 0.11 over 35 trusts (95% "
        "interval −0.23 to 0.43, p = 0.53), not significantly different from 0. With 35 trusts only a "
        "correlation beyond 0.33 either way can be significant, and a true one of 0.46 would be found 4 "
        "times in 5, so a weaker one may be there and not be found. Each counted by its probability, 6.4 of "
        "35 trusts are meeting compliance targets with reoffending more than 0.5 points above prediction in "
        "2011-12; if compliance and outcome had nothing to do with each other it would be 6.9 (5 to 9 in 95% "
        "of shuffles, p = 0.70), so there aren't significantly more than by chance."
    )


def test_too_few_for_anything_are_refused_once():
    refused = [row | {"estimate": float("nan"), "n": 4, "reason": FEW} for row in (RANKS, CHANCE)]

    assert said(*refused)["kind-timeliness"] == (
        "Whether timeliness attainment and outcome go together in 2011-12 can't be told, because 10 trusts "
        "with both figures are needed and there are 4."
    )


def test_one_that_can_be_told_is_told_without_the_other():
    refused = CHANCE | {"estimate": float("nan"), "n": 9, "reason": FEW.replace("4", "9")}

    assert said(RANKS, refused)["kind-timeliness"].endswith(
        "which doesn't show that the one brought about the other. Whether more trusts than by chance are "
        "meeting timeliness targets with reoffending more than 0.5 points above prediction in 2011-12 can't "
        "be told, because 10 trusts with both figures are needed and there are 9."
    )


def test_where_nobody_can_be_compared_on_a_kind_the_reason_that_most_have_is_given():
    unjudged = "no volume measure has both a figure and a target"
    rows = [{}, OF_VOLUME, {"organisation": "wales"} | OF_VOLUME]
    rows += [{"organisation": "kent"} | OF_VOLUME | {"reason": unjudged}]

    assert said(*VOLUME_REFUSED, divergence=rows)["kind-volume"] == (
        "Whether volume attainment and outcome go together in 2011-12 can't be told, because no volume "
        "measure has both its cases and a target above 0."
    )


def test_where_some_could_be_compared_it_is_how_many_there_are():
    """One has its cases, and no outcome to set beside them."""
    other = OF_VOLUME | {"organisation": "wales", "reason": "on reoffending, no prediction is given"}

    assert said(*VOLUME_REFUSED, divergence=[{}, OF_VOLUME, other])["kind-volume"].endswith(
        "because 10 trusts with both figures are needed and there are 0."
    )


def test_a_target_of_everything_refuses_the_chances_and_not_the_correlation():
    reason = "no true rate can be above a target of 100%"
    row = {"kind": "timeliness", "quadrant": "not-compared", "reason": reason}
    refused = CHANCE | {"estimate": float("nan"), "n": 0, "reason": FEW}

    text = said(RANKS, refused, divergence=[{}, row])["kind-timeliness"]

    assert text.startswith("The rank correlation of timeliness attainment and outcome in 2011-12 is −0.42")
    assert text.endswith(f"in 2011-12 can't be told, because {reason}.")


def test_where_nobody_is_compared_at_all_no_kind_says_so_again():
    nobody = [NOTHING_COMPARED, OF_VOLUME | {"reason": f"{UNCOUNTED}; on reoffending, there are no cases"}]

    assert "kind-volume" not in said(*VOLUME_REFUSED, divergence=nobody)


@pytest.mark.parametrize("kind", ["timeliness", "volume", "compliance"])
def test_a_kind_adds_its_own_sentence_and_no_other(kind):
    alone = said({"estimate": 0.2})
    row = {"kind": kind, "organisation": "wales", "quadrant": "met-worse", "targets_met": 1}

    both = said({"estimate": 0.2}, RANKS | {"kind": kind}, CHANCE | {"kind": kind}, divergence=[{}, row])

    assert both.keys() - alone.keys() == {f"kind-{kind}"}
    assert {topic: both[topic] for topic in alone} == alone


def test_of_one_organisation_only_all_kinds_together_are_told():
    row = {"kind": "timeliness", "quadrant": "missed-better", "fact": "missed-better", "targets_met": 1}

    assert texts("london", divergence=[{}, row]) == texts("london", divergence=[{}])
    assert texts("london", divergence=[row]) == {}


def test_others_compared_in_another_year_are_nobody_in_this_one():
    before = [row | YEAR_BEFORE for row in VOLUME_REFUSED]
    tables = results(divergence=[{}, NOTHING_COMPARED | YEAR_BEFORE], national=before)

    table = sentences(tables, (plan(),), NAMES, KINDS)

    assert not table["topic"].str.startswith("kind-").any()
