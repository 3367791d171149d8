"""All sheets of an ODS workbook, looked through without reading their values."""

from collections.abc import Iterator
from dataclasses import dataclass

from performance.returns.files.limits import LONGEST_CELL
from performance.returns.files.workbooks.grid import (
    LAST_COLUMN,
    LAST_ROW,
    LONGEST_ERROR,
    Cell,
    Grid,
    Span,
    too_many_cells,
)
from performance.returns.files.workbooks.xml_events import (
    Attributes,
    UnsoundXml,
    XmlEvents,
    attribute,
    local,
    whole_number,
)
from performance.returns.found import CannotRead

HIDDEN = ("collapse", "filter")
CELLS = ("table-cell", "covered-table-cell")
LINKS = ("table-source", "cell-range-source", "dde-source")


@dataclass
class OdsCell:
    """A cell as written, which stands for all of its rows and columns. length: of its text."""

    rows: Span
    columns: Span
    attributes: Attributes
    has_text: bool = False
    length: int = 0
    text: str = ""

    @property
    def is_filled(self) -> bool:
        return self.has_text or self.has_formula or bool(self.kind)

    @property
    def kind(self) -> str:
        return self.attributes.get("office:value-type", "")

    @property
    def has_formula(self) -> bool:
        return "table:formula" in self.attributes

    @property
    def is_error(self) -> bool:
        return self.attributes.get("calcext:value-type") == "error"

    @property
    def merged(self) -> tuple[Cell, Cell] | None:
        """With the cells that it covers."""
        rows, columns = (
            whole_number(self.attributes.get(f"table:number-{side}-spanned", "1"), LAST_ROW)
            for side in ("rows", "columns")
        )
        first = self.rows[0], self.columns[0]
        return (first, (first[0] + rows - 1, first[1] + columns - 1)) if max(rows, columns) > 1 else None

    def places(self) -> Iterator[Cell]:
        for row in range(self.rows[0], self.rows[1] + 1):
            for column in range(self.columns[0], self.columns[1] + 1):
                yield row, column

    @property
    def count(self) -> int:
        return (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)


class OdsGrids(XmlEvents):
    """content.xml. grids: by name of the sheet, in order. hidden: the names of those that are.
    has_links, has_macros: whether it takes anything from elsewhere, or runs anything."""

    def __init__(self) -> None:
        elements = {
            "style": self._style_begins,
            "table-properties": self._table_properties,
            "table": self._table,
            "table-column": self._columns,
            "table-row": self._row,
            **dict.fromkeys(CELLS, self._cell_begins),
            "p": self._paragraph,
            "s": self._spaces,
            "annotation": self._note,
            **dict.fromkeys(LINKS, self._link),
            "script": self._script,
        }
        super().__init__(elements)
        self.parser.CharacterDataHandler = self._characters
        self.parser.EndElementHandler = self._end
        self.grids: dict[str, Grid] = {}
        self.hidden: set[str] = set()
        self.has_links = self.has_macros = False
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._grid: Grid | None = None
        self._cell: OdsCell | None = None
        self._is_in_a_note = False
        # The last that were defined, of columns; the last that came by, of rows and of cells.
        self._defined: Span = (0, 0)
        self._rows: Span = (0, 0)
        self._cells: Span = (0, 0)

    def _style_begins(self, attributes: Attributes) -> None:
        self._style = attribute(attributes, "name")

    def _table_properties(self, attributes: Attributes) -> None:
        if attribute(attributes, "display") == "false":
            self._hidden_styles.add(self._style)

    def _table(self, attributes: Attributes) -> None:
        name = attribute(attributes, "name")
        if self._grid or name in self.grids:
            raise UnsoundXml(f"the sheet '{name}' stands in it twice, or within another")
        self._grid = self.grids[name] = Grid()
        self._defined = self._rows = (0, 0)
        if attribute(attributes, "style-name") in self._hidden_styles:
            self.hidden.add(name)

    def _columns(self, attributes: Attributes) -> None:
        self._defined = _after(self._defined, attributes, "columns", LAST_COLUMN)
        if self._grid and attribute(attributes, "visibility") in HIDDEN:
            self._grid.hide_columns(*self._defined)

    def _row(self, attributes: Attributes) -> None:
        self._rows = _after(self._rows, attributes, "rows", LAST_ROW)
        self._cells = (0, 0)
        if self._grid and attribute(attributes, "visibility") in HIDDEN:
            self._grid.hide_rows(*self._rows)

    def _cell_begins(self, attributes: Attributes) -> None:
        self._cells = _after(self._cells, attributes, "columns", LAST_COLUMN)
        self._cell = OdsCell(self._rows, self._cells, attributes)

    def _paragraph(self, attributes: Attributes) -> None:
        if self._cell and not self._is_in_a_note:
            self._cell.has_text = True

    def _spaces(self, attributes: Attributes) -> None:
        if self._cell:
            self._cell.length += whole_number(attribute(attributes, "c") or "1", LONGEST_CELL)

    def _note(self, attributes: Attributes) -> None:
        self._is_in_a_note = True

    def _link(self, attributes: Attributes) -> None:
        self.has_links = True

    def _script(self, attributes: Attributes) -> None:
        self.has_macros = True

    def _characters(self, text: str) -> None:
        if self._cell and not self._is_in_a_note:
            self._cell.length += len(text)
            if self._cell.is_error:
                self._cell.text += text

    def _end(self, name: str) -> None:
        match local(name):
            case "annotation":
                self._is_in_a_note = False
            case "table":
                self._grid = None
            case "table-cell" | "covered-table-cell":
                if self._grid and self._cell and self._cell.is_filled:
                    _take(self._cell, self._grid)
                self._cell = None


def _after(before: Span, attributes: Attributes, side: str, most: int) -> Span:
    """The rows or columns after those before, as many as an element stands for."""
    number = whole_number(attributes.get(f"table:number-{side}-repeated", "1"), most)
    return before[1] + 1, before[1] + number


def _take(cell: OdsCell, grid: Grid) -> None:
    grid.fill(cell.rows[1], cell.columns[1])
    if found := too_many_cells([grid]):
        raise CannotRead(found)
    grid.text += cell.length * cell.count
    if cell.merged:
        grid.merged.add(cell.merged)
    if cell.has_formula:
        grid.formulas.add_all(cell.places())
    if cell.is_error:
        grid.errors.add_all((place, cell.text.strip()[:LONGEST_ERROR]) for place in cell.places())
    if cell.kind == "percentage":
        for row, column in cell.places():
            grid.percentages[column].add(row)
