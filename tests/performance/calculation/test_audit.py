import numpy as np
import pandas as pd
import pytest

from performance.calculation.audit import audit
from performance.calculation.tables import AUDIT
from performance.statistics.audit_signals.denominators import CASES_QUESTION
from performance.statistics.audit_signals.heaping import QUESTION as HEAPING_QUESTION
from performance.statistics.audit_signals.ratchet import HUGGING_QUESTION, NARROWING_QUESTION
from performance.statistics.audit_signals.smoothness import QUESTION as SMOOTHNESS_QUESTION
from performance.vocabulary import AuditSignal
from tests.performance.calculation.audit_examples import (
    LATE,
    REPORTS,
    figures,
    frame,
    period,
    predicted,
    signs,
)
from tests.performance.calculation.year_frames import measure, plan

PLANS = [plan(REPORTS, LATE)]
YEAR = {"period_start": "2010-04-01", "period_end": "2011-03-31"}
NO_OUTCOME = predicted([])


def lively(seed: int = 1, months: int = 12, cases: int = 200, share: float = 0.9) -> list[tuple[int, int]]:
    """As chance alone would have them."""
    draw = np.random.default_rng(seed)
    return [(int(draw.binomial(cases, share)), cases) for _ in range(months)]


def trusts(number: int, **more) -> list[list[dict]]:
    return [figures(f"trust-{place:02}", lively(place), **more) for place in range(number)]


def lifted(counts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What just misses 90% lies on it."""
    return [(180, n) if 174 <= x < 180 else (x, n) for x, n in counts]


def test_the_columns_are_those_of_the_table_and_each_row_is_named_once():
    table = audit(frame(figures("kent", lively())), NO_OUTCOME, PLANS)

    assert set(table) == set(AUDIT.columns)
    assert table["signal"].to_list() == ["heaping", "narrowing", "smoothness", "hugging", "cases"]
    assert len(AUDIT.tidied(table)) == 5


def test_without_figures_there_is_a_table_without_rows():
    table = audit(frame([]), NO_OUTCOME, PLANS)

    assert table.empty
    assert AUDIT.tidied(table).empty


def test_a_quiet_series_is_looked_at_and_asks_nothing():
    found = signs(*trusts(12))

    assert len(found) == 2 + 3 * 12
    assert {row["question"] for row in found.values()} == {""}
    assert found["smoothness", "reports", "trust-00"] | {"observed": 0, "p": 0, "adjusted_p": 0} == {
        "signal": "smoothness",
        "measure": "reports",
        "organisation": "trust-00",
        **YEAR,
        "n": 12,
        "observed": 0,
        "by_chance": 1,
        "p": 0,
        "adjusted_p": 0,
        "question": "",
        "reason": "",
    }


def test_values_of_all_trusts_that_heap_above_their_targets_raise_one_question():
    heaped = [figures(f"trust-{place:02}", lifted(lively(place))) for place in range(12)]

    row = signs(*heaped)["heaping", "reports", ""]

    assert (row["question"], row["reason"]) == (HEAPING_QUESTION, "")
    assert row["observed"] > row["by_chance"] + 0.2
    assert row["p"] == row["adjusted_p"] < 0.01
    near = [x for own in heaped for x in (month["numerator"] for month in own) if 176 <= x < 184]
    assert row["n"] == len(near)
    assert row["observed"] == sum(x >= 180 for x in near) / len(near)


def test_how_many_measures_were_looked_at_is_allowed_for():
    heaped = [figures(f"trust-{place:02}", lifted(lively(place))) for place in range(12)]
    others = trusts(12, measure="breaches")

    found = signs(*heaped, *others, measures=(REPORTS, measure("breaches")))

    reports, breaches = (found["heaping", code, ""] for code in ("reports", "breaches"))
    assert reports["p"] < breaches["p"]
    assert (reports["adjusted_p"], breaches["adjusted_p"]) == (2 * reports["p"], breaches["p"])


def test_each_value_is_held_against_its_own_target():
    """Of 200 cases 179 lie on 89.5% and just below 90%."""
    on_it, below = (figures(f"trust-{aim}", [(179, 200)] * 12, target=aim) for aim in (89.5, 90.0))

    row = signs(on_it, below)["heaping", "reports", ""]

    assert (row["n"], row["observed"]) == (24, 0.5)


@pytest.mark.parametrize("target", [2.0, 100.0, 0.0])
def test_beside_a_target_at_an_end_nothing_can_heap(target):
    row = signs(figures("kent", [(199, 200)] * 12, target=target))["heaping", "reports", ""]

    assert (row["n"], row["reason"]) == (0, "10 values near the target are needed and there are 0")


def test_where_less_is_better_the_other_cases_are_looked_at():
    counts = [lifted(lively(place)) for place in range(12)]
    more = [figures(f"trust-{place:02}", own) for place, own in enumerate(counts)]
    less = [
        figures(
            f"trust-{place:02}",
            [(n - x, n) for x, n in own],
            target=10.0,
            polarity="lower",
            measure="late",
        )
        for place, own in enumerate(counts)
    ]

    found, mirrored = signs(*more), signs(*less)

    assert found["heaping", "reports", ""]["question"] == HEAPING_QUESTION
    for (signal, _, name), row in found.items():
        assert mirrored[signal, "late", name] == pytest.approx(row | {"measure": "late"})


def test_months_that_are_all_alike_raise_a_question_about_their_trust():
    found = signs(*trusts(12), figures("kent", [(180, 200), (181, 200)] * 6))

    row = found["smoothness", "reports", "kent"]
    assert (row["question"], row["n"], row["by_chance"]) == (SMOOTHNESS_QUESTION, 12, 1)
    assert row["observed"] == pytest.approx(12 * 0.25 / (200 * 0.9025 * 0.0975) / 11)
    # The least p of thirteen.
    assert row["adjusted_p"] == pytest.approx(13 * row["p"])
    assert found["smoothness", "reports", "trust-00"]["question"] == ""


def test_attainment_that_keeps_to_its_target_after_its_best_month_raises_a_question():
    """191 of 200 are 95.5%, 5.5 points above; 182 are 91%."""
    after = [(191, 200), *[(182, 200)] * 11]

    found = signs(
        figures("kent", after), figures("wales", [*after[:-1], (179, 200)]), figures("york", after[1:])
    )

    kent, wales, york = (found["hugging", "reports", name] for name in ("kent", "wales", "york"))
    assert (kent["n"], kent["observed"], kent["question"]) == (11, 1, HUGGING_QUESTION)
    assert [kent[name] for name in ("by_chance", "p", "adjusted_p")] == [None] * 3
    assert (wales["n"], wales["observed"], wales["question"]) == (11, pytest.approx(10 / 11), "")
    assert (york["n"], york["observed"]) == (0, None)
    assert york["reason"] == "the series was never well above its target, 6 periods or more ago"


def test_a_best_month_too_near_the_end_is_followed_by_too_little():
    counts = [(182, 200)] * 7

    late, early = (signs(figures("kent", [*counts[:at], (191, 200), *counts[at:]])) for at in (2, 1))

    assert late["hugging", "reports", "kent"]["reason"].endswith("6 periods or more ago")
    assert (early["hugging", "reports", "kent"]["n"], early["hugging", "reports", "kent"]["observed"]) == (
        6,
        1,
    )


def test_years_are_looked_at_where_there_are_four():
    """Months that swing about years that keep to their target."""
    months = [(x, 200) for year in range(5) for x in ([192] * 12 if not year else [177, 187] * 6)]
    years = [(2304, 2400), *[(2184, 2400)] * 4]
    of_years = figures("kent", years, length=12)

    found = signs(figures("kent", months), of_years)["hugging", "reports", "kent"]
    fewer = signs(figures("kent", months[:36]), of_years[:3])["hugging", "reports", "kent"]

    assert (found["n"], found["observed"], found["question"]) == (4, 1, HUGGING_QUESTION)
    assert (found["period_start"], found["period_end"]) == ("2010-04-01", "2015-03-31")
    assert (fewer["n"], fewer["observed"], fewer["question"]) == (35, 0, "")


def in_years(spreads: dict[int, float], number: int = 12) -> list[list[dict]]:
    """Years of trusts round 90% of 1,000 cases, with a month or two so that they are looked at."""
    steps = np.linspace(-1, 1, number)
    return [
        row
        for place, step in enumerate(steps)
        for row in (
            figures(f"trust-{place:02}", [(9, 10), (9, 10)]),
            *(
                figures(f"trust-{place:02}", [(round(900 + spread * step), 1000)], first=first, length=12)
                for first, spread in spreads.items()
            ),
        )
    ]


def outcomes(first: int, last: int, moved: float, number: int = 12) -> list[tuple[str, int, float]]:
    return [
        (
            f"trust-{place:02}",
            year,
            place % 3 + (moved if year == last else 0) + (year == last) * place % 2 / 9,
        )
        for year in (first, last)
        for place in range(number)
    ]


def test_trusts_that_draw_together_round_a_target_while_outcomes_stay_raise_a_question():
    rows = in_years({2010: 60, 2011: 50, 2012: 11})

    row = signs(*rows, outcomes=[*outcomes(2010, 2012, -0.05), ("trust-01", 2011, 0.0)])[
        "narrowing", "reports", ""
    ]

    assert (row["question"], row["n"]) == (NARROWING_QUESTION, 12)
    spread = np.linspace(-1, 1, 12).std(ddof=1)
    assert (row["by_chance"], row["observed"]) == pytest.approx((6 * spread, 1.1 * spread), rel=0.05)
    assert (row["period_start"], row["period_end"]) == ("2010-04-01", "2013-03-31")
    assert row["p"] == row["adjusted_p"] < 0.001


def test_where_outcomes_moved_too_drawing_together_is_no_sign():
    rows = in_years({2010: 60, 2011: 11})

    row = signs(*rows, outcomes=outcomes(2010, 2011, -1.0))["narrowing", "reports", ""]

    assert (row["question"], row["reason"]) == ("", "")
    assert row["p"] < 0.001


def test_a_year_without_outcomes_is_no_end():
    rows = in_years({2010: 60, 2011: 50, 2012: 11})

    row = signs(*rows, outcomes=outcomes(2010, 2011, 0.0))["narrowing", "reports", ""]
    none = signs(*rows, outcomes=outcomes(2012, 2012, 0.0))["narrowing", "reports", ""]

    assert (row["period_end"], row["question"]) == ("2012-03-31", "")
    assert (none["n"], none["reason"]) == (0, "2 years with margins and outcomes are needed and there are 1")
    assert (none["period_start"], none["period_end"]) == ("2010-04-01", "2010-05-31")


def test_few_trusts_do_not_draw_together():
    row = signs(*in_years({2010: 60, 2011: 11}, 9), outcomes=outcomes(2010, 2011, 0.0, 9))

    assert row["narrowing", "reports", ""]["reason"] == "10 trusts are needed and there are 9"


def test_a_month_with_next_to_no_cases_raises_a_question_that_names_it():
    usual = [(180 + place % 3, 200 + place % 5) for place in range(12)]
    emptied = [*usual[:7], (18, 20), *usual[8:]]

    found = signs(*trusts(3), figures("kent", emptied))

    row = found["cases", "reports", "kent"]
    assert (row["period_start"], row["period_end"]) == ("2010-11-01", "2010-11-30")
    assert (row["question"], row["n"], row["observed"]) == (CASES_QUESTION, 12, 20)
    assert row["by_chance"] == pytest.approx(sum(n for _, n in emptied if n > 20) / 11)
    # Of 48 months.
    assert row["adjusted_p"] == pytest.approx(48 * row["p"])


def test_of_equally_surprising_months_the_first_is_told_and_nothing_asked():
    row = signs(figures("kent", [(180, 200)] * 12))["cases", "reports", "kent"]

    assert (row["period_start"], row["observed"], row["by_chance"]) == ("2010-04-01", 200, 200)
    assert row["question"] == ""


def test_four_months_say_nothing_of_what_is_usual():
    row = signs(figures("kent", [(18, 20), (None, None), *[(180, 200)] * 3]))["cases", "reports", "kent"]

    assert (row["n"], row["observed"], row["p"], row["question"]) == (4, None, None, "")
    assert row["reason"] == "fewer than 5 periods of the series have their figures"
    assert (row["period_start"], row["period_end"]) == ("2010-04-01", "2010-08-31")


@pytest.mark.parametrize("status", ["missing", "suppressed", "not-applicable"])
def test_a_figure_that_is_not_told_is_not_looked_at(status):
    counts = lively()
    hidden = figures("kent", [(1, 20)], first=2011, status=status)

    found, without = signs(figures("kent", counts), hidden), signs(figures("kent", counts))

    assert found["cases", "reports", "kent"] == without["cases", "reports", "kent"]
    assert found["smoothness", "reports", "kent"]["n"] == 12


def test_only_shares_of_process_with_a_good_side_and_a_target_are_looked_at():
    measures = (
        REPORTS,
        measure("settled", kind="outcome"),
        measure("programmes", kind="volume", unit="count"),
        measure("either", polarity="none"),
    )
    rows = [
        figures("kent", lively()),
        figures("kent", lively(), measure="settled"),
        figures("kent", lively(), measure="programmes", unit="count"),
        figures("kent", lively(), measure="either", polarity="none"),
        figures("kent", lively(), measure="in-no-framework"),
        figures("wales", lively(), target=None),
        figures("essex", lively(), target=950.0),
        figures("nobody", lively(), organisation_kind="region"),
        figures("today", lively(), structure="today"),
    ]

    found = signs(*rows, measures=measures)

    assert {(code, name) for _, code, name in found} == {("reports", ""), ("reports", "kent")}


def test_one_target_of_a_series_is_enough_to_look_at_all_of_it():
    row = signs(figures("kent", lively(), target=[None] * 11 + [90.0]))["smoothness", "reports", "kent"]

    assert row["n"] == 12


def test_where_there_are_no_months_quarters_are_looked_at_and_years_alone_are_not():
    quarters = figures("kent", lively(), length=3)
    years = figures("wales", lively(), length=12)

    found = signs(quarters, years)

    assert {name for *_, name in found} == {"", "kent"}
    assert found["smoothness", "reports", "kent"]["n"] == 12
    assert found["smoothness", "reports", "kent"]["period_end"] == "2013-03-31"


def test_running_totals_are_not_looked_at():
    half = figures("kent", [(90, 100)], length=6)

    found = signs(figures("kent", lively(months=24)), half)

    assert found["smoothness", "reports", "kent"]["n"] == 12
    assert found["smoothness", "reports", "kent"]["period_start"] == "2011-04-01"


def test_a_printed_percentage_is_held_against_its_target_and_is_no_case():
    """After a month of 97% ten of 91%, without counts."""
    values = [97.0, *[91.0] * 10]
    rows = [
        row | {"value": value, "status": "reported"}
        for row, value in zip(figures("kent", [(None, None)] * 11), values, strict=True)
    ]

    found = signs(rows)

    assert found["hugging", "reports", "kent"]["question"] == HUGGING_QUESTION
    assert found["smoothness", "reports", "kent"]["reason"].startswith("fewer than 10 periods")
    assert found["cases", "reports", "kent"]["reason"].startswith("fewer than 5 periods")
    assert found["heaping", "reports", ""]["n"] == 0


def test_the_order_of_rows_changes_nothing():
    rows = [row for own in trusts(6) for row in own]

    one, other = (
        audit(frame(some), NO_OUTCOME, PLANS).sort_values(["signal", "organisation"], ignore_index=True)
        for some in (rows, rows[::-1])
    )

    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_every_signal_is_looked_for():
    assert {signal for signal, *_ in signs(figures("kent", lively()))} == set(AuditSignal.values())


def test_periods_of_the_examples_are_months_of_financial_years():
    assert [period(2010, 0, 1), period(2010, 11, 1), period(2011, 0, 12)] == [
        ("2010-04-01", "2010-04-30"),
        ("2011-03-01", "2011-03-31"),
        ("2011-04-01", "2012-03-31"),
    ]
