"""What changed between two versions."""

from performance.returns.differences import differences
from tests.performance.returns.sent import GOOD, MAY, ORDERS, drafted


def test_figures_that_differ_are_named_with_what_they_were_and_are(series):
    first = drafted(series, GOOD, ORDERS, GOOD | MAY)
    june = {"period_start": "2010-06-01", "period_end": "2010-06-30"}
    second = drafted(series, GOOD | {"numerator": "46"}, GOOD | MAY, GOOD | june)

    found = differences(first, second)

    assert [
        (
            changed.difference.value,
            changed.figure.measure.code,
            str(changed.period),
            changed.before and changed.before.numerator,
            changed.after and changed.after.numerator,
        )
        for changed in found
    ] == [
        ("changed", "reports-on-time", "April 2010", 45, 46),
        ("added", "reports-on-time", "June 2010", None, 45),
        ("removed", "orders-completed", "April 2010", None, None),
    ]


def test_another_note_or_status_is_a_difference(series):
    first = drafted(series, GOOD, GOOD | MAY)
    missing = {"status": "missing", "numerator": "", "target": ""}
    second = drafted(series, GOOD | {"note": "Counted again."}, GOOD | MAY | missing)

    assert [(changed.after.note, changed.after.status) for changed in differences(first, second)] == [
        ("Counted again.", "reported"),
        ("", "missing"),
    ]


def test_the_same_figures_in_another_order_are_none(series):
    first = drafted(series, GOOD, GOOD | MAY)
    second = drafted(series, GOOD | MAY, GOOD)

    assert differences(first, second) == []
