"""What can be odd about the rows and cases of an extract, and what is then done with them."""

from trusts.words import Word


class Fault(Word):
    """The label goes on from a number of rows or cases: '3 rows' + ' have no case'."""

    # Of rows.
    NO_CASE = "no-case", "have no case, and are left out"
    UNKNOWN_TRUST = "unknown-trust", "are of no trust that is known, and are left out"
    UNKNOWN_EVENT = "unknown-event", "have an event that no measure is counted from, and are left out"
    NO_DATE = "no-date", "have no date that can be read, and are left out"
    LONG_AGO = "long-ago", "are dated before 1990, and are left out"
    IN_THE_FUTURE = (
        "in-the-future",
        "are dated after the day on which the extract was taken, and are left out",
    )
    UNKNOWN_TIER = "unknown-tier", "have a tier that isn't 1, 2, 3 or 4, and are taken to have none"
    WITHOUT_OFFSET = (
        "without-offset",
        "have a time that doesn't say its offset, as others of the extract do, and are taken to be of the "
        "clock in England and Wales",
    )
    # No fault by itself: only beside rows without one.
    WITH_OFFSET = "with-offset", "have a time that says its offset"
    SAID_TWICE = "said-twice", "say again what another row says, and are counted once"
    # Of cases.
    OUT_OF_ORDER = (
        "out-of-order",
        "have events before the order or licence started, and are left out of every measure",
    )
    NO_TRANSFER = (
        "no-transfer",
        "have rows of several trusts and no transfer, and count for the trust of their first row",
    )
    # Of cases under one rule.
    STOP_BEFORE_START = "stop-before-start", "stopped before they started, and are left out"
    SEVERAL_STARTS = "several-starts", "start on several days: the first counts"
    SEVERAL_STOPS = "several-stops", "stop on several days: the first counts"
    NO_START = "no-start", "stop and never started, and are left out"
    NO_TIER = "no-tier", "have no tier where they start, and are left out"
    NO_LAST_DAY = "no-last-day", "have no day set for them, and are left out"


OF_ROWS = (
    Fault.NO_CASE,
    Fault.UNKNOWN_TRUST,
    Fault.UNKNOWN_EVENT,
    Fault.NO_DATE,
    Fault.LONG_AGO,
    Fault.IN_THE_FUTURE,
    Fault.UNKNOWN_TIER,
    Fault.WITHOUT_OFFSET,
    Fault.SAID_TWICE,
)
# What is no fault by itself.
SHOWN_TO_NOBODY = (Fault.WITH_OFFSET,)
