"""What was counted of one trust, and under one measure, as pages show it."""

import datetime
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from performance.extracts.count import Count
from performance.extracts.counting import LONGEST
from performance.extracts.days import month_number, month_period, number_of, working_days_after
from performance.extracts.documents import count_of
from performance.extracts.figures import trusts_with
from performance.extracts.rows import TIERS
from performance.extracts.rules import rule_of
from performance.frameworks.case_rules import SHARES, AnyRule, InTime, Limit
from performance.models import CaseExtract, Measure, Observation, TrustReturn
from performance.periods import Period
from performance.statistics.audit_signals.days import bunching_at_limit
from performance.statistics.audit_signals.period_end import period_end_spikes
from performance.statistics.columns import Booleans
from performance.statistics.suppression import LIMIT, suppressed

# The days of a month that are looked at as its end.
LAST_DAYS = 3
Row = Mapping[str, Any]


@dataclass(frozen=True)
class MeasureSum:
    """One measure over the whole period: numerator None for a number, which is its denominator alone;
    runs: cases counted whose clock still runs, None where that may not be shown."""

    measure: Measure
    numerator: int | None
    denominator: int
    runs: int | None

    @property
    def share(self) -> float | None:
        """0 to 100; None for a number, and where there is no case."""
        if self.numerator is None or self.denominator == 0:
            return None
        return 100 * self.numerator / self.denominator


@dataclass(frozen=True)
class StillOpen:
    """How many of the cases that count have a clock that runs, and for how many days: half of them for
    `half` or less, the longest for `longest`, None where that may not be shown; 366 stands for more too."""

    cases: int
    counted: int
    half: int
    longest: int | None

    @property
    def share(self) -> float:
        """0 to 100."""
        return 100 * self.cases / self.counted


@dataclass(frozen=True)
class Unlike:
    """A month for which the figure that was returned isn't the one that was counted. None: not there."""

    measure: Measure
    period: Period
    counted: tuple[int | None, int | None]
    returned: tuple[int | None, int | None]
    version: TrustReturn


class Shown:
    """The result of an extract for one trust. own: whether it is shown to people of the trust itself, who
    have the cases; to others small cells are suppressed."""

    def __init__(self, extract: CaseExtract, trust: str, *, own: bool):
        self.extract, self.trust, self.own = extract, trust, own
        self._place = extract.result["trusts"].index(trust)

    @cached_property
    def count(self) -> Count:
        return count_of(self.extract.result)

    @cached_property
    def measures(self) -> list[Measure]:
        """Those that were counted, in the order of the framework."""
        codes = list(self.extract.result["versions"])
        found = Measure.objects.in_bulk(codes, field_name="code")
        return [found[code] for code in codes if self._has(found[code])]

    def _has(self, measure: Measure) -> bool:
        return self._place in trusts_with(self.count, rule_of(measure))

    @property
    def sums(self) -> Iterator[MeasureSum]:
        for measure in self.measures:
            counts, runs = self._rows("counts", measure), self._rows("still_open", measure)
            is_share = isinstance(rule_of(measure), SHARES)
            yield MeasureSum(
                measure,
                int(counts["numerator"].sum()) if is_share else None,
                int(counts["denominator"].sum()),
                self._shown(int(runs["cases"].sum())),
            )

    def _shown(self, number: int) -> int | None:
        return number if self.own or number == 0 or number >= LIMIT else None

    def _rows(self, name: str, measure: Measure) -> pd.DataFrame:
        table = self.count.tally.tables[name]
        return table[(table["measure"] == measure.code) & (table["trust"] == self._place)]

    def waits(self, measure: Measure) -> tuple[list[Row], list[Row]]:
        """Cases by how long their clock ran and by tier, and those that still run, by tier; cases None
        where they may not be shown."""
        ran, runs = self._rows("waits", measure), self._rows("still_open", measure)
        ran = ran.groupby(["took", "tier"])["cases"].sum().unstack(fill_value=0)
        # What still runs is the last row of one table, as readers may add up the whole of it.
        table = pd.concat([ran, _as_a_row(runs)]).fillna(0).astype(int).sort_index(axis=1)
        numbers, tooks, tiers = table.to_numpy(), table.index.tolist(), table.columns.tolist()
        last = last_in_time(measure)
        hidden = self._hidden(numbers, sum(took <= last for took in tooks))
        rows: list[Row] = [
            {
                "took": tooks[row],
                "tier": TIERS[tiers[column]],
                "cases": None if hidden[row, column] else int(numbers[row, column]),
            }
            for row, column in np.argwhere(hidden | (numbers > 0))
        ]
        still_open = [row for row in rows if row["took"] == RUNS]
        return [row for row in rows if row["took"] != RUNS], still_open

    def _hidden(self, numbers: NDArray[np.int64], in_time: int) -> Booleans:
        """What may not be shown of a table whose first rows are those in time. How many were in time, and how
        many late, is in every return: each of the two tables is protected by itself."""
        if self.own:
            return np.zeros(numbers.shape, dtype=bool)
        blocks = (numbers[:in_time], numbers[in_time:])
        return np.vstack([suppressed(block)[:-1, :-1] for block in blocks])

    def still_open(self, measure: Measure) -> StillOpen | None:
        """None where no clock runs, or so few that it may not be shown."""
        runs = self._rows("still_open", measure)
        cases, counted = int(runs["cases"].sum()), int(self._rows("counts", measure)["denominator"].sum())
        if cases == 0 or self._shown(cases) is None:
            return None
        by_length = runs.groupby("open_for")["cases"].sum().sort_index()
        half = np.repeat(by_length.index.to_numpy(), by_length.to_numpy())[(cases - 1) // 2]
        # The longest alone is one case, which is nobody else's to know.
        longest = int(by_length.index.max()) if self.own else None
        return StillOpen(cases, counted, int(half), longest)

    def days(self, measure: Measure) -> list[Row]:
        """Cases done on each day of the month, and how many months of the period have that day."""
        stops = self._rows("stops", measure)
        first, last = month_number(self.extract.period_start), month_number(self.extract.period_end)
        stops = stops[stops["month"].between(first, last)]
        by_day = stops.groupby("day")["cases"].sum()
        lengths = [monthrange(*_year_and_month(month))[1] for month in range(first, last + 1)]
        numbers = np.array([[by_day.get(day, 0) for day in range(1, 32)]], dtype=int)
        hidden = self._hidden(numbers, len(numbers))
        return [
            {
                "day": day,
                "cases": None if hidden[0, day - 1] else int(numbers[0, day - 1]),
                "times": sum(length >= day for length in lengths),
            }
            for day in range(1, 32)
            if any(length >= day for length in lengths)
        ]

    def questions(self, measure: Measure) -> list[str]:
        """For audit, never findings: whether cases heap at the limit, or at the end of months."""
        return [question for question in (self._heaping(measure), self._month_end(measure)) if question]

    def _heaping(self, measure: Measure) -> str:
        limit = limit_of(rule_of(measure))
        waits = self._rows("waits", measure).groupby("took")["cases"].sum()
        waits = waits[(waits.index >= 0) & (waits.index < LONGEST)]
        if limit is None or waits.empty:
            return ""
        every = waits.reindex(range(int(waits.index.max()) + 1), fill_value=0)
        return bunching_at_limit(every, units_of(limit)).question

    def _month_end(self, measure: Measure) -> str:
        """Of months together: the last working days beside all of them."""
        stops = self._rows("stops", measure)
        first, last = month_number(self.extract.period_start), month_number(self.extract.period_end)
        months = [month for month in range(first, last + 1) if (stops["month"] == month).any()]
        rows = [_end_of_month(stops[stops["month"] == month], month) for month in months]
        if not rows:
            return ""
        at_end, done, working = (sum(column) for column in zip(*rows, strict=True))
        found = period_end_spikes([at_end], [done], [working], LAST_DAYS * len(rows))
        return str(found["question"].iloc[0])

    def unlike(self) -> list[Unlike]:
        """Months in which the figure of a return that was not counted here differs from the count."""
        figures = self._returned().select_related("measure", "trust_return")
        returned = {(figure.measure.code, figure.period_start): figure for figure in figures}
        found = []
        for measure in self.measures:
            for month, counted in self._by_month(measure):
                figure = returned.get((measure.code, month_period(month).start))
                if figure and _as_counts(figure, measure) != counted:
                    told = _as_counts(figure, measure)
                    found.append(Unlike(measure, month_period(month), counted, told, figure.trust_return))
        return found

    def _by_month(self, measure: Measure) -> Iterator[tuple[int, tuple[int | None, int | None]]]:
        counts = self._rows("counts", measure).groupby("month")[["numerator", "denominator"]].sum()
        is_share = isinstance(rule_of(measure), SHARES)
        for month, (numerator, denominator) in zip(counts.index, counts.to_numpy().tolist(), strict=True):
            yield int(month), (numerator, denominator) if is_share else (denominator, None)

    def _returned(self) -> Any:
        """Figures by month of the last versions of returns that no extract was counted for."""
        versions = TrustReturn.objects.latest_versions().filter(
            series=self.extract.series, organisation__slug=self.trust, upload__case_extract__isnull=True
        )
        return Observation.objects.filter(
            trust_return__in=versions.exclude(upload=self.extract.upload),
            measure__code__in=[measure.code for measure in self.measures],
            period_start__gte=self.extract.period_start,
            period_end__lte=self.extract.period_end,
        )


# Where other rows have how long a clock ran.
RUNS = LONGEST + 1


def limit_of(rule: AnyRule) -> Limit | None:
    """Of a rule by which a clock is in time; one that counts what lasted has none that could be missed."""
    return rule.limit if isinstance(rule, InTime) else None


def units_of(limit: Limit) -> int:
    """The last unit in time: days, working days, hours, or days after the day that was set."""
    if limit.until:
        return 0
    return limit.working_days or limit.hours or (7 * limit.weeks if limit.weeks else limit.days or 0)


def last_in_time(measure: Measure) -> int:
    """The last unit in time of a measure whose rule has a limit."""
    limit = limit_of(rule_of(measure))
    return units_of(limit) if limit else 0


def unit_of(limit: Limit) -> str:
    if limit.working_days:
        return "working days"
    return "hours" if limit.hours else "days"


def _as_a_row(runs: pd.DataFrame) -> pd.DataFrame:
    sums = runs.groupby("tier")["cases"].sum()
    return pd.DataFrame([sums], index=[RUNS]) if len(sums) else pd.DataFrame()


def _year_and_month(month: int) -> tuple[int, int]:
    start = month_period(month).start
    return start.year, start.month


def _end_of_month(stops: pd.DataFrame, month: int) -> tuple[int, int, int]:
    """Cases done on its last working days, all that were done, and how many working days it has."""
    period = month_period(month)
    working = _working_days_of(period)
    at_end = stops.loc[stops["day"] >= working[-LAST_DAYS], "cases"].sum()
    return int(at_end), int(stops["cases"].sum()), len(working)


def _working_days_of(period: Period) -> list[int]:
    """As days of the month."""
    day = np.array([number_of(period.start - datetime.timedelta(days=1))], dtype=np.int32)
    found = []
    while (day := working_days_after(day, 1))[0] <= number_of(period.end):
        found.append(int(day[0]) - number_of(period.start) + 1)
    return found


def _as_counts(figure: Observation, measure: Measure) -> tuple[int | None, int | None]:
    if isinstance(rule_of(measure), SHARES):
        return figure.numerator, figure.denominator
    return None if figure.value is None else round(figure.value), None
