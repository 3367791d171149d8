"""The row that names the columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from performance.returns.files.findings import too_many_columns
from performance.returns.found import CannotRead, Found, error


@dataclass(frozen=True)
class Header:
    """names: without spaces around them, and without empty ones at the end. cells: as many as the
    row has, named or not. first_column: where the first of them stands; 1 is column A."""

    row: int
    names: list[str]
    cells: int
    first_column: int = 1

    @classmethod
    def of(cls, row: int, cells: Sequence[str], first_column: int = 1) -> "Header":
        """cells: of the whole row. Raises CannotRead where there are too many, or two are alike."""
        texts = [cell.strip() for cell in cells]
        last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
        header = cls(row, texts[:last], len(texts), first_column)
        if found := too_many_columns(header.width) or list(header._named_twice()):
            raise CannotRead(found)
        return header

    @property
    def width(self) -> int:
        return len(self.names)

    def name_of(self, column: int) -> str:
        """The name of a column of the sheet (1 is A), empty where it has none."""
        place = column - self.first_column
        return self.names[place] if 0 <= place < self.width else ""

    def takes(self, row: Sequence[str]) -> bool:
        """Whether a row is as wide as the header; empty cells may follow."""
        return len(row) >= self.width and not "".join(row[self.cells :]).strip()

    def _named_twice(self) -> Iterator[Found]:
        seen = set()
        for name in filter(None, self.names):
            key = " ".join(name.casefold().split())
            if key in seen:
                sentence = (
                    f"Two columns are named '{name}'. Give each column a name of its own, or take one out."
                )
                yield error("column-twice", sentence, row=self.row, column=name)
            seen.add(key)


def column_letters(column: int) -> str:
    """As a spreadsheet names a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


class UnnamedColumns:
    """Which columns without a name are filled, each from which row on."""

    def __init__(self, header: Header) -> None:
        self._header = header
        names = [*header.names, *[""] * (header.cells - header.width)]
        self._empty = [place for place, name in enumerate(names) if not name]
        self._filled: dict[int, int] = {}

    @property
    def has_any(self) -> bool:
        return bool(self._empty or self._filled)

    def look_into(self, first: int, rows: list[list[str]]) -> None:
        """first: the number of the first row."""
        for place in self._empty:
            column = (row[place] if place < len(row) else "" for row in rows)
            filled = next((n for n, cell in zip(count(first), column, strict=False) if cell.strip()), None)
            if filled is not None:
                self._filled[place] = filled
        self._empty = [place for place in self._empty if place not in self._filled]

    def found(self) -> list[Found]:
        return [self._finding(place, self._filled[place]) for place in sorted(self._filled)]

    def _finding(self, place: int, filled: int) -> Found:
        row, letters = self._header.row, column_letters(self._header.first_column + place)
        sentence = (
            f"Column {letters} has no name in row {row}, and is filled in row {filled}. Name the column, or "
            "empty it."
        )
        return error("column-without-a-name", sentence, row=row)
