"""Figures beside their parts and beside those of other periods."""

from typing import Any

import numpy as np

from tests.performance.returns.checks.frames import (
    APRIL,
    JULY,
    JUNE,
    MARCH,
    MAY,
    SPRING,
    SUMMER,
    YEAR,
    Case,
    Row,
    count,
    months,
    row,
    share,
    without,
)

NAN = np.nan
MONTHS = [months(2010, month) for month in range(4, 13)] + [months(2011, month) for month in (1, 2, 3)]
QUARTERS = [months(2010, 4, 3), months(2010, 7, 3), months(2010, 10, 3), months(2011, 1, 3)]
TO_MAY, TO_JUNE, TO_JULY = (months(2010, 4, number) for number in (2, 3, 4))


def total(title: str, is_: str, parts: str, come_to: str) -> str:
    return f"{title} is {is_}, but its {parts} add up to {come_to}."


def of_share(column: str, period: str, is_: str, parts: str, come_to: str) -> str:
    what = f"The {column} of Reports on time for {period}"
    return f"{what} is {is_}, but those of its {parts} add up to {come_to}."


def falls(title: str, was: str, is_: str) -> str:
    return f"{title} was {was} and is {is_}: a total for the year to date doesn't fall."


def week(first_day: int) -> Row:
    """Of April 2010."""
    return {
        "period_start": np.datetime64(f"2010-04-{first_day:02d}"),
        "period_end": np.datetime64(f"2010-04-{first_day + 6:02d}"),
    }


def share_jump(was: str, is_: str, change: str) -> list[tuple[int, str, str]]:
    asks = f"a change of {change} points, where more than 20 asks for a reason"
    return [(2, "Numerator", f"Reports on time was {was} in March 2010 and is {is_} in April 2010: {asks}.")]


def count_jump(title: str, was: str, is_: str, change: str) -> list[tuple[int, str, str]]:
    asks = f"a change of {change}, where more than half of what it was asks for a reason"
    return [(2, "Value", f"{title} was {was} in March 2010 and is {is_} in April 2010: {asks}.")]


def after(then: Row, now: Row, found: Any = (), said: str = "", code: str = "jump") -> Case:
    """April beside March, which the series holds."""
    return Case(code, said, [now | APRIL], list(found), before=[then | MARCH])


TOTALS = [
    Case(
        "total-is-off",
        "exact",
        [
            *(share(45, 50, month) for month in MONTHS),
            *(share(135, 150, quarter) for quarter in QUARTERS),
            share(540, 600, YEAR),
            share(180, 200, TO_JULY),
        ],
    ),
    Case("total-is-off", "a month isn't there", [count(10, APRIL), count(11, JUNE), count(99, SPRING)]),
    Case(
        "total-is-off",
        "a month was held before",
        [count(10, APRIL), count(11, JUNE), count(99, SPRING)],
        before=[count(12, MAY)],
    ),
    Case(
        "total-is-off",
        "a month has no number",
        [
            count(10, APRIL),
            without("missing", MAY, measure="orders-completed"),
            count(11, JUNE),
            count(99, SPRING),
        ],
    ),
    Case(
        "total-is-off",
        "the total has none",
        [count(10, APRIL), count(10, MAY), without("suppressed", TO_MAY, measure="orders-completed")],
    ),
    Case(
        "total-is-off",
        "of a day, of staff, of money, of a fixed number",
        [
            count(number, period, measure=measure)
            for measure in ("caseload", "officers", "planned-budget", "rate-change")
            for number, period in ((10, APRIL), (10, MAY), (10, TO_MAY))
        ]
        + [share(8, 16, period, measure="targets-met") for period in (APRIL, MAY, TO_MAY)],
    ),
    Case(
        "total-is-off",
        "quarters that overlap, and parts of months",
        [
            count(10, months(2010, 4, 3)),
            count(10, months(2010, 5, 3)),
            count(99, months(2010, 4, 4)),
            count(99, months(2010, 2, 6)),
            count(99, months(2010, 2, 3)),
            count(99, period_start=APRIL["period_start"], period_end=MAY["period_start"]),
        ],
    ),
    Case(
        "total-is-off",
        "shares without counts",
        [row(m, numerator=NAN, denominator=NAN, value=50) for m in (APRIL, MAY, TO_MAY)],
    ),
    Case(
        "total-is-off",
        "a quarter of a share",
        [share(44, 50, SPRING), *(share(15, 17, month) for month in (APRIL, MAY, JUNE))],
        [
            (2, "Numerator", of_share("numerator", "April to June 2010", "44", "3 months", "45")),
            (2, "Denominator", of_share("denominator", "April to June 2010", "50", "3 months", "51")),
        ],
    ),
    Case(
        "total-is-off",
        "a year of quarters, whatever lies between them",
        [
            *(count(1_000, quarter) for quarter in QUARTERS),
            count(77, months(2010, 5, 3)),
            count(4_001, YEAR),
        ],
        [(7, "Value", total("Orders completed for 2010-11", "4,001", "4 quarters", "4,000"))],
    ),
    Case(
        "total-is-off",
        "half a year of quarters",
        [count(10, SPRING), count(10, SUMMER), count(21, months(2010, 4, 6))],
        [(4, "Value", total("Orders completed for April to September 2010", "21", "2 quarters", "20"))],
    ),
    Case(
        "total-is-off",
        "a year of months, of which quarters agree",
        [
            *(count(10, month) for month in MONTHS),
            *(count(30, quarter) for quarter in QUARTERS),
            count(119, YEAR),
        ],
        [(18, "Value", total("Orders completed for 2010-11", "119", "12 months", "120"))],
    ),
    Case(
        "total-is-off",
        "one quarter is off, and of the year months count",
        [
            *(count(10, month) for month in MONTHS),
            *(count(30 + (quarter == SUMMER), quarter) for quarter in QUARTERS),
            count(120, YEAR),
        ],
        [(15, "Value", total("Orders completed for July to September 2010", "31", "3 months", "30"))],
    ),
    Case(
        "total-is-off",
        "a year to date, and nil is 0",
        [
            count(10, APRIL),
            without("nil", MAY, measure="orders-completed"),
            count(2.5, JUNE),
            count(13, TO_JUNE),
            count(11, TO_MAY),
        ],
        [
            (5, "Value", total("Orders completed for April to June 2010", "13", "3 months", "12.5")),
            (6, "Value", total("Orders completed for April to May 2010", "11", "2 months", "10")),
        ],
    ),
    Case(
        "total-is-off",
        "of each trust by itself, and the first row of two",
        [
            *(count(number, period) for number, period in ((10, APRIL), (10, MAY), (20, TO_MAY))),
            *(
                count(number, period, organisation="kent")
                for number, period in ((1, APRIL), (1, MAY), (20, TO_MAY), (2, TO_MAY))
            ),
        ],
        [(7, "Value", total("Orders completed for April to May 2010", "20", "2 months", "2"))],
    ),
    Case(
        "total-is-off",
        "a nil total of something",
        [count(1, APRIL), count(1, MAY), without("nil", TO_MAY, measure="orders-completed")],
        [(4, "Value", total("Orders completed for April to May 2010", "0", "2 months", "2"))],
    ),
]

YEARS_TO_DATE = [
    Case(
        "year-to-date-falls",
        "it grows or stays, and begins anew",
        [
            *(
                count(number, months(2010, 4, length))
                for number, length in ((30, 1), (60, 2), (60, 3), (90, 12))
            ),
            *(count(number, months(2011, 4, length)) for number, length in ((5, 1), (7, 2))),
        ],
    ),
    Case(
        "year-to-date-falls",
        "months by themselves",
        [count(30, APRIL), count(5, MAY), count(3, months(2010, 5, 2))],
    ),
    Case(
        "year-to-date-falls",
        "of a day, of staff, of a share without counts",
        [
            count(number, period, measure=measure)
            for measure in ("caseload", "officers", "reports-on-time")
            for number, period in ((60, TO_MAY), (50, TO_JUNE))
        ],
    ),
    Case(
        "year-to-date-falls", "another trust's", [count(60, TO_MAY), count(50, TO_JUNE, organisation="kent")]
    ),
    Case(
        "year-to-date-falls",
        "of a later month that the series holds",
        [count(60, TO_MAY)],
        before=[count(50, TO_JUNE)],
    ),
    Case(
        "year-to-date-falls",
        "in the file, over a month without a number",
        [
            count(60, TO_MAY),
            without("missing", TO_JUNE, measure="orders-completed"),
            count(50, TO_JULY),
            count(40, YEAR),
        ],
        [
            (4, "Value", falls("Orders completed", "60 in April to May 2010", "50 in April to July 2010")),
            (5, "Value", falls("Orders completed", "50 in April to July 2010", "40 in 2010-11")),
        ],
    ),
    Case(
        "year-to-date-falls",
        "counts of a share, against what the series holds",
        [share(40, 59, TO_JUNE)],
        [
            (
                2,
                "Numerator",
                falls(
                    "The numerator of Reports on time", "45 in April to May 2010", "40 in April to June 2010"
                ),
            ),
            (
                2,
                "Denominator",
                falls(
                    "The denominator of Reports on time",
                    "60 in April to May 2010",
                    "59 in April to June 2010",
                ),
            ),
        ],
        before=[share(45, 60, TO_MAY)],
    ),
    Case(
        "year-to-date-falls",
        "money, from April on, to nil",
        [
            count(2_500, APRIL, measure="planned-budget"),
            count(1_250.5, TO_MAY, measure="planned-budget"),
            without("nil", TO_JUNE, measure="planned-budget"),
        ],
        [
            (3, "Value", falls("Planned budget", "2,500 in April 2010", "1,250.5 in April to May 2010")),
            (4, "Value", falls("Planned budget", "1,250.5 in April to May 2010", "0 in April to June 2010")),
        ],
    ),
    Case(
        "year-to-date-falls",
        "the file's May counts, not the series'",
        [count(40, TO_MAY), count(50, TO_JUNE)],
        before=[count(60, TO_MAY)],
    ),
]

JUMPS = [
    Case("jump", "nothing before", [row(), count(50)]),
    after(share(46, 50), share(36, 50), said="exactly 20 points"),
    after(
        share(46, 50),
        share(66, 100),
        said="26 points down",
        found=share_jump("92% (46 of 50)", "66% (66 of 100)", "26"),
    ),
    after(
        share(46, 50), share(30, 50), said="down", found=share_jump("92% (46 of 50)", "60% (30 of 50)", "32")
    ),
    after(
        share(30, 50), share(46, 50), said="up", found=share_jump("60% (30 of 50)", "92% (46 of 50)", "32")
    ),
    after(
        share(500, 1000),
        share(701, 1000),
        said="a little above 20 points, which isn't written as 20",
        found=share_jump("50% (500 of 1,000)", "70% (701 of 1,000)", "20.1"),
    ),
    after(
        share(20, 20),
        share(10, 20),
        said="20 cases",
        found=share_jump("100% (20 of 20)", "50% (10 of 20)", "50"),
    ),
    after(share(19, 19), share(10, 20), said="19 cases before"),
    after(share(20, 20), share(9, 19), said="19 cases now"),
    after(
        share(46, 50),
        share(NAN, 50, value=60),
        said="without a numerator",
        found=share_jump("92% (46 of 50)", "60% (of 50)", "32"),
    ),
    after(row(numerator=NAN, denominator=NAN, value=92), share(30, 50), said="without counts before"),
    after(share(46, 50), without("suppressed", denominator=50), said="suppressed"),
    after(share(46, 50), without("nil"), said="nil"),
    after(share(16, 20), share(2, 20, measure="targets-met"), said="another measure"),
    after(
        share(20, 20, measure="targets-met"), share(2, 20, measure="targets-met"), said="of a fixed number"
    ),
    Case("jump", "not just before", [share(30, 50, MAY)], before=[share(46, 50, MARCH)]),
    Case("jump", "of another length", [share(30, 50, SPRING)], before=[share(46, 50, MARCH)]),
    Case("jump", "another trust", [share(30, 50)], before=[share(46, 50, MARCH, organisation="kent")]),
    Case(
        "jump",
        "quarters, years and weeks in the file",
        [
            share(46, 50, SPRING),
            share(30, 50, SUMMER),
            share(46, 50, months(2009, 4, 12), measure="reoffending"),
            share(30, 50, YEAR, measure="reoffending"),
            share(46, 50, week(5), measure="breach-on-time"),
            share(30, 50, week(12), measure="breach-on-time"),
        ],
        [
            (
                number,
                "Numerator",
                f"{title} was 92% (46 of 50) {then} and is 60% (30 of 50) {now}: a change of 32 points, "
                "where more than 20 asks for a reason.",
            )
            for number, title, then, now in (
                (3, "Reports on time", "in April to June 2010", "in July to September 2010"),
                (5, "Reoffending", "in 2009-10", "in 2010-11"),
                (
                    7,
                    "Enforcement on time",
                    "from 5 April 2010 to 11 April 2010",
                    "from 12 April 2010 to 18 April 2010",
                ),
            )
        ],
    ),
    Case(
        "jump",
        "the file's March counts, not the series'",
        [share(30, 50), share(30, 50, MARCH)],
        before=[share(46, 50, MARCH)],
    ),
    Case(
        "jump",
        "of what is held twice the last",
        [share(30, 50)],
        share_jump("92% (46 of 50)", "60% (30 of 50)", "32"),
        before=[share(30, 50, MARCH), share(46, 50, MARCH)],
    ),
    after(count(40), count(60), said="half exactly"),
    after(count(20), count(10), said="half exactly, down"),
    after(count(10), count(20), said="10 exactly"),
    after(
        count(40), count(61), said="more than half", found=count_jump("Orders completed", "40", "61", "21")
    ),
    after(
        count(30), count(14), said="less than half", found=count_jump("Orders completed", "30", "14", "16")
    ),
    after(
        without("nil", measure="orders-completed"),
        count(11),
        said="from nil",
        found=count_jump("Orders completed", "0", "11", "11"),
    ),
    after(
        count(1_100),
        without("nil", measure="orders-completed"),
        said="to nil",
        found=count_jump("Orders completed", "1,100", "0", "1,100"),
    ),
    after(count(30), without("missing", measure="orders-completed"), said="to nothing"),
    after(
        count(19_519_000, measure="planned-budget"),
        count(1_951_900, measure="planned-budget"),
        said="money",
        found=count_jump("Planned budget", "£19,519,000", "£1,951,900", "£17,567,100"),
    ),
    after(
        count(40, measure="officers"),
        count(12.5, measure="officers"),
        said="staff",
        found=count_jump("Officers", "40.00", "12.50", "27.50"),
    ),
    after(count(5, measure="rate-change"), count(50, measure="rate-change"), said="a change that changes"),
    after(count(np.inf), count(50), said="from what is no number"),
    after(count(50), count(np.inf), said="to what is no number"),
]


def vanishes(then: Row, now: Row, found: Any = (), said: str = "") -> Case:
    return after(then, now, found, said, "denominator-vanishes")


def vanished(column: str, was: str, has_become: str) -> list[tuple[int, str, str]]:
    return [(2, column, f"{was} in March 2010 and {has_become} in April 2010: say why.")]


HAD_50, WAS_50 = "Reports on time had 50 cases", "Orders completed was 50"
VANISHED = [
    Case("denominator-vanishes", "nothing before", [share(0, 0), without("missing")]),
    vanishes(share(45, 50), share(1, 1), said="some are left"),
    vanishes(share(0, 19), share(0, 0), said="19 before"),
    vanishes(
        share(0, 20),
        share(0, 0),
        said="20 before",
        found=vanished("Denominator", "Reports on time had 20 cases", "has none"),
    ),
    vanishes(share(45, 50), share(0, 0), said="0", found=vanished("Denominator", HAD_50, "has none")),
    vanishes(
        share(45, 50),
        row(numerator=NAN, denominator=NAN, value=90),
        said="empty",
        found=vanished("Denominator", HAD_50, "has no denominator"),
    ),
    vanishes(share(45, 50), row(denominator=NAN, is_whole=False), said="unread"),
    vanishes(share(45, 50), without("nil"), said="nil", found=vanished("Denominator", HAD_50, "has none")),
    *(
        vanishes(share(45, 50), without(status), said=status, found=vanished("Status", HAD_50, f"is {words}"))
        for status, words in (
            ("missing", "missing"),
            ("suppressed", "suppressed"),
            ("not-applicable", "not applicable"),
        )
    ),
    vanishes(without("missing"), without("missing"), said="missing before"),
    vanishes(
        count(50),
        without("missing", measure="orders-completed"),
        said="a count",
        found=vanished("Status", WAS_50, "is missing"),
    ),
    vanishes(count(19), without("missing", measure="orders-completed"), said="a small count"),
    vanishes(count(50), without("nil", measure="orders-completed"), said="a count that is nil jumps"),
    vanishes(
        share(45, 50, measure="targets-met"),
        without("missing", measure="targets-met"),
        said="of a fixed number",
    ),
    Case("denominator-vanishes", "not just before", [without("missing", MAY)], before=[share(45, 50, MARCH)]),
    Case(
        "denominator-vanishes",
        "in the file, once for each month after one with cases",
        [share(45, 50, JUNE), without("missing", JULY), without("missing", months(2010, 8))],
        [(3, "Status", "Reports on time had 50 cases in June 2010 and is missing in July 2010: say why.")],
    ),
]

CASES = [*TOTALS, *YEARS_TO_DATE, *JUMPS, *VANISHED]
