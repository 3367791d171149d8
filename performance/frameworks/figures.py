"""What every figure has, whoever sent it."""

from typing import Annotated

from pydantic import Field

from performance.vocabulary import PARTS_OF_A_WHOLE, Status
from trusts.content import Blank, Date, OptionalFloat, Slug, TableRow

# Far above any count of people, and within what a database stores as a whole number.
OptionalCount = Annotated[Annotated[int, Field(le=10**15)] | None, Blank]


class FigureRow(TableRow):
    """One figure of one organisation. `value` is as sent, in the measure's unit; `target` is what
    was to be reached."""

    organisation: Slug
    measure: Slug
    framework: str
    period_start: Date
    period_end: Date
    status: Status
    numerator: OptionalCount
    denominator: OptionalCount
    value: OptionalFloat
    target: OptionalFloat
    note: str

    def value_in(self, unit: str) -> float | None:
        """The value as sent; of a share that came as counts alone, what they come to."""
        is_share = unit in PARTS_OF_A_WHOLE
        if self.value is None and is_share and self.numerator is not None and self.denominator:
            return 100 * self.numerator / self.denominator
        return self.value
