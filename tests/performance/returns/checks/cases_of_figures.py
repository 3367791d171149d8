"""Figures beside others of the same file: held twice, of few cases, the same each month, with a gap."""

import datetime
from dataclasses import replace

import numpy as np

from tests.performance.returns.checks.frames import (
    APRIL,
    JULY,
    JUNE,
    KNOWN,
    MARCH,
    MAY,
    SPRING,
    Case,
    Row,
    count,
    months,
    row,
    share,
    without,
)

NAT = np.datetime64("NaT")
IN_JUNE = replace(KNOWN, today=datetime.date(2010, 6, 30))
AFTER_JUNE = replace(KNOWN, today=datetime.date(2010, 7, 1))


def identified(title: str, period: str) -> str:
    return f"{title} in {period}: people could be identified."


def of_month(month: Row, *, reports: int = 45, **more: object) -> list[Row]:
    """Three figures of a trust."""
    return [
        share(reports, 50, month, **more),
        share(20, 30, month, measure="breach-on-time", **more),
        count(31, month, **more),
    ]


def the_same(number: int, month: str, before: str, figures: int = 3, name: str = "London") -> list:
    sentence = f"All {figures} figures of {name} for {month} are the same as those for {before}."
    return [(number, "", sentence)]


def gap(there: str, missing: str, title: str = "Reports on time", name: str = "London") -> str:
    return f"{title} of {name} has figures for {there}, and none for {missing}."


TWICE = [
    Case(
        "figure-twice",
        "another organisation, measure or period",
        [row(), row(organisation="kent"), count(5), row(MAY), row(period_end=MAY["period_end"])],
    ),
    Case(
        "figure-twice",
        "unread days are no days that another has",
        [row(), row(MAY, organisation="kent", period_start=NAT, is_whole=False), row(MAY)],
    ),
    Case("figure-twice", "with other values", [row(), share(46, 50)]),
    Case(
        "figure-twice",
        "three times, of another framework too, whatever the note",
        [row(note="first"), row(MAY), row(), row(framework="ippf")],
        [
            (
                number,
                "Measure",
                "Found 'reports-on-time'; expected one row for this figure; row 2 has it already.",
            )
            for number in (4, 5)
        ],
    ),
    Case(
        "figure-twice",
        "of names that aren't known",
        [row(organisation="camelot"), row(organisation="camelot"), row(organisation="avalon")],
        [(3, "Measure", "Found 'reports-on-time'; expected one row for this figure; row 2 has it already.")],
    ),
    Case(
        "figure-twice",
        "what can't be read isn't the same",
        [
            *(row(organisation="", is_whole=False) for _ in range(2)),
            *(row(measure="", is_whole=False) for _ in range(2)),
            *(row(period_start=NAT, is_whole=False) for _ in range(2)),
            *(row(period_end=NAT, is_whole=False) for _ in range(2)),
        ],
    ),
    Case(
        "figure-twice",
        "with a value that can't be read",
        [row(), row(numerator=np.nan, is_whole=False)],
        [(3, "Measure", "Found 'reports-on-time'; expected one row for this figure; row 2 has it already.")],
    ),
    Case(
        "figure-twice",
        "in two columns of a wide layout",
        [row(heading="Apr 2010"), row(heading="April 2010")],
        [
            (
                3,
                "Measure",
                "Found 'reports-on-time'; expected one row for this figure; row 2, Apr 2010, has it already.",
            )
        ],
    ),
    Case("figure-twice-different", "once, and twice the same", [row(), row(MAY), row(MAY)]),
    Case("figure-twice-different", "unread", [row(), row(numerator=np.nan, is_whole=False)]),
    Case(
        "figure-twice-different",
        "contradictions",
        [row(), share(46, 50), row(expected=44.5), without("missing"), row(target=90), row()],
        [
            (
                number,
                "Measure",
                f"Row {number} has the same figure as row 2 with another {said}. Keep the row that is right.",
            )
            for number, said in (
                (3, "numerator: '46' and not '45'"),
                (4, "expected: '44.5' and not an empty cell"),
                (5, "status: 'missing' and not 'reported'"),
                (6, "target: '90' and not an empty cell"),
            )
        ],
    ),
    Case(
        "figure-twice-different",
        "in two columns of a wide layout",
        [row(heading="Apr 2010"), share(46, 50, heading="April 2010")],
        [
            (
                3,
                "Measure",
                "Row 3, April 2010, has the same figure as row 2, Apr 2010, with another numerator: '46' and "
                "not '45'. Keep the row that is right.",
            )
        ],
    ),
]

SMALL = [
    Case("small-number", "none, and enough", [share(0, 0), share(0, 5), share(1, 5), count(0), count(5)]),
    Case(
        "small-number",
        "not reported, or not of people who are counted",
        [
            without("suppressed", denominator=3),
            without("nil", value=0),
            count(3, measure="planned-budget"),
            count(3, measure="officers"),
            share(1, 2, measure="targets-met"),
            share(1, 2, measure="happiness"),
        ],
    ),
    Case(
        "small-number",
        "few",
        [share(1, 1), share(0, 4, MAY), count(1, JUNE), count(4, measure="caseload", **MAY)],
        [
            (2, "Denominator", identified("Reports on time is of 1 case", "April 2010")),
            (3, "Denominator", identified("Reports on time is of 4 cases", "May 2010")),
            (4, "Value", identified("Orders completed is 1", "June 2010")),
            (5, "Value", identified("Caseload is 4", "May 2010")),
        ],
    ),
]

SAME = [
    Case("same-as-last", "one of three differs", [*of_month(APRIL), *of_month(MAY, reports=44)]),
    Case("same-as-last", "two figures", [*of_month(APRIL)[:2], *of_month(MAY)[:2]]),
    Case("same-as-last", "another trust's", [*of_month(APRIL), *of_month(MAY, organisation="kent")]),
    Case("same-as-last", "not the month before", [*of_month(APRIL), *of_month(JUNE)]),
    Case(
        "same-as-last",
        "nothing but what is missing",
        [
            without("missing", month, measure=measure)
            for month in (APRIL, MAY)
            for measure in ("reports-on-time", "breach-on-time", "starts")
        ],
    ),
    Case(
        "same-as-last",
        "one more, which the month before lacks",
        [*of_month(APRIL), *of_month(MAY), count(7, MAY, measure="starts")],
    ),
    Case(
        "same-as-last",
        "quarters",
        [*of_month(SPRING), *of_month(months(2010, 7, 3))],
    ),
    Case(
        "same-as-last",
        "in the file, at its first row, with a status that is the same",
        [
            *of_month(MAY),
            *of_month(APRIL),
            without("missing", APRIL, measure="starts"),
            without("missing", MAY, measure="starts"),
        ],
        the_same(2, "May 2010", "April 2010", figures=4),
    ),
    Case(
        "same-as-last",
        "of each month and trust",
        [
            *(figure for month in (APRIL, MAY, JUNE) for figure in of_month(month)),
            *(figure for month in (APRIL, MAY) for figure in of_month(month, organisation="kent")),
        ],
        [
            *the_same(5, "May 2010", "April 2010"),
            *the_same(8, "June 2010", "May 2010"),
            *the_same(14, "May 2010", "April 2010", name="Kent"),
        ],
    ),
    Case(
        "same-as-last",
        "as the series holds it",
        of_month(APRIL),
        the_same(2, "April 2010", "March 2010"),
        before=of_month(MARCH),
    ),
    Case(
        "same-as-last",
        "the file's April counts, not the series'",
        [*of_month(APRIL, reports=44), *of_month(MAY)],
        before=of_month(APRIL),
    ),
]

GAPS = [
    Case(
        "month-missing", "a quarter, and one month of another", [row(APRIL), row(MAY), row(JUNE), row(JULY)]
    ),
    Case("month-missing", "two months of two quarters", [row(MAY), row(JUNE, measure="starts"), row(JULY)]),
    Case(
        "month-missing", "the third is missing, and says so", [row(APRIL), row(MAY), without("missing", JUNE)]
    ),
    Case("month-missing", "a quarter that isn't over", [row(APRIL), row(MAY)], known=IN_JUNE),
    Case("month-missing", "the series holds it", [row(APRIL), row(JUNE)], before=[row(MAY)]),
    Case(
        "month-missing",
        "the trust had closed, or not opened",
        [
            row(months(2011, 4), organisation="kent"),
            row(months(2011, 5), organisation="kent"),
            row(months(2009, 5)),
            row(months(2009, 6)),
        ],
    ),
    Case(
        "month-missing",
        "the trust stood for some of it",
        [
            row(months(2011, 4), organisation="kent"),
            row(months(2011, 6), organisation="kent"),
        ],
        [(3, "", gap("April 2011 and June 2011", "May 2011", name="Kent"))],
    ),
    Case(
        "month-missing",
        "the first, the second, the third",
        [
            *(row(month) for month in (MAY, JUNE)),
            *(count(50, month) for month in (JUNE, APRIL)),
            *(row(month, measure="reoffending") for month in (APRIL, MAY)),
        ],
        [
            (3, "", gap("May 2010 and June 2010", "April 2010")),
            (4, "", gap("April 2010 and June 2010", "May 2010", title="Orders completed")),
            (7, "", gap("April 2010 and May 2010", "June 2010", title="Reoffending")),
        ],
        known=AFTER_JUNE,
    ),
    Case(
        "month-missing",
        "in the file the series' month doesn't count as one of two",
        [row(APRIL)],
        before=[row(MAY)],
    ),
    Case(
        "month-missing",
        "a figure that is there twice is one",
        [row(APRIL), row(APRIL), row(JULY), row(months(2010, 8)), row(months(2010, 8))],
        [(5, "", gap("July 2010 and August 2010", "September 2010"))],
    ),
]

CASES = [*TWICE, *SMALL, *SAME, *GAPS]
