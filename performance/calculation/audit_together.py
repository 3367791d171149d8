"""Signs in the figures of all trusts together, for each measure."""

from typing import Any

import numpy as np
import pandas as pd

from performance.calculation.audit_figures import AuditFigures
from performance.calculation.audit_rows import NAMES, NUMBERS, PERIOD, WIDTH, as_rows
from performance.calculation.outcomes import REOFFENDING
from performance.calculation.ratings import SEED
from performance.statistics.audit_signals.heaping import heaping_above_target
from performance.statistics.audit_signals.questions import ASK_AT
from performance.statistics.audit_signals.ratchet import narrowing_round_target
from performance.statistics.columns import too_few
from performance.statistics.multiple_comparisons import benjamini_hochberg
from performance.vocabulary import AuditSignal

# In place of an organisation.
ALL = ""

Row = dict[str, Any]


def heaping(figures: AuditFigures) -> pd.DataFrame:
    """Of n values near their targets, which part lies above."""
    rows = []
    for measure, own in figures.points.groupby("measure"):
        # Beside a target at either end there is room on one side alone.
        aimed = own[own["target"].between(WIDTH, 100, inclusive="neither")]
        values = aimed[["organisation", "x", "n"]].rename(columns={"organisation": "series"})
        found = heaping_above_target(values, aimed["target"] / 100, seed=SEED, width=WIDTH / 100)
        rows.append(
            {
                "measure": measure,
                **_span(own),
                "n": found.just_above + found.just_below,
                "observed": found.share_just_above,
                "by_chance": found.expected_share,
                "p": found.p,
                "question": found.question,
                "reason": found.reason,
            }
        )
    return _of_all(AuditSignal.HEAPING, rows)


def narrowing(figures: AuditFigures, predictions: pd.DataFrame) -> pd.DataFrame:
    """How far the margins of n trusts to their targets lie apart, in the last year and the first."""
    years = figures.years.assign(margin=figures.years["value"] - figures.years["target"])
    both = years.merge(_outcomes(predictions), on=["organisation", *PERIOD])
    both = both.dropna(subset=["margin", "outcome"])
    rows = [
        {"measure": measure, **_span(own), **_narrowed(both[both["measure"] == measure])}
        for measure, own in figures.points.groupby("measure")
    ]
    return _of_all(AuditSignal.NARROWING, rows)


def _outcomes(predictions: pd.DataFrame) -> pd.DataFrame:
    own = predictions[predictions["measure"] == REOFFENDING]
    names = own["organisation"].astype(str)
    return own.assign(organisation=names, outcome=-own["difference"])[["organisation", *PERIOD, "outcome"]]


def _narrowed(both: pd.DataFrame) -> Row:
    """Between the first and the last year of one measure."""
    years = np.sort(both["period_start"].unique())
    if len(years) < 2:
        reason = too_few("years with margins and outcomes", 2, len(years))
        return {"n": 0, "question": "", "reason": reason}
    ends = both[both["period_start"].isin(years[[0, -1]])]
    wide = ends.pivot(index="organisation", columns="period_start", values=["margin", "outcome"])
    found = narrowing_round_target(
        *(wide[side, year] for side in ("margin", "outcome") for year in years[[0, -1]])
    )
    return {
        **_span(ends),
        "n": found.trusts,
        "observed": found.later_sd,
        "by_chance": found.earlier_sd,
        "p": found.p,
        "question": found.question,
        "reason": found.reason,
    }


def _of_all(signal: AuditSignal, rows: list[Row]) -> pd.DataFrame:
    """A row for each measure, of all trusts together."""
    table = pd.DataFrame(rows, columns=[*NAMES, *PERIOD, *NUMBERS, "question", "reason"])
    adjusted = benjamini_hochberg(table["p"].astype(float))["adjusted_p"]
    asked = table["question"].where(adjusted <= ASK_AT, "")
    return as_rows(signal, table.assign(organisation=ALL, adjusted_p=adjusted, question=asked))


def _span(rows: pd.DataFrame) -> Row:
    return {"period_start": rows["period_start"].min(), "period_end": rows["period_end"].max()}
