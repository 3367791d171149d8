"""All checks together: what comes out, in which order, and of what they don't trip over."""

import datetime
import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from performance.models import Severity
from performance.returns.checks import CHECKS, check_figures
from performance.returns.figures_frame import NAMES, NUMBERS, PERIOD, Figures, Layout
from performance.returns.found import MOST_OF_A_KIND
from tests.performance.returns.checks.frames import (
    APRIL,
    BEFORE,
    HEADERS,
    JULY,
    KNOWN,
    MARCH,
    MAY,
    Row,
    count,
    figures,
    frame_of,
    held,
    months,
    row,
    share,
    without,
)

NO_ONE = held()
AT_ANY_TIME = replace(KNOWN, years={}, today=datetime.date(2100, 1, 1))


def test_sound_figures_break_no_rule():
    sent = figures(
        *(share(45 + number, 50, months(2010, 4 + number)) for number in range(3)),
        share(138, 150, months(2010, 4, 3), target=92.5),
        *(count(45 + number, months(2010, 4 + number)) for number in range(3)),
        share(900, 5000, measure="reoffending", expected=912.5),
        without("nil", MAY, measure="starts"),
    )

    assert check_figures(sent, KNOWN, held(share(44, 50, MARCH), count(44, MARCH))) == []


def test_findings_come_in_the_order_of_rows_and_columns():
    sent = figures(
        row(MAY),
        row(organisation="camelot", measure="happiness", numerator=-1),
        share(51, 50, expected=60),
        share(1, 1, months(2010, 6)),
    )

    found = check_figures(sent, KNOWN, NO_ONE)

    assert [(finding.row, finding.column, finding.code) for finding in found] == [
        (3, "Measure", "measure-unknown"),
        (3, "Numerator", "count-below-zero"),
        (3, "Organisation", "organisation-unknown"),
        (4, "Expected", "expected-outside-the-cases"),
        (4, "Numerator", "share-above-the-whole"),
        (5, "Denominator", "small-number"),
    ]


def test_errors_block_and_warnings_ask_for_a_reason():
    warnings = {check.code for check in CHECKS if check.severity == Severity.WARNING}

    assert warnings == {
        "year-to-date-falls",
        "jump",
        "denominator-vanishes",
        "small-number",
        "same-as-last",
        "month-missing",
    }
    error, warning = check_figures(figures(share(4, 3)), KNOWN, NO_ONE)
    assert {error.severity, warning.severity} == {"error", "warning"}


def test_rows_are_those_of_the_file():
    sent = figures(row(), share(51, 50, JULY))
    sent.frame["row"] = np.array([7, 12], dtype=np.int32)

    assert [finding.row for finding in check_figures(sent, KNOWN, NO_ONE)] == [12]


def test_a_column_is_named_as_it_was_sent_and_by_its_own_name_if_it_was_not():
    frame = frame_of([share(51, 50), row(organisation="")])
    sent = Figures(frame, {"numerator": "No. on time"}, Layout.TIDY)

    assert [finding.column for finding in check_figures(sent, KNOWN, NO_ONE)] == [
        "No. on time",
        "organisation",
    ]


def test_in_a_wide_layout_a_column_is_named_with_its_period():
    frame = frame_of([share(51, 50, heading="Apr 2010"), share(-1, 50, JULY, heading="Jul 2010")])
    sent = Figures(frame, {"numerator": "on time"}, Layout.WIDE)
    frame["row"] = np.int32(2)

    assert [(finding.row, finding.column) for finding in check_figures(sent, KNOWN, NO_ONE)] == [
        (2, "Apr 2010 on time"),
        (2, "Jul 2010 on time"),
    ]


def test_of_many_findings_of_a_kind_the_first_are_listed_and_the_others_counted():
    rows = [share(51, 50, day(number)) for number in range(MOST_OF_A_KIND + 1_234)]

    found = check_figures(figures(*rows), AT_ANY_TIME, NO_ONE)

    more, *listed = found
    assert [finding.row for finding in listed] == list(range(2, MOST_OF_A_KIND + 2))
    assert (more.row, more.column, more.severity) == (None, "", "error")
    assert more.sentence == (
        "A share's numerator is no more than its denominator. Besides the 1,000 places that are listed, it "
        "doesn't hold in 1,234 more."
    )


def test_of_as_many_as_are_listed_there_is_no_more():
    rows = [share(51, 50, day(number)) for number in range(MOST_OF_A_KIND)]

    assert len(check_figures(figures(*rows), AT_ANY_TIME, NO_ONE)) == MOST_OF_A_KIND


def test_the_first_are_listed_whatever_their_column():
    bad = [share(-1, 50, day(number)) for number in range(MOST_OF_A_KIND)]

    found = check_figures(figures(share(0, -5, MAY), *bad), AT_ANY_TIME, NO_ONE)

    below_zero = [finding for finding in found if finding.code == "count-below-zero"]
    assert [(finding.row, finding.column) for finding in below_zero[:3]] == [
        (None, ""),
        (2, "Denominator"),
        (3, "Numerator"),
    ]
    assert len(below_zero) == MOST_OF_A_KIND + 1


def day(number: int) -> Row:
    """Every second one, so that none is just before another."""
    moment = datetime.date(2009, 6, 1) + datetime.timedelta(days=2 * number)
    return {"period_start": moment, "period_end": moment}


def test_a_file_without_figures_has_no_findings():
    assert check_figures(figures(), KNOWN, NO_ONE) == []
    assert check_figures(figures(), KNOWN, held(row())) == []


def test_what_is_held_may_be_nothing_at_all():
    nothing = pd.DataFrame(columns=BEFORE)

    assert check_figures(figures(row()), KNOWN, nothing) == []


def test_nothing_need_be_known():
    unknown = replace(
        KNOWN,
        organisations=frozenset(),
        units={},
        framework_measures=frozenset(),
        trusts=frozenset(),
        years={},
        stood={},
        titles={},
        names={},
    )

    found = check_figures(figures(row()), unknown, held(row(MARCH)))

    assert {finding.code for finding in found} == {
        "organisation-unknown",
        "measure-unknown",
        "framework-unknown",
    }


def test_names_stand_for_themselves_where_they_have_no_titles():
    bare = replace(KNOWN, titles={}, names={}, own="kent")

    few, other = check_figures(figures(share(1, 1)), bare, NO_ONE)

    assert few.sentence == "reports-on-time is of 1 case in April 2010: people could be identified."
    assert other.sentence == "This row is of london; you may send figures of kent only."


WORST = {
    "organisation": ["london", "kent", "kent-area", "camelot", "", "x" * 10_000],
    "framework": ["ptrs", "league", ""],
    "measure": ["reports-on-time", "orders-completed", "reoffending", "rate-change", "happiness", ""],
    "period_start": ["NaT", "0001-01-01", "2010-04-01", "2010-04-02", "9999-12-31", "2012-02-29"],
    "period_end": ["NaT", "0001-01-31", "2010-04-30", "2010-06-30", "9999-12-31", "2013-02-28"],
    "status": ["reported", "nil", "missing", ""],
    **dict.fromkeys(NUMBERS, [np.nan, np.inf, -np.inf, -1, 0, 1, 3.5, 50, 1e15, 1.7e308, -1.7e308, 5e-324]),
    "heading": ["", "Apr 2010"],
    "is_whole": [True, False],
}


@pytest.mark.parametrize("seed", range(15))
def test_whatever_the_figures_there_are_findings_and_never_an_exception(seed):
    dice = random.Random(seed)  # noqa: S311
    rows = [some_row(dice) for _ in range(200)]
    before = frame_of([some_row(dice) for _ in range(50)])[BEFORE]

    found = check_figures(Figures(frame_of(rows), HEADERS, Layout.TIDY), replace(KNOWN, own="london"), before)

    assert len(found) > 200
    for finding in found:
        assert len(finding.sentence) < 400
        assert not any(word in finding.sentence.split() for word in ("nan", "NaN", "NaT", "None"))


def some_row(dice: random.Random) -> Row:
    found = row({name: dice.choice(pool) for name, pool in WORST.items()})
    return found | {name: np.datetime64(found[name]) for name in PERIOD}


def test_the_frame_that_was_checked_is_as_it_was():
    frame = frame_of([row(), share(51, 50, MAY), without("nil", APRIL, measure="starts")])
    before = held(row(MARCH), without("nil", MARCH))
    copies = frame.copy(), before.copy()

    check_figures(Figures(frame, HEADERS, Layout.TIDY), KNOWN, before)

    pd.testing.assert_frame_equal(frame, copies[0])
    pd.testing.assert_frame_equal(before, copies[1])


def test_a_name_that_is_absent_is_an_empty_cell():
    frame = frame_of([row()])
    frame["organisation"] = pd.Categorical([None], categories=["london"])

    (found,) = check_figures(Figures(frame, HEADERS, Layout.TIDY), KNOWN, NO_ONE)

    assert found.sentence == "Found an empty cell; expected the slug of an organisation."


def test_categories_may_come_in_any_order_and_of_any_type():
    frame = frame_of([row(), share(30, 50, MAY)])
    for name in (*NAMES, "status"):
        texts = sorted({*frame[name], "london", "missing", "reported"}, reverse=True)
        frame[name] = pd.Categorical(frame[name].astype(object), categories=pd.Index(texts, dtype=object))

    found = check_figures(Figures(frame, HEADERS, Layout.TIDY), KNOWN, NO_ONE)

    assert [(finding.code, finding.row) for finding in found] == [("month-missing", 3), ("jump", 3)]
