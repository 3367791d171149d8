"""What isn't in a release, said where a reader would look for it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from performance.calculation.plans import FrameworkPlan
from performance.calculation.process import weighted_part
from performance.calculation.sentences.figures import Noun, because, how_many, of_all, opening, some, under
from performance.calculation.sentences.process import KINDS
from performance.calculation.sentences.rows import Row, of_financial_years, rows_of
from performance.vocabulary import WITHOUT_A_NUMBER, Polarity, Structure, TargetStatus
from performance.wording import listed_briefly

FIGURES: Noun = ("yearly figure", "yearly figures")
MEASURES: Noun = ("measure", "measures")

# How the note of a yearly figure begins that was added up from fewer than all months or quarters.
_GAP = r"Added up from \d+ of \d+ "


@dataclass(frozen=True)
class Gaps(Row):
    """Of an organisation in a year: how many figures were added up, how many of them from fewer
    than all months, and how many couldn't be told for it."""

    organisation: str
    added_up: float
    shortened: float
    untold: float


def gaps(indicators: pd.DataFrame, whose: Collection[str]) -> list[Gaps]:
    """A row for each organisation and financial year with a gap, and for all together ('').

    whose: those whose years are added up from months and not from other organisations."""
    years = of_financial_years(indicators)
    if years.empty:
        return []
    is_own = years["organisation"].isin(whose) & (years["structure"] == Structure.THEN)
    own = years[is_own & years["observation_id"].isna()]
    has_gap = own["note"].astype(object).fillna("").astype(str).str.match(_GAP)
    is_untold = own["status"].isin(WITHOUT_A_NUMBER)
    counts = own[["organisation", "period_start", "period_end"]].assign(
        organisation=own["organisation"].astype(str),
        added_up=1,
        shortened=has_gap & ~is_untold,
        untold=is_untold,
    )
    every = pd.concat([counts, counts.assign(organisation="")])
    sums = every.groupby(["organisation", "period_start", "period_end"], as_index=False).sum()
    return rows_of(sums[sums["shortened"] + sums["untold"] > 0], Gaps)


def gaps_text(row: Gaps, name: str) -> str:
    whose = f" of {name}" if name else ""
    added_up = f"{whose} added up for {row.period}"
    if not row.shortened:
        none = f"{opening(of_all(row.untold, row.added_up, FIGURES))}{added_up}"
        return f"{none} can't be told, as not all months or quarters can be added up."
    rest = "rests" if row.shortened == 1 else "rest"
    untold = f", and {some(row.untold)} can't be told at all" if row.untold else ""
    return (
        f"{opening(of_all(row.shortened, row.added_up, FIGURES))}{added_up} {rest} on fewer than all months "
        f"or quarters{untold}."
    )


def without_text(
    reasons: Mapping[str, str], total: int, what: str, period: str, names: Mapping[str, str], noun: Noun
) -> str:
    """Who has no such figure, by reason. reasons: by organisation; what: the figure that is lacking."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for organisation, reason in reasons.items():
        by_reason[because(reason)].append(names[organisation])
    ordered = sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    each = "; ".join(f"{listed_briefly(sorted(whose))} ({reason})" for reason, whose in ordered)
    if len(reasons) < total:
        verb = "has" if len(reasons) == 1 else "have"
        return f"{of_all(len(reasons), total, noun)} {verb} no {what} for {period}: {each}."
    nobody = f"The one {noun[0]} has no" if total == 1 else f"None of {how_many(total, noun)} has a"
    why = f", because {ordered[0][0]}" if len(ordered) == 1 else f": {each}"
    return f"{nobody} {what} for {period}{why}."


def without_target_text(plan: FrameworkPlan, rows: Sequence[tuple[str, str]], period: str) -> str:
    """Measures of a framework by which nobody can be judged, or nothing where there are none.

    rows: measure and target status of every figure of the year."""
    codes = process_codes(plan)
    if not codes:
        return f"No measure of {KINDS} has weight {under(plan.title, period)}, so nobody is judged by one."
    seen = {measure for measure, _ in rows}
    judged = {measure for measure, status in rows if status != TargetStatus.NO_TARGET}
    absent, aimless = codes - seen, codes & seen - judged
    parts = [
        f"{some(len(codes_of))} {'has' if len(codes_of) == 1 else 'have'} no {what}"
        for codes_of, what in ((aimless, "target with its figures"), (absent, "figures"))
        if codes_of
    ]
    if not parts:
        return ""
    them = "it" if len(absent | aimless) == 1 else "those"
    return (
        f"Of the {how_many(len(codes), MEASURES)} of {KINDS} {under(plan.title, period)}, "
        f"{' and '.join(parts)}, so nobody can be judged by {them}."
    )


def process_codes(plan: FrameworkPlan) -> set[str]:
    """The measures by which process is judged: those with weight and a good side."""
    measures = weighted_part(plan).measures
    return {m.code for m in measures if m.is_process and m.polarity != Polarity.NONE}


def measures_and_targets(indicators: pd.DataFrame) -> dict[tuple[object, object], list[tuple[str, str]]]:
    """By financial year: each measure that has yearly figures, with the target statuses they have."""
    years = of_financial_years(indicators)
    if years.empty:
        return {}
    found = years[["period_start", "period_end", "measure", "target_status"]].drop_duplicates()
    by_year: dict[tuple[object, object], list[tuple[str, str]]] = defaultdict(list)
    for start, end, measure, status in found.itertuples(index=False, name=None):
        by_year[pd.Timestamp(start).date(), pd.Timestamp(end).date()].append((str(measure), str(status)))
    return by_year
