"""A sheet of an XLSX workbook, looked through without reading its values."""

import re
from collections.abc import Sequence
from functools import lru_cache

from performance.returns.files.workbooks.grid import LAST_COLUMN, LAST_ROW, LONGEST_ERROR, Cell, Grid
from performance.returns.files.workbooks.xml_events import Attributes, UnsoundXml, XmlEvents, whole_number

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII | re.IGNORECASE)
TRUE = ("1", "true")


class XlsxGrid(XmlEvents):
    """percentages: the styles that show a number times 100; lengths: of the texts that cells share.

    Refuses what names a cell that no sheet has: the reader of values takes such a name as it comes.
    """

    def __init__(self, percentages: set[str], lengths: Sequence[int]) -> None:
        elements = {
            "dimension": self._dimension,
            "col": self._columns,
            "row": self._row,
            "c": self._cell,
            "v": self._value,
            "is": self._inline_text,
            "f": self._formula,
            "mergeCell": self._merged,
        }
        super().__init__(elements)
        self.grid = Grid()
        self._percentages, self._lengths = percentages, lengths
        self._row_number = 0
        self._place: Cell = (0, 0)
        self._kind = self._style = self._text = ""

    def _dimension(self, attributes: Attributes) -> None:
        _range_of(attributes.get("ref", ""))

    def _columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE:
            first, last = (whole_number(attributes.get(end, ""), LAST_COLUMN) for end in ("min", "max"))
            self.grid.hide_columns(first, last)

    def _row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row_number = whole_number(number, LAST_ROW) if number else self._row_number + 1
        self._place = self._row_number, 0
        if attributes.get("hidden") in TRUE:
            self.grid.hide_rows(self._row_number, self._row_number)

    def _cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._place = _cell_of(reference) if reference else (self._row_number, self._place[1] + 1)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")

    def _value(self, attributes: Attributes) -> None:
        row, column = self._place
        self.grid.fill(row, column)
        if self._kind in ("s", "e"):
            self._text = ""
            self.parser.CharacterDataHandler = self._characters
            self.parser.EndElementHandler = self._end_of_value
        elif self._kind == "n" and self._style in self._percentages:
            self.grid.percentages[column].add(row)

    def _characters(self, text: str) -> None:
        self._text += text

    def _end_of_value(self, name: str) -> None:
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        if self._kind == "e":
            self.grid.errors.add((self._place, self._text.strip()[:LONGEST_ERROR]))
        elif self._text:
            self.grid.text += self._length(self._text)

    def _length(self, place: str) -> int:
        """Of a shared text, by its place among all. An empty place is that of the first."""
        try:
            return self._lengths[whole_number(place.strip(), len(self._lengths))]
        except IndexError as failure:
            raise UnsoundXml("a cell of it shows a text that isn't there") from failure

    def _inline_text(self, attributes: Attributes) -> None:
        self.grid.fill(*self._place)

    def _formula(self, attributes: Attributes) -> None:
        self.grid.fill(*self._place)
        self.grid.formulas.add(self._place)

    def _merged(self, attributes: Attributes) -> None:
        self.grid.merged.add(_range_of(attributes.get("ref", "")))


def _cell_of(reference: str) -> Cell:
    named = REFERENCE.fullmatch(reference)
    if not named:
        raise UnsoundXml(f"a cell of it is named '{reference[:20]}'")
    letters, number = named.groups()
    row, column = int(number), _column_of(letters)
    if row > LAST_ROW or column > LAST_COLUMN:
        raise UnsoundXml(f"a cell of it is named '{reference}', which lies beyond any sheet")
    return row, column


@lru_cache(maxsize=LAST_COLUMN)
def _column_of(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return column


def _range_of(reference: str) -> tuple[Cell, Cell]:
    """A1:B2, or a cell alone."""
    first, _, last = reference.partition(":")
    return _cell_of(first), _cell_of(last or first)
