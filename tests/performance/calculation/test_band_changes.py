import datetime

import pandas as pd
import pytest

from performance.calculation.band_changes import changes_of_band, scored_figures
from performance.calculation.rating_measures import rating_measures
from performance.calculation.ratings import ratings
from performance.calculation.scoring import scoring_of
from tests.oracles.divergence import number_of_successes
from tests.performance.calculation.year_frames import figure, frame, measure, plan, rows_of

reports = measure("reports")
programmes = measure("programmes", kind="volume", unit="count")
# Of 100 cases and a target of 90%, those that make each band.
IN_BAND = {1: 50, 2: 85, 3: 92, 4: 99}
CLOSE = 0.12


def year(first):
    return f"{first}-04-01", f"{first + 1}-03-31"


def framework(first, *measures, **changes):
    days = {"starts": datetime.date(first, 4, 1), "ends": datetime.date(first + 1, 3, 31)}
    return plan(*measures, slug=f"ptrs-{first}", **days, **changes)


def share(trust, first, x, n=100, target=90, **changes):
    return figure(trust, "reports", year(first), numerator=x, denominator=n, target=target, **changes)


def changes(*years):
    """years: each a framework and its figures."""
    rated, scored, sent = [], [], []
    for of_year, rows in years:
        scoring = scoring_of(frame(*rows), of_year)
        rated.append(ratings(scoring))
        scored.append(rating_measures(scoring))
        sent.append(frame(*rows))
    whole = pd.concat(rated)
    figures = scored_figures(pd.concat(scored), pd.concat(sent))
    plans = [of_year for of_year, _ in years]
    return rows_of(pd.concat(changes_of_band(whole[whole["domain"] == ""], figures, plans)))


def in_bands(first, bands, *measures):
    rows = [share(f"trust-{place}", first, IN_BAND[band]) for place, band in enumerate(bands) if band]
    return framework(first, *(measures or (reports,))), rows


def test_how_many_trusts_changed_band():
    (found,) = changes(in_bands(2010, (1, 2, 3, 4)), in_bands(2011, (1, 3, 4, 4)))

    assert (found["subject"], found["method"], found["framework"]) == ("bands", "band-changes", "")
    assert (found["kind"], found["estimate"], found["n"], found["reason"]) == ("all", 2, 4, "")
    assert (found["period_start"], found["period_end"]) == ("2010-04-01", "2012-03-31")
    assert 0 <= found["lower"] <= found["by_chance"] <= found["upper"] <= 4
    assert 0 < found["p"] <= 1


def test_no_change_at_all_is_0_and_not_a_reason():
    (found,) = changes(in_bands(2010, (3, 3, 3)), in_bands(2011, (3, 3, 3)))

    assert (found["estimate"], found["n"], found["reason"], found["p"]) == (0, 3, "", 1)


def test_only_trusts_rated_in_both_years_count():
    (found,) = changes(in_bands(2010, (2, 2, None)), in_bands(2011, (3, None, 4)))

    assert (found["estimate"], found["n"]) == (1, 1)


def test_where_nobody_is_rated_in_both_years_the_row_says_so():
    (found,) = changes(in_bands(2010, (2, None)), in_bands(2011, (None, 3)))

    assert (found["estimate"], found["n"], found["by_chance"]) == (None, 0, None)
    assert found["reason"] == "no trust has a band in both years"


def test_years_that_do_not_follow_one_another_are_not_compared():
    (found,) = changes(*(in_bands(first, (3, 3)) for first in (2010, 2012, 2013)))

    assert (found["period_start"], found["period_end"]) == ("2012-04-01", "2014-03-31")


def test_by_chance_as_many_change_as_a_coin_has_it():
    """Three trusts had 8 of 16 in both years, where half was asked for, so their level is a half. At most
    7 of 16, with a chance of 0.402, score 1; 8, with 0.196, score 3; and more score 4."""
    found = changes(
        *(
            (framework(first, reports), [share(f"trust-{t}", first, 8, 16, 50) for t in range(3)])
            for first in (2010, 2011)
        )
    )[0]

    chances = [0.4018, 0.1964, 0.4018]
    change = 1 - sum(chance**2 for chance in chances)
    at_most = number_of_successes([change] * 3)
    assert found["by_chance"] == pytest.approx(3 * change, abs=CLOSE)
    assert (found["lower"], found["upper"]) == (sum(part < 0.025 for part in at_most), 3)


def test_another_target_is_no_chance():
    """Kent does as much of what is asked in both years, though a tenth more is asked in the second."""
    before = framework(2010, programmes), [programme("kent", 2010, 1_000_000, 1_000_000 / 1.02)]
    after = framework(2011, programmes), [programme("kent", 2011, 1_100_000, 1_100_000 / 1.02)]

    (found,) = changes(before, after)

    assert (found["estimate"], found["by_chance"]) == (0, 0)


def programme(trust, first, value, target):
    return figure(trust, "programmes", year(first), unit="count", value=value, target=target)


def test_another_framework_moves_bands_without_any_chance():
    """Of values known exactly, where the second framework asks for more."""
    rows = [[figure("kent", "reports", year(first), value=92, target=90)] for first in (2010, 2011)]

    (found,) = changes(
        (framework(2010, reports), rows[0]), (framework(2011, reports, steps=(1.1, 1.2, 1.3)), rows[1])
    )

    assert (found["estimate"], found["by_chance"], found["p"]) == (1, 1, 1)


def test_the_order_of_loading_changes_nothing():
    years = [in_bands(2010, (1, 2, 3, 4)), in_bands(2011, (1, 3, 4, 4))]

    assert changes(*years) == changes(*((of_year, rows[::-1]) for of_year, rows in years))


def test_a_measure_that_one_framework_lacks_is_told_by_the_year_that_has_it():
    before = framework(2010, reports), [share("kent", 2010, 95)]
    more = programme("kent", 2011, 120, 100)
    after = framework(2011, reports, programmes), [share("kent", 2011, 95), more]

    (found,) = changes(before, after)

    assert found["n"] == 1
    assert 0 < found["by_chance"] < 1
