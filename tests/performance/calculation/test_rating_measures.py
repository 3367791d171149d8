from dataclasses import replace

import pytest

from performance.calculation.rating_measures import rating_measures
from performance.calculation.ratings import ratings
from performance.calculation.scoring import scoring_of
from performance.calculation.tables import RATING_MEASURES
from tests.performance.calculation.year_frames import figure, frame, measure, plan, reoffending, rows_of

reports = measure("reports")
visits = measure("visits")
settled = measure("settled", "outcomes", kind="outcome")
late = measure("late", polarity="lower")


def share(code, x, n=100, target=90, organisation="kent", **changes):
    return figure(organisation, code, numerator=x, denominator=n, target=target, **changes)


def worked_out(framework, *rows):
    return rows_of(rating_measures(scoring_of(frame(*rows), framework)))


def of_kent(framework, *rows):
    return {row["measure"]: row for row in worked_out(framework, *rows) if row["organisation"] == "kent"}


def step(row, side):
    return row[f"{side}_at"], row[f"{side}_score"], row[f"{side}_band"]


def test_the_columns_are_those_of_the_table():
    table = rating_measures(scoring_of(frame(share("reports", 95)), plan(reports)))

    assert set(table) == set(RATING_MEASURES.columns)
    assert RATING_MEASURES.tidied(table).shape == (1, len(RATING_MEASURES.columns))


def test_measures_by_hand():
    """Reports meet their target of 90%: 3. Visits at 82% of one of 80% too. Settled at 60% of 75% scores
    1. The whole is 2. With reports, a quarter of it, at 94.5% it would be 2.25; at less than 90% 1.75. With
    settled, half of it, at 67.5% it would be 2.5, which is band 3."""
    found = of_kent(
        plan(reports, visits, settled),
        share("reports", 90),
        share("visits", 82, target=80),
        share("settled", 60, target=75),
    )

    assert [(row["score"], row["weight"]) for row in found.values()] == [(3, 0.25), (3, 0.25), (1, 0.5)]
    assert (found["reports"]["value"], found["reports"]["target"]) == (90, 90)
    assert (found["settled"]["framework"], found["settled"]["domain"]) == ("ptrs-2010-11", "outcomes")
    assert step(found["reports"], "higher") == (94.5, 2.25, 2)
    assert step(found["reports"], "lower") == (90, 1.75, 2)
    assert step(found["visits"], "higher") == (84, 2.25, 2)
    assert step(found["settled"], "higher") == (67.5, 2.5, 3)
    assert step(found["settled"], "lower") == (None, None, None)


def test_where_less_is_better_a_step_is_reached_from_above():
    """11% late where 10% is the most is a tenth worse: attainment 0.9 is reached at 11%, 1 at 10%."""
    found = of_kent(plan(late), share("late", 11, target=10))["late"]

    assert found["score"] == 2
    assert step(found, "higher") == (10, 3, 3)
    assert step(found, "lower") == (pytest.approx(11), 1, 1)


def test_reoffending_is_held_against_what_was_predicted():
    framework = plan(measure("local-adult-reoffending", kind="outcome", polarity="lower"))

    found = of_kent(framework, reoffending("kent", 100, 1_000, expected=100))["local-adult-reoffending"]

    assert (found["score"], found["value"], found["target"]) == (3, 10, 10)
    assert step(found, "higher") == (pytest.approx(9.5), 4, 4)


def test_a_count_has_steps_in_its_own_unit():
    framework = plan(measure("programmes", kind="volume", unit="count"))

    found = of_kent(framework, figure("kent", "programmes", unit="count", value=95, target=100))["programmes"]

    assert (step(found, "higher"), step(found, "lower")) == ((100, 3, 3), (90, 1, 1))


@pytest.mark.parametrize(
    ("target", "at"), [(96, None), (100 / 1.05, pytest.approx(100)), (95.3, None), (95, 99.75)]
)
def test_a_step_that_no_share_can_reach_is_none(target, at):
    found = of_kent(plan(reports), share("reports", 99, target=target))["reports"]

    assert found["higher_at"] == at
    assert (found["higher_score"] is None) == (found["higher_band"] is None) == (at is None)


def test_a_share_that_cannot_be_worse_has_no_step_down():
    """94% late where 95% may be: nobody can be above 104.5%, where the next step down would begin."""
    found = of_kent(plan(late), share("late", 97, target=95))["late"]

    assert (found["score"], found["lower_at"], found["lower_score"]) == (2, None, None)
    assert found["higher_at"] == 95


def test_missing_measures_leave_their_weight_to_others_of_their_domain():
    rows = [
        share("reports", 90),
        figure("kent", "visits", status="suppressed", target=90),
        share("settled", 90),
        share("visits", 90, organisation="wales"),
        share("reports", 90, target=None, organisation="wales"),
        share("settled", 90, organisation="wales"),
        share("settled", 90, organisation="essex"),
    ]
    framework = plan(reports, visits, settled)

    found = {(row["organisation"], row["measure"]): row for row in worked_out(framework, *rows)}

    assert (found["kent", "reports"]["weight"], found["kent", "settled"]["weight"]) == (0.5, 0.5)
    assert (found["kent", "visits"]["weight"], found["kent", "visits"]["score"]) == (None, None)
    assert found["kent", "visits"]["reason"] == "there is no figure"
    assert found["wales", "reports"]["reason"] == "there is no target"
    assert (found["wales", "reports"]["value"], found["wales", "reports"]["target"]) == (90, None)
    assert found["essex", "reports"]["reason"] == "there is no figure"
    assert len(found) == 9


def test_without_a_rating_there_is_a_score_but_no_whole():
    """Visits alone are less than half of the weight of delivery."""
    framework = plan(replace(reports, weight=2.0), visits)
    rows = [share("visits", 95), share("reports", 95, organisation="wales")]

    found = of_kent(framework, *rows)["visits"]

    assert (found["score"], found["weight"], found["reason"]) == (4, None, "")
    assert step(found, "lower") == (pytest.approx(94.5), None, None)


def test_where_a_domain_has_no_target_nobody_has_a_whole():
    rows = [share("reports", 95), share("settled", 50, target=None)]

    found = of_kent(plan(reports, settled), *rows)

    assert list(found) == ["reports"]
    assert (found["reports"]["score"], found["reports"]["weight"]) == (4, None)
    assert found["reports"]["lower_score"] is None


@pytest.mark.parametrize("framework", [plan(reports, steps=()), plan(replace(reports, weight=0.0))])
def test_where_nobody_can_be_rated_there_is_no_row(framework):
    assert worked_out(framework, share("reports", 95)) == []
    assert worked_out(framework) == []


def test_weights_add_up_to_the_whole_and_scores_to_the_rating():
    measures = [measure(f"measure-{place}", f"domain-{place % 3}", 1.0 + place % 2) for place in range(9)]
    rows = [
        share(m.code, 70 + (7 * place + 11 * trust) % 30, organisation=f"trust-{trust}")
        for place, m in enumerate(measures)
        for trust in range(5)
        if (place + trust) % 7
    ]
    scoring = scoring_of(frame(*rows), plan(*measures))

    found = rows_of(rating_measures(scoring))

    for rating in rows_of(ratings(scoring)):
        if rating["domain"] == "":
            own = [r for r in found if r["organisation"] == rating["organisation"] and r["score"] is not None]
            assert sum(row["weight"] for row in own) == pytest.approx(1)
            assert sum(row["weight"] * row["score"] for row in own) == pytest.approx(rating["score"])


def test_the_order_of_loading_changes_nothing():
    rows = [share("reports", 80 + trust, organisation=f"trust-{trust}") for trust in range(5)]

    assert worked_out(plan(reports), *rows) == worked_out(plan(reports), *reversed(rows))
