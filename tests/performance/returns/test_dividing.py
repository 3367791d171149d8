"""Which returns are in a file, and of which period each is."""

import pandas as pd
import pytest

from performance.returns.dividing import divided, period_of


def frame(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    columns = ["organisation", "framework", "period_start", "period_end"]
    built = pd.DataFrame(list(rows), columns=columns)
    for name in ("period_start", "period_end"):
        built[name] = pd.to_datetime(built[name]).astype("datetime64[s]")
    return built.astype({"organisation": "category", "framework": "category"})


def parts(*rows: tuple[str, str, str, str]) -> list[tuple[str, str, str, list[int]]]:
    found = divided(frame(*rows))
    return [(part.organisation, part.framework, str(part.period), part.positions.tolist()) for part in found]


APRIL, MAY, JUNE = ("2010-04-01", "2010-04-30"), ("2010-05-01", "2010-05-31"), ("2010-06-01", "2010-06-30")
MARCH = ("2011-03-01", "2011-03-31")
TO_JUNE, YEAR = ("2010-04-01", "2010-06-30"), ("2010-04-01", "2011-03-31")
ROLLING = ("2010-07-01", "2011-06-30")


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([APRIL, APRIL], "April 2010"),
        ([YEAR, YEAR], "2010-11"),
        ([ROLLING], "July 2010 to June 2011"),
        ([JUNE, TO_JUNE], "June 2010"),
        ([APRIL, MAY, JUNE, TO_JUNE], "April to June 2010"),
        ([APRIL, JUNE], "April to June 2010"),
        ([MAY, MARCH], "2010-11"),
        ([MARCH, YEAR], "March 2011"),
    ],
)
def test_a_return_is_of_the_shortest_usual_period_in_which_its_figures_end(periods, expected):
    built = frame(*(("london", "ptrs", *period) for period in periods))

    assert str(period_of(built["period_start"], built["period_end"])) == expected


def test_each_trust_framework_and_financial_year_is_a_return_of_its_own():
    rows = [
        ("london", "ptrs", *APRIL),
        ("kent", "ptrs", *APRIL),
        ("london", "ptrs", "2011-04-01", "2011-04-30"),
        ("london", "ippf", *APRIL),
        ("london", "ptrs", *MARCH),
    ]

    assert parts(*rows) == [
        ("kent", "ptrs", "April 2010", [1]),
        ("london", "ippf", "April 2010", [3]),
        ("london", "ptrs", "2010-11", [0, 4]),
        ("london", "ptrs", "April 2011", [2]),
    ]


def test_names_that_no_row_has_make_no_return():
    built = frame(("london", "ptrs", *APRIL))
    built["organisation"] = built["organisation"].cat.add_categories("kent")

    assert [part.organisation for part in divided(built)] == ["london"]
