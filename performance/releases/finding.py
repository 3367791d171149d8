"""What a release finds of process and outcome in a year, in one line to head a page."""

from collections.abc import Sequence

from performance.releases.divergence_rows import DivergenceRow, targets_of
from performance.statistics.divergence.quadrants import LEAST_TO_NAME
from performance.vocabulary import Quadrant
from performance.wording import counted, written_probability


def finding(rows: Sequence[DivergenceRow]) -> str:
    """Rows: the organisations of one year. Blank where none has both sides."""
    shown = [row for row in rows if row.has_a_point]
    if not shown:
        return ""
    named = sum(row.quadrant == Quadrant.MET_WORSE for row in shown)
    least = written_probability(LEAST_TO_NAME)
    of_all, year, targets = counted(len(shown), "trust"), shown[0].period, targets_of(shown[0].kind)
    if not named:
        return (
            f"None of {of_all} can be named, {least} likely or more, as meeting its {targets} in {year} "
            "with more reoffending than predicted"
        )
    likely = f"{'each ' if named > 1 else ''}{least} likely or more"
    whose = "its" if named == 1 else "their"
    met = f"{named} of {of_all} met {whose} {targets} in {year}"
    return f"{met} with more reoffending than predicted, {likely}"
