"""What asks for a reason in figures over time, figure by figure in plain Python."""

import calendar
import datetime
from collections.abc import Iterator
from typing import Any

Row = dict[str, Any]
Place = tuple[str, int, str]
NUMBERLESS = ("missing", "suppressed", "not-applicable")
COLUMNS = {"share": ("numerator", "denominator"), "count": ("value",), "pounds": ("value",)}


class OverTime:
    """rows: of a file, each with its number as row; before: those that are held. Numbers are None
    where there is none. over_time: measures that add up; ended: quarters that are over end before."""

    def __init__(
        self,
        rows: list[Row],
        before: list[Row],
        units: dict[str, str],
        over_time: set[str],
        ended: datetime.date,
    ):
        self.units, self.over_time, self.ended = units, over_time, ended
        held = {self.key(row): row for row in before}
        self.sent: dict[Any, Row] = {}
        for row in rows:
            self.sent.setdefault(self.key(row), row)
        self.all = held | self.sent

    def key(self, row: Row) -> Any:
        return row["organisation"], row["measure"], row["period_start"], row["period_end"]

    def places(self) -> set[Place]:
        found: set[Place] = set()
        for row in self.sent.values():
            for check in (self.jump, self.vanishes, self.small, self.total, self.falls):
                found |= {(code, row["row"], column) for code, column in check(row)}
        return found | set(self.repeats()) | set(self.gaps())

    def number(self, row: Row, column: str) -> Any:
        if (
            row[column] is None
            and row["status"] == "nil"
            and column in COLUMNS.get(self.units[row["measure"]], ())
        ):
            return 0
        return row[column]

    def share(self, row: Row) -> Any:
        top, bottom = self.number(row, "numerator"), self.number(row, "denominator")
        return 100 * top / bottom if top is not None and bottom else row["value"]

    def just_before(self, row: Row) -> Row | None:
        start, end = previous(row["period_start"], row["period_end"])
        return self.all.get((row["organisation"], row["measure"], start, end))

    def jump(self, row: Row) -> Iterator[tuple[str, str]]:
        then, unit = self.just_before(row), self.units[row["measure"]]
        if then is None:
            return
        if unit == "share":
            values = [self.share(one) for one in (then, row)]
            cases = [self.number(one, "denominator") or 0 for one in (then, row)]
            if min(cases) >= 20 and None not in values and abs(values[0] - values[1]) > 20 + 1e-9:
                yield "jump", "numerator"
        elif unit in ("count", "pounds", "fte"):
            values = [self.number(one, "value") for one in (then, row)]
            if None not in values and abs(values[0] - values[1]) > max(10, values[0] / 2):
                yield "jump", "value"

    def vanishes(self, row: Row) -> Iterator[tuple[str, str]]:
        then, unit = self.just_before(row), self.units[row["measure"]]
        column = {"share": "denominator", "count": "value"}.get(unit)
        if then is None or column is None or (self.number(then, column) or 0) < 20:
            return
        if row["status"] in NUMBERLESS:
            yield "denominator-vanishes", "status"
        elif unit == "share" and not self.number(row, "denominator"):
            yield "denominator-vanishes", "denominator"

    def small(self, row: Row) -> Iterator[tuple[str, str]]:
        column = {"share": "denominator", "count": "value"}.get(self.units[row["measure"]])
        if column and row["status"] == "reported" and 1 <= (row[column] or 0) <= 4:
            yield "small-number", column

    def total(self, row: Row) -> Iterator[tuple[str, str]]:
        unit, months = self.units[row["measure"]], months_of(row)
        if row["measure"] not in self.over_time or unit not in ("share", "count") or not 1 < months <= 12:
            return
        for column in COLUMNS[unit]:
            own = self.number(row, column)
            sums = [self.sum_of(row, column, length) for length in (1, 3)]
            known = [found for found in sums if found is not None]
            if own is not None and known and known[0] != own:
                yield "total-is-off", column

    def sum_of(self, row: Row, column: str, length: int) -> Any:
        """Of the months, or of the quarters, of a figure; None where they don't make it up."""
        months, start = months_of(row), row["period_start"]
        if length == months or months % length or (length == 3 and start.month % 3 != 1):
            return None
        parts = []
        for number in range(months // length):
            first = later(start, number * length)
            last = later(first, length) - datetime.timedelta(days=1)
            part = self.sent.get((row["organisation"], row["measure"], first, last))
            parts.append(part and self.number(part, column))
        return None if None in parts else sum(parts)

    def falls(self, row: Row) -> Iterator[tuple[str, str]]:
        months, start = months_of(row), row["period_start"]
        if row["measure"] not in self.over_time or start.month != 4 or not 1 < months <= 12:
            return
        for column in COLUMNS[self.units[row["measure"]]]:
            own = self.number(row, column)
            shorter = [
                self.all.get((*self.key(row)[:3], later(start, length) - datetime.timedelta(days=1)))
                for length in range(1, months)
            ]
            earlier = [
                self.number(one, column) for one in shorter if one and self.number(one, column) is not None
            ]
            if own is not None and earlier and own < earlier[-1]:
                yield "year-to-date-falls", column

    def repeats(self) -> Iterator[Place]:
        months: dict[Any, list[Row]] = {}
        for row in self.sent.values():
            if months_of(row) == 1:
                months.setdefault((row["organisation"], row["period_start"]), []).append(row)
        for rows in months.values():
            same = [row for row in rows if self.is_as_before(row)]
            if same == rows and sum(row["status"] == "reported" for row in rows) >= 3:
                yield "same-as-last", min(row["row"] for row in rows), ""

    def is_as_before(self, row: Row) -> bool:
        then = self.just_before(row)
        columns = ("numerator", "denominator", "expected", "value")
        return (
            bool(then)
            and all(self.number(row, column) == self.number(then, column) for column in columns)
            and row["status"] == then["status"]
        )

    def gaps(self) -> Iterator[Place]:
        for organisation, measure in {key[:2] for key in self.sent}:
            for start in {datetime.date(y, m, 1) for y in range(2009, 2013) for m in (1, 4, 7, 10)}:
                keys = []
                for number in range(3):
                    first = later(start, number)
                    keys.append((organisation, measure, first, later(first, 1) - datetime.timedelta(days=1)))
                there = [self.sent[key]["row"] for key in keys if key in self.sent]
                all_there = sum(key in self.all for key in keys)
                if len(there) == 2 and all_there == 2 and later(start, 3) <= self.ended:
                    yield "month-missing", there[-1], ""


def later(day: datetime.date, months: int) -> datetime.date:
    """The first of a month, so many months on."""
    number = 12 * day.year + day.month - 1 + months
    return datetime.date(number // 12, number % 12 + 1, 1)


def months_of(row: Row) -> int:
    """How many whole months, 0 for another period."""
    start, end = row["period_start"], row["period_end"]
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return 0
    return 12 * (end.year - start.year) + end.month - start.month + 1


def previous(start: datetime.date, end: datetime.date) -> tuple[datetime.date, datetime.date]:
    months = months_of({"period_start": start, "period_end": end})
    the_day_before = start - datetime.timedelta(days=1)
    first = later(start, -months) if months else start - (end - start) - datetime.timedelta(days=1)
    return first, the_day_before
