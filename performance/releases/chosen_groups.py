"""Results of a reader's own groups, worked out from those of their members."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from performance.calculation.adding_up import ADDABLE
from performance.calculation.own_groups import own_group
from performance.calculation.sum_notes import of_organisations, tells_of_gaps
from performance.models import Measure
from performance.periods import Period
from performance.releases.chosen_gaps import row_of
from performance.releases.chosen_rows import NOT_ADDED_UP, OWN_GROUP, ChosenRow
from performance.releases.rows import ResultRow
from performance.vocabulary import Status
from performance.wording import NOUNS
from trusts.certainty import Certainty
from trusts.models import Organisation

FIGURES = ("numerator", "denominator", "expected", "value", "target")
COUNTS = ("numerator", "denominator")
NUMBERS = ("expected", "value", "lower", "upper")
CANT_BE = "Only shares with their counts, and numbers of cases, can be added up."


def group_rows(
    name: str, members: Sequence[Organisation], results: Sequence[ResultRow], measures: Mapping[str, Measure]
) -> list[ChosenRow]:
    """A row for each measure and period in which a member has a result.

    results: of its members, each measure and period once; measures: by their codes."""
    own = of_group(name)
    slugs = [member.slug for member in members]
    mine = [row for row in results if row.organisation in slugs]
    summed = [row for row in mine if row.unit in ADDABLE]
    others = {(row.measure, row.period): row.unit for row in mine if row.unit not in ADDABLE}
    unable = [
        row_of(measures[code], period, **own, unit=unit, said=NOT_ADDED_UP, note=CANT_BE)
        for (code, period), unit in others.items()
    ]
    if not summed:
        return unable
    wording = of_organisations(NOUNS[members[0].kind], [member.name for member in members])
    sums = own_group(_frame(summed), slugs, wording).to_dict("records")
    return [*(_row(given, own, measures) for given in sums), *unable]


def of_group(name: str) -> dict[str, str]:
    """Who a group's rows are of. No slug has a colon in it."""
    return {"organisation": f"group:{name}", "organisation_name": name, "organisation_kind": OWN_GROUP}


def _frame(rows: Collection[ResultRow]) -> pd.DataFrame:
    columns = ("measure", "unit", "organisation", "status", *FIGURES)
    frame = pd.DataFrame({name: [getattr(row, name) for row in rows] for name in columns})
    return frame.assign(
        period_start=[row.period.start for row in rows],
        period_end=[row.period.end for row in rows],
        is_partial=[tells_of_gaps(row.note) for row in rows],
    )


def _row(given: Mapping[Hashable, Any], own: Mapping[str, str], measures: Mapping[str, Measure]) -> ChosenRow:
    """given: a row of `own_groups.own_group`."""
    status = Status(str(given["status"]))
    is_told = status not in (Status.MISSING, Status.SUPPRESSED)
    return row_of(
        measures[str(given["measure"])],
        Period(given["period_start"], given["period_end"]),
        **own,
        **{name: None if pd.isna(given[name]) else int(given[name]) for name in COUNTS},
        **{name: None if pd.isna(given[name]) else float(given[name]) for name in NUMBERS},
        unit=given["unit"],
        status=status,
        said="" if is_told else NOT_ADDED_UP,
        note=given["note"],
        is_added_up=True,
        certainty=Certainty.DERIVED,
    )
