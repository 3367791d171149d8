"""What must hold of single cells, with rows that are as they should be and rows that aren't."""

import datetime
from dataclasses import replace

import numpy as np

from tests.performance.returns.checks.frames import (
    APRIL,
    KNOWN,
    Case,
    Row,
    count,
    months,
    row,
    share,
    without,
)

NAT = np.datetime64("NaT")
YEARS = "expected a date from 2009-04-01 to 2012-03-31, the years of 'ptrs'."
SIZE = "expected 0, or a size from 1e-06 to 1e+15."
LONDONS = replace(KNOWN, own="london")
FEW_YEARS = replace(KNOWN, today=datetime.date(2010, 4, 30))


def a_day(year: int, month: int, day: int) -> Row:
    only = datetime.date(year, month, day)
    return {"period_start": only, "period_end": only}


CASES = [
    Case("organisation-unknown", "known", [row()]),
    Case(
        "organisation-unknown",
        "unknown",
        [row(), row(organisation="camelot")],
        [(3, "Organisation", "Found 'camelot'; expected the slug of an organisation.")],
    ),
    Case(
        "organisation-unknown",
        "empty",
        [row(organisation="")],
        [(2, "Organisation", "Found an empty cell; expected the slug of an organisation.")],
    ),
    Case("organisation-unknown", "unread", [row(organisation="", is_whole=False)]),
    Case(
        "organisation-unknown",
        "unknown in a row of which another cell is unread",
        [row(organisation="camelot", is_whole=False)],
        [(2, "Organisation", "Found 'camelot'; expected the slug of an organisation.")],
    ),
    Case("measure-unknown", "known", [row()]),
    Case(
        "measure-unknown",
        "unknown",
        [row(measure="happiness")],
        [(2, "Measure", "Found 'happiness'; expected the code of a measure.")],
    ),
    Case("measure-unknown", "unread", [row(measure="", is_whole=False)]),
    Case("framework-unknown", "known", [row()]),
    Case(
        "framework-unknown",
        "unknown",
        [row(framework="league")],
        [(2, "Framework", "Found 'league'; expected the slug of a framework.")],
    ),
    Case(
        "framework-unknown",
        "empty",
        [row(framework="")],
        [(2, "Framework", "Found an empty cell; expected the slug of a framework.")],
    ),
    Case("framework-unknown", "unread", [row(framework="", is_whole=False)]),
    Case("target-outside-the-framework", "of a measure of it", [row(target=92.5)]),
    Case("target-outside-the-framework", "another measure without one", [row(measure="starts")]),
    Case(
        "target-outside-the-framework",
        "of another measure",
        [row(measure="planned-budget", value=5, target=13_613_000)],
        [
            (
                2,
                "Target",
                "Found '13613000'; expected 'planned-budget' to be a measure of the row's framework.",
            )
        ],
    ),
    Case("period-backwards", "a day", [row(period_end=APRIL["period_start"])]),
    Case("period-backwards", "no day", [row(period_start=NAT), row(period_end=NAT)]),
    Case(
        "period-backwards",
        "backwards",
        [row(period_end=datetime.date(2010, 3, 31))],
        [(2, "Period end", "Found '2010-03-31'; expected a date on or after 2010-04-01.")],
    ),
    Case("count-below-zero", "none and nothing", [share(0, 0), count(5)]),
    Case(
        "count-below-zero",
        "below",
        [share(-1, 50), share(1, -1_234_567)],
        [
            (2, "Numerator", "Found '-1'; expected 0 or more."),
            (3, "Denominator", "Found '-1234567'; expected 0 or more."),
        ],
    ),
    Case("number-not-finite", "finite", [row(value=90, target=90, expected=45)]),
    Case(
        "number-not-finite",
        "without end",
        [row(target=-np.inf), count(np.inf)],
        [
            (2, "Target", "Found '-inf'; expected a finite number."),
            (3, "Value", "Found 'inf'; expected a finite number."),
        ],
    ),
    Case("number-out-of-size", "as large as can be", [count(1e15), count(1e-6), count(0)]),
    Case(
        "number-out-of-size",
        "beyond",
        [count(1.1e15), count(-9e-7)],
        [(2, "Value", f"Found '1.1e+15'; {SIZE}"), (3, "Value", f"Found '-9e-07'; {SIZE}")],
    ),
    Case("share-above-the-whole", "all of them", [share(50, 50), share(np.nan, 50), share(0, 0)]),
    Case("share-above-the-whole", "of a rate", [row(measure="rate-change", numerator=51)]),
    Case(
        "share-above-the-whole",
        "more than all",
        [share(51, 50), share(17, 16, measure="targets-met")],
        [
            (2, "Numerator", "Found '51'; expected at most the denominator, 50."),
            (3, "Numerator", "Found '17'; expected at most the denominator, 16."),
        ],
    ),
    Case("share-outside-0-to-100", "none and all", [row(value=0), row(value=100), count(126)]),
    Case(
        "share-outside-0-to-100",
        "more",
        [row(value=100.5), row(value=-1)],
        [
            (2, "Value", "Found '100.5'; expected a percentage from 0 to 100."),
            (3, "Value", "Found '-1'; expected a percentage from 0 to 100."),
        ],
    ),
    Case("share-of-no-cases", "empty", [share(0, 0), count(5, denominator=0)]),
    Case(
        "share-of-no-cases",
        "filled",
        [share(0, 0, value=50)],
        [(2, "Value", "Found '50'; expected an empty cell, as a share of no cases is none.")],
    ),
    Case("share-off-its-counts", "exact, rounded and absent", [row(value=90), share(1, 8, value=13), row()]),
    Case(
        "share-off-its-counts",
        "half down and half up, binary or not",
        [share(1, 8, value=12), share(3, 2000, value=0.2)],
    ),
    Case("share-off-its-counts", "unread counts", [share(np.nan, 50, value=3), share(3, np.nan, value=3)]),
    Case(
        "share-off-its-counts",
        "another",
        [share(1, 8, value=13.1), share(2, 3, value=66.68)],
        [
            (2, "Value", "Found '13.1'; expected 12.5, which 1 of 8 comes to."),
            (3, "Value", "Found '66.68'; expected 66.67, which 2 of 3 comes to."),
        ],
    ),
    Case("reported-without-a-value", "counts will do", [row(), count(0), row(measure="reports")]),
    Case("reported-without-a-value", "not reported", [without("missing"), without("nil"), without("")]),
    Case("reported-without-a-value", "unread", [without("reported", is_whole=False)]),
    Case(
        "reported-without-a-value",
        "nothing",
        [share(np.nan, 50), share(0, 0), count(np.nan, numerator=3, denominator=5)],
        [
            (
                number,
                "Value",
                "Found an empty cell; expected a value (of a share, its counts will do), as it is "
                "'reported'.",
            )
            for number in (2, 3, 4)
        ],
    ),
    Case("number-not-reported", "none", [without("missing"), without("suppressed", denominator=3)]),
    Case(
        "number-not-reported",
        "a number",
        [row(status="missing"), without("suppressed", value=0), without("not-applicable", numerator=0)],
        [
            (2, "Status", "Found 'missing'; expected 'reported' or 'nil', as there is a number."),
            (3, "Status", "Found 'suppressed'; expected 'reported' or 'nil', as there is a number."),
            (4, "Status", "Found 'not-applicable'; expected 'reported' or 'nil', as there is a number."),
        ],
    ),
    Case(
        "nil-with-a-number", "nothing", [without("nil"), without("nil", value=0, numerator=0, denominator=9)]
    ),
    Case(
        "nil-with-a-number",
        "something",
        [row(status="nil"), count(3, status="nil")],
        [
            (2, "Status", "Found 'nil'; expected 'reported', as there is a number above nil."),
            (3, "Status", "Found 'nil'; expected 'reported', as there is a number above nil."),
        ],
    ),
    Case(
        "organisation-no-trust",
        "a trust, and nobody",
        [row(organisation="kent"), row(organisation="camelot")],
    ),
    Case(
        "organisation-no-trust",
        "an area",
        [row(organisation="kent-area")],
        [(2, "Organisation", "Found 'kent-area'; expected a probation trust, as only trusts send returns.")],
    ),
    Case("organisation-of-others", "anybody may be sent", [row(), row(organisation="kent")]),
    Case("organisation-of-others", "the sender's own", [row(), row(organisation="camelot")], known=LONDONS),
    Case(
        "organisation-of-others",
        "others",
        [row(), row(organisation="kent"), row(organisation="kent-area", is_whole=False)],
        [
            (number, "Organisation", "This row is of Kent; you may send figures of London only.")
            for number in (3, 4)
        ],
        known=LONDONS,
    ),
    Case(
        "trust-not-standing",
        "for some of it, and who knows when",
        [row(months(2009, 5)), row(months(2011, 5), organisation="kent"), row(organisation="camelot")],
    ),
    Case("trust-not-standing", "no day", [row(period_start=NAT, period_end=datetime.date(1999, 1, 1))]),
    Case(
        "trust-not-standing",
        "its first and last days",
        [row(a_day(2009, 5, 4)), row(a_day(2011, 5, 20), organisation="kent")],
    ),
    Case(
        "trust-not-standing",
        "the days before and after",
        [row(a_day(2009, 5, 3)), row(a_day(2011, 5, 21), organisation="kent")],
        [
            (2, "Period end", "London opened on 4 May 2009, after 3 May 2009."),
            (3, "Period start", "Kent closed on 20 May 2011, before 21 May 2011."),
        ],
    ),
    Case(
        "trust-not-standing",
        "before and after",
        [row(months(2009, 4)), row(months(2011, 6), organisation="kent")],
        [
            (2, "Period end", "London opened on 4 May 2009, after April 2009."),
            (3, "Period start", "Kent closed on 20 May 2011, before June 2011."),
        ],
    ),
    Case(
        "period-too-long", "years", [row(months(2010, 4, 12)), row(months(2011, 4, 12)), row(period_end=NAT)]
    ),
    Case(
        "period-too-long",
        "from 29 February",
        [row(period_start=datetime.date(2012, 2, 29), period_end=datetime.date(2013, 2, 28))],
    ),
    Case(
        "period-too-long",
        "a day more",
        [row(period_end=datetime.date(2011, 4, 1)), row(months(2011, 4, 13))],
        [
            (
                number,
                "Period end",
                f"Found '{end}'; expected a date up to {last}, as a period is a year at most.",
            )
            for number, end, last in ((2, "2011-04-01", "2011-03-31"), (3, "2012-04-30", "2012-03-31"))
        ],
    ),
    Case(
        "period-outside-the-framework",
        "its first and last days",
        [row(months(2009, 4)), row(months(2012, 3)), row(period_start=NAT, period_end=NAT)],
    ),
    Case("period-outside-the-framework", "of no framework", [row(months(2001, 1), framework="league")]),
    Case(
        "period-outside-the-framework",
        "outside",
        [row(months(2009, 3, 2)), row(months(2012, 3, 2))],
        [
            (2, "Period start", f"Found '2009-03-01'; {YEARS}"),
            (3, "Period end", f"Found '2012-04-30'; {YEARS}"),
        ],
    ),
    Case("period-not-over", "over", [row(months(2013, 3)), row(period_end=NAT)]),
    Case(
        "period-not-over",
        "today, and to come",
        [row(), row(months(2010, 4, 12)), row(months(2010, 3))],
        [
            (2, "Period end", "This period ends on 30 April 2010, which is today, so it isn't over."),
            (3, "Period end", "This period ends on 31 March 2011, which hasn't come yet."),
        ],
        known=FEW_YEARS,
    ),
    Case(
        "predicted-missing",
        "there, and not asked for",
        [share(9, 50, measure="reoffending", expected=9.5), row(), without("missing", measure="reoffending")],
    ),
    Case("predicted-missing", "unread", [row(measure="reoffending", is_whole=False)]),
    Case(
        "predicted-missing",
        "missing",
        [row(measure="reoffending"), row(measure="reoffending", denominator=np.nan, value=18)],
        [
            (
                2,
                "Expected",
                "Found an empty cell; expected the number that the prediction gives, as it is 'reported'.",
            ),
            (
                3,
                "Expected",
                "Found an empty cell; expected the number that the prediction gives, as it is 'reported'.",
            ),
            (
                3,
                "Denominator",
                "Found an empty cell; expected the cases that the prediction is of, as it is 'reported'.",
            ),
        ],
    ),
    Case("expected-outside-the-cases", "within", [row(expected=0), row(expected=50), row()]),
    Case("expected-outside-the-cases", "no number", [row(expected=np.inf, denominator=np.nan)]),
    Case("expected-outside-the-cases", "unread", [row(expected=3, denominator=np.nan, is_whole=False)]),
    Case(
        "expected-outside-the-cases",
        "outside",
        [row(expected=-0.5), row(expected=50.5), row(expected=3, denominator=np.nan)],
        [
            (2, "Expected", "Found '-0.5'; expected from 0 to the denominator, 50."),
            (3, "Expected", "Found '50.5'; expected from 0 to the denominator, 50."),
            (4, "Denominator", "Found an empty cell; expected the cases of which so many are expected."),
        ],
    ),
    Case(
        "value-below-zero",
        "a change, and what isn't known",
        [count(0), count(-3, measure="rate-change"), count(-3, measure="happiness"), row(value=-3)],
    ),
    Case(
        "value-below-zero",
        "below",
        [count(-3), count(-13_613_000.5, measure="planned-budget")],
        [
            (2, "Value", "Found '-3'; expected 0 or more."),
            (3, "Value", "Found '-13613000.5'; expected 0 or more."),
        ],
    ),
    Case(
        "target-out-of-reach",
        "in reach",
        [row(target=100), row(target=0), count(5, target=150), count(5, measure="rate-change", target=-2)],
    ),
    Case("target-out-of-reach", "no number", [row(target=np.inf), count(5, target=-np.inf)]),
    Case(
        "target-out-of-reach",
        "out of reach",
        [row(target=100.5), row(target=-1), count(5, target=-1)],
        [
            (2, "Target", "Found '100.5'; expected a percentage from 0 to 100."),
            (3, "Target", "Found '-1'; expected a percentage from 0 to 100."),
            (4, "Target", "Found '-1'; expected 0 or more."),
        ],
    ),
]
