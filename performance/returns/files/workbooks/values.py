"""The values of a workbook's cells, as text."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

# From here on Python writes whole numbers with an exponent.
LARGEST_WHOLE = 1e16


def texts_of(row: list[Any]) -> list[str]:
    """row: as python-calamine gives it, empty cells as empty text."""
    return [TEXTS.get(type(value), str)(value) for value in row]


def written_number(number: float) -> str:
    """45, 12.5, 1e+16: a number as short as it stays the same."""
    if number.is_integer() and abs(number) < LARGEST_WHOLE:
        return str(int(number))
    return repr(number)


def written_percentage(share: float) -> str:
    """As it is shown: 0.785 is 78.5%."""
    return f"{written_number(float(Decimal(repr(share)) * 100))}%"


def _written_boolean(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _written_time(value: datetime.datetime) -> str:
    is_a_day = value.time() == datetime.time()
    return value.date().isoformat() if is_a_day else value.isoformat(sep=" ")


TEXTS: dict[type, Callable[[Any], str]] = {
    bool: _written_boolean,
    datetime.date: datetime.date.isoformat,
    datetime.datetime: _written_time,
    float: written_number,
    str: str.strip,
}
