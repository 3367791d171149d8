"""A month of a simulated return, kept aside."""

import datetime

from performance.periods import month_of
from performance.returns.simulation.held_back import hold_back
from tests.performance.returns.sent import APRIL, GOOD, MAY, content_of


def test_the_figures_of_a_month_are_moved_and_those_of_longer_periods_stay(tmp_path):
    until_may = APRIL | {"period_end": "2010-05-31"}
    file = tmp_path / "london_ptrs.csv"
    file.write_bytes(content_of(GOOD, GOOD | MAY, GOOD | until_may))

    aside = hold_back(file, month_of(datetime.date(2010, 5, 31)), tmp_path / "to-send")

    assert aside == tmp_path / "to-send" / "london_ptrs_2010-05.csv"
    assert lines(aside) == lines_of(GOOD | MAY)
    assert lines(file) == lines_of(GOOD, GOOD | until_may)


def lines(path) -> list[str]:
    return path.read_text().splitlines()


def lines_of(*rows) -> list[str]:
    return content_of(*rows).decode().splitlines()
