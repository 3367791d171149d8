"""Three years of one trust and its neighbours, for tests of how figures went over time."""

from performance.calculation.cells import below_one_another
from performance.calculation.changes import changes
from performance.calculation.sums import with_sums
from tests.oracles import changes as naive
from tests.performance.calculation.frames import financial_year, frame, month, months, places, plain, trust

YEARS = (2009, 2010, 2011)
OF_YEAR = {
    year: [month(year + (number > 12), (number - 1) % 12 + 1) for number in range(4, 16)]
    for year in (*YEARS, 2012)
}
MONTHS = [period for year in YEARS for period in OF_YEAR[year]]
TWO_YEARS = MONTHS[:24]
QUARTERS = [
    months(year + (first > 12), (first - 1) % 12 + 1, 3) for year in YEARS for first in (4, 7, 10, 13)
]
WHOLE = [financial_year(year) for year in YEARS]
ICONS = ("chart", "variation", "assurance", "reason")
NO_CHART = "there are fewer than 2 months or quarters with a figure"
OTHER_PARTS = "the figures are for parts of a year other than months and quarters, as running totals are"
LISTS = ["period_start", "period_end", "value", "centre", "lower", "upper", "signal"]


def figures(*rows):
    """All years together, with what is added up from each."""
    everything = frame(*rows)
    by_year = everything.groupby(everything["period_end"].map(naive.first_year))
    return below_one_another([with_sums(own, places()) for _, own in by_year])


def all_changes(*rows):
    table = changes(figures(*rows)).to_dict("records")
    return {
        (own["measure"], own["organisation"]): {key: plain(cell) for key, cell in own.items()}
        for own in table
    }


def change_of(*rows, organisation="kent"):
    return all_changes(*rows)["reports-on-time", organisation]


def kent(x=80, n=100, **changes):
    return trust("kent", **{"numerator": x, "denominator": n} | changes)


def kents(*shares, periods=MONTHS, **changes):
    return [kent(x, **changes) | period for x, period in zip(shares, periods, strict=False)]


STABLE = [80, 84] * 12
