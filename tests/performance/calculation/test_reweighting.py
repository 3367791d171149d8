import pandas as pd
import pytest

from performance.calculation.ratings import ratings
from performance.calculation.reweighting import reweightings
from performance.calculation.scoring import scoring_of
from performance.calculation.tables import REWEIGHTINGS
from performance.statistics.ratings.kinds import kind_shares, reweighted, weights_by_kind
from performance.vocabulary import Weighting
from tests.performance.calculation.test_rating_measures import share
from tests.performance.calculation.year_frames import frame, measure, plan, rows_of

reports = measure("reports")
programmes = measure("programmes", kind="volume")
settled = measure("settled", "outcomes", kind="outcome")
FRAMEWORK = plan(reports, programmes, settled)


def worked_out(framework, *rows):
    scoring = scoring_of(frame(*rows), framework)
    return rows_of(reweightings(scoring, ratings(scoring)))


def by_weighting(framework, *rows, organisation="kent"):
    found = worked_out(framework, *rows)
    return {row["weighting"]: row for row in found if row["organisation"] == organisation}


def test_the_columns_are_those_of_the_table():
    scoring = scoring_of(frame(share("reports", 95)), plan(reports))
    table = reweightings(scoring, ratings(scoring))

    assert set(table) == set(REWEIGHTINGS.columns)
    assert REWEIGHTINGS.tidied(table).shape == (4, len(REWEIGHTINGS.columns))


def test_weightings_by_hand():
    """Reports score 4, programmes 2 and settled 1: as it was a quarter, a quarter and a half, 2. By
    outcomes alone 1, by timeliness alone 4, and with a third for each kind 7/3."""
    found = by_weighting(FRAMEWORK, share("reports", 95), share("programmes", 85), share("settled", 50))

    assert list(found) == Weighting.values()
    assert {name: row["score"] for name, row in found.items()} == {
        "as-it-was": 2,
        "outcomes-only": 1,
        "timeliness-only": 4,
        "equal": pytest.approx(7 / 3),
    }
    assert [row["band"] for row in found.values()] == [2, 1, 4, 2]
    assert {row["reason"] for row in found.values()} == {""}


def test_a_kind_that_no_measure_has_cannot_count_alone():
    found = by_weighting(plan(reports, programmes), share("reports", 95), share("programmes", 85))

    assert (found["outcomes-only"]["score"], found["outcomes-only"]["band"]) == (None, None)
    assert found["outcomes-only"]["reason"] == "the rating scores no measure of a kind that would count"
    assert found["equal"]["score"] == 3


def test_a_trust_that_lacks_all_that_would_count_says_so():
    framework = plan(reports, measure("hostels", kind="outcome"))
    rows = [share("reports", 95), share("hostels", 95, organisation="wales")]

    found = by_weighting(framework, *rows)

    assert found["outcomes-only"]["reason"] == "no measure that would count has a score"
    assert found["equal"]["score"] == found["as-it-was"]["score"] == 4


def test_a_trust_without_a_rating_stays_without_for_the_same_reason():
    rows = [share("reports", 95), share("settled", 50, organisation="wales")]

    found = by_weighting(plan(reports, settled), *rows)

    why = "less than half of the weight of Outcomes could be scored"
    assert {(row["score"], row["band"], row["reason"]) for row in found.values()} == {(None, None, why)}


@pytest.mark.parametrize(
    ("framework", "reason"),
    [
        (plan(reports, steps=()), "how PTRS 2010-11 turned results into bands isn't known"),
        (plan(reports, settled), "no measure of Outcomes has a target"),
    ],
)
def test_where_nobody_is_rated_nobody_is_otherwise(framework, reason):
    found = worked_out(framework, share("reports", 95))

    assert {(row["band"], row["reason"]) for row in found} == {(None, reason)}
    assert len(found) == 4


def test_with_the_shares_that_kinds_have_the_rule_comes_to_the_rating():
    rows = [
        share(code, 70 + (7 * place + 11 * trust) % 30, organisation=f"trust-{trust}")
        for place, code in enumerate(("reports", "programmes", "settled"))
        for trust in range(8)
        if (place, trust) != (0, 3)
    ]
    scoring = scoring_of(frame(*rows), FRAMEWORK)
    scored, kinds = scoring.scored, {m.code: m.kind for m in FRAMEWORK.measures}
    own = kind_shares(scored.scheme, kinds).to_frame().T
    scores = pd.DataFrame(scored.scores, scored.evidence.trusts, scored.scheme.codes)

    found = reweighted(scored.scheme, scores, weights_by_kind(scored.scheme, kinds, own))

    published = [row for row in worked_out(FRAMEWORK, *rows) if row["weighting"] == "as-it-was"]
    assert list(found["score"]) == pytest.approx([row["score"] for row in published])
    assert [int(band) for band in found["band"]] == [row["band"] for row in published]
