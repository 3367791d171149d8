"""The figures of a file as one table, whatever the layout in which they came."""

from dataclasses import dataclass

import pandas as pd

from performance.frameworks.figure_checks.columns import COUNTS, NAMES, PERIOD
from trusts.words import Word

NUMBERS = (*COUNTS, "expected", "value", "target")


class Layout(Word):
    TIDY = "tidy", "One row for each figure"
    WIDE = "wide", "One row for each measure, a column for each period"
    LOCAL_ADULT_REOFFENDING = "local-adult-reoffending", "Local adult reoffending, as published"


@dataclass(frozen=True)
class Figures:
    """frame: a row for each figure, with a RangeIndex:

    - row: where it stands, as a spreadsheet counts; heading: the period as a wide layout's header
      has it, otherwise empty
    - organisation, framework, measure: categories; the slug or code where known, otherwise the text
      as sent, empty where there was none
    - period_start, period_end: datetime64[s], NaT where unreadable
    - status: category, empty where unreadable
    - numerator, denominator, expected, value, target: float64, NaN where empty or unreadable
    - note: str
    - is_whole: whether every cell of the row could be read; a finding tells of those that couldn't

    columns: the header, as sent, of each column of the frame that the file has.
    """

    frame: pd.DataFrame
    columns: dict[str, str]
    layout: Layout

    def header_of(self, column: str, position: int) -> str:
        """The header of the cell in which a figure's part stands; its own name if it has none."""
        header = self.columns.get(column, column)
        heading = str(self.frame["heading"].iat[position])
        if not heading or column in NAMES:
            return header
        return heading if column in PERIOD else f"{heading} {header}".strip()
