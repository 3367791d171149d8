"""Ratings, and reoffending against prediction, as tables."""

from collections.abc import Sequence
from dataclasses import asdict

from performance.charts.figure import Column, Row, Table
from performance.releases.rated_rows import RatedTrust
from performance.releases.rating_rows import PredictionRow, RatingRow, capitalised
from performance.wording import written_number


def ratings_table(rows: Sequence[RatingRow]) -> Table:
    """One organisation's ratings, a row a year."""
    columns = [
        Column("period_start", "Year", show=lambda row: str(row["result"].period)),
        Column(
            "band",
            "Rating",
            show=lambda row: row["result"].written,
            note=lambda row: capitalised(f"{row['reason']}.") if row["reason"] else "",
        ),
        Column(
            "probability_of_band",
            "Likely to belong there",
            numeric=True,
            show=lambda row: row["result"].certainty,
            note=lambda row: row["result"].others,
        ),
        Column(
            "score",
            "Score",
            numeric=True,
            show=lambda row: row["result"].written_score,
        ),
        Column("domains", "Scores of its domains", show=lambda row: row["domains"]),
        Column(
            "weight_used",
            "Weight with figures",
            numeric=True,
            show=lambda row: _share(row["weight_used"]),
        ),
    ]
    return Table(columns, [raw_rating(row) for row in rows])


def raw_rating(row: RatingRow) -> Row:
    """As files have it; `result` itself, for writing cells, comes along."""
    return row.as_file | {"result": row}


def raw_rated(trust: RatedTrust) -> Row:
    """A rating beside that of the year before, and the process and outcome of its year, as files have
    it."""
    rating, before, divergence = trust.rating, trust.move.before, trust.divergence
    return {
        **raw_rating(rating),
        "region": trust.region,
        "peer_group": trust.peers,
        "band_before": before.band if before else None,
        "movement": trust.move.direction,
        "attainment": trust.attainment,
        "cases_as_asked": divergence.counted if divergence else None,
        "cases_asked_for": divergence.required if divergence else None,
        "points_below_predicted": trust.outcome,
        "reoffended": divergence.reoffended if divergence else None,
        "cohort": divergence.cohort if divergence else None,
        "expected": divergence.expected if divergence else None,
        "quarter": divergence.quadrant if divergence else None,
        "probability_of_quarter": divergence.probability if divergence else None,
    }


def predictions_table(rows: Sequence[PredictionRow]) -> Table:
    """One organisation's actual reoffending against the predicted, a row for each year or part of one."""
    columns = [
        Column("period_start", "Period", show=lambda row: str(row["result"].period)),
        Column(
            "observed",
            "Reoffended",
            numeric=True,
            show=lambda row: row["result"].counts,
            note=lambda row: _rate(row["actual_rate"]),
        ),
        Column(
            "expected",
            "Predicted",
            numeric=True,
            show=lambda row: row["result"].written_expected,
            note=lambda row: _rate(row["predicted_rate"]),
        ),
        Column(
            "difference",
            "Difference and its 95% interval",
            numeric=True,
            show=lambda row: row["result"].written_difference,
            note=lambda row: row["result"].interval,
        ),
        Column(
            "verdict",
            "Against prediction",
            show=lambda row: row["result"].written_verdict,
            note=lambda row: row["result"].remarks,
        ),
        Column(
            "spread_verdict",
            "Allowing for usual differences",
            show=lambda row: capitalised(row["spread_verdict"]),
        ),
        Column(
            "national_verdict",
            "Against all trusts",
            show=lambda row: capitalised(row["national_verdict"]),
        ),
    ]
    shown = [raw_prediction(row) for row in rows]
    return Table([column for column in columns if any(column.cell(row).text for row in shown)], shown)


def raw_prediction(row: PredictionRow) -> Row:
    """As files have it; `result` itself, for writing cells, comes along."""
    plain = asdict(row) | {"period_start": row.period.start, "period_end": row.period.end}
    del plain["period"]
    return plain | {"result": row}


def _rate(value: float | None) -> str:
    return "" if value is None else f"{written_number(value, 2)}%"


def _share(part: float | None) -> str:
    return "" if part is None else f"{written_number(100 * part)}%"
