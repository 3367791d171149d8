import re

import numpy as np
import pandas as pd
import pytest

from performance.calculation.sentences.sentence import POSITIONS
from performance.calculation.sentences.table import COLUMNS, sentences
from performance.calculation.tables import SENTENCES
from performance.models import Sentence
from performance.vocabulary import PROCESS_KINDS, Method, ProcessKind, Quadrant, Subject
from tests.performance.calculation.sentences_examples import (
    KINDS,
    NAMES,
    NOTHING_COMPARED,
    ROWS,
    THREE_YEARS,
    YEAR,
    YEAR_BEFORE,
    frame,
    plan,
    results,
)

KEY = ["organisation", "topic", "period_start", "period_end"]
COUNTS = (0.0, 1.0, 2.0, 99.0, 1234.0, 1_000_000.0, np.nan, np.inf)
AMOUNTS = (0.0, 0.004, 0.9996, 2.0, 99.96, 100.0, 1234.5, np.nan, np.inf)
DIFFERENCES = (-1.0, -0.4, -1e-9, 0.0, 0.0004, 0.7, 1.0, np.nan)
CHANCES = (0.0, 0.00001, 0.0496, 0.3, 0.8, 0.9999, 1.0, np.nan)
REASONS = (
    "",
    "no prediction is given",
    "on reoffending, there are no cases",
    "a; on reoffending, b.",
    None,
    np.nan,
)
# What each figure may be.
POSSIBLE = {
    **dict.fromkeys(("counted", "cases", "reoffended", "cohort", "observed"), COUNTS),
    **dict.fromkeys(
        ("process", "required", "attainment", "outcome", "expected", "score", "by_chance"), AMOUNTS
    ),
    **dict.fromkeys(("lower", "upper", "difference", "estimate"), DIFFERENCES),
    **dict.fromkeys(("meets", "worse", "probability", "p", "adjusted_p", "weight_used"), CHANCES),
    **dict.fromkeys(("reason", "flag_reason"), REASONS),
    **dict.fromkeys(("quadrant", "fact"), tuple(Quadrant.values())),
    "verdict": ("", "not compared", "not significantly different from predicted"),
    "verdict_changes": (True, False),
    "band": (1.0, 3.0, 7.0, np.nan),
    "band_probabilities": ({}, None, {"3": 1.0}, {"1": 0.2, "3": np.nan}),
}
SIGNED = (
    Method.SPEARMAN,
    Method.WEIGHTED_RANK,
    Method.LATENT,
    Method.LAG,
    Method.SAME_YEAR,
    Method.PLACEBO_LEAD,
    Method.BETWEEN_TRUSTS,
)


def everything() -> dict[str, pd.DataFrame]:
    return results(
        divergence=[
            {},
            {"organisation": "wales", "quadrant": "not-determined", "probability": 0.6},
            {"organisation": "kent"} | NOTHING_COMPARED,
            YEAR_BEFORE | {"framework": "ptrs-2010-11"},
        ],
        predictions=[{}, {"organisation": "wales"}, YEAR_BEFORE],
        ratings=[{}, {"organisation": "wales", "band": 4.0}],
        national=[
            {"method": method, "subject": subject, "estimate": 0.3, "lower": 0.1, "upper": 0.5, "p": 0.01}
            for subject in Subject.values()
            for method in Method.values()
        ]
        + [{"method": "spearman", "kind": kind, "estimate": 0.3} for kind in PROCESS_KINDS],
        indicators=[{"note": "Added up from 11 of 12 months; August 2011 is missing."}],
    )


def test_the_table_is_what_a_release_stores():
    table = sentences(everything(), (plan(),), NAMES, KINDS)

    assert table.columns.to_list() == COLUMNS
    assert set(COLUMNS) == set(SENTENCES.columns)
    assert not table.duplicated(KEY).any()
    assert table["topic"].str.len().max() <= Sentence._meta.get_field("topic").max_length
    assert table["topic"].str.fullmatch(r"[a-z0-9-]+").all()
    assert table["period_start"].dtype == table["period_end"].dtype == "datetime64[s]"
    assert SENTENCES.tidied(table).shape == table.shape


def test_every_topic_is_told_of_and_none_is_unknown():
    table = sentences(everything(), (plan(),), NAMES, KINDS)

    assert set(table["topic"]) == set(POSITIONS)
    assert (table["topic"].map(POSITIONS) == table["position"]).all()


def test_sentences_come_in_the_order_of_the_page():
    table = sentences(everything(), (plan(),), NAMES, KINDS)

    ordered = table.sort_values(["organisation", "period_start", "period_end", "position"], kind="stable")
    assert ordered.equals(table)
    london = table[(table["organisation"] == "london") & (table["period_start"] == YEAR["period_start"])]
    assert london["topic"].to_list() == ["rating", "process", "outcome", "divergence", "missing"]


def test_sentences_do_not_depend_on_the_order_or_kind_of_columns():
    tables = everything()
    shuffled = {name: rows.sample(frac=1, random_state=2) for name, rows in tables.items()}
    texts = (
        "organisation",
        "framework",
        "quadrant",
        "fact",
        "reason",
        "verdict",
        "note",
        "method",
        "subject",
        "topic",
        "measure",
        "domain",
    )
    for rows in shuffled.values():
        for name in rows.columns.intersection(texts):
            rows[name] = rows[name].astype("category")
    shuffled["divergence"]["targets_met"] = shuffled["divergence"]["targets_met"].astype("Int64")
    shuffled["ratings"]["domain"] = None
    for name in ("period_start", "period_end"):
        shuffled["national"][name] = shuffled["national"][name].astype("datetime64[s]")

    assert sentences(shuffled, (plan(),), NAMES, KINDS).equals(sentences(tables, (plan(),), NAMES, KINDS))


def test_each_year_is_told_of_by_its_name():
    table = sentences(everything(), (plan(),), NAMES, KINDS)

    before = table[table["period_start"] == YEAR_BEFORE["period_start"]]
    assert before["text"].str.contains("2010-11", regex=False).all()
    assert not table["text"].str.contains(r"\d{4}-\d{2}-\d{2}").any()


def test_two_frameworks_of_one_year_are_told_apart():
    other = plan(slug="other", title="Service levels 2010-13")
    tables = results(divergence=[{}, {"framework": "other", "targets_met": 3}], predictions=[{}])

    table = sentences(tables, (plan(), other), NAMES, KINDS)

    own = table[table["organisation"] == "london"].set_index("topic")["text"]
    assert own.index.to_list() == [
        "process",
        "process-ptrs-2011-12",
        "outcome",
        "divergence",
        "divergence-ptrs-2011-12",
    ]
    assert own["process"].startswith("Under Service levels 2010-13: London Probation Trust met 3 of its 12")
    assert own["process-ptrs-2011-12"].startswith(
        "Under PTRS 2011-12: London Probation Trust met 9 of its 12"
    )
    assert not table.duplicated(KEY).any()


def test_what_two_frameworks_share_is_told_once():
    unknown = NOTHING_COMPARED | {"process": 50.0}
    tables = results(divergence=[unknown, {"framework": "other"} | unknown])

    table = sentences(tables, (plan(),), NAMES, KINDS)

    london = table[table["organisation"] == "london"]
    assert london["topic"].str.startswith("outcome").sum() == 1


def test_where_nobody_is_compared_or_rated_no_method_is_refused_once_more():
    refused = [
        {"method": method, "subject": subject, "n": n, "reason": "10 trusts are needed and there are 0"}
        | period
        for method, subject, n, period in (
            ("spearman", "process-and-outcome", 0, {}),
            ("misbanded", "bands", 0, {}),
            ("lag", "process-and-outcome", 0, {"framework": ""}),
            ("band-changes", "bands", 0, {"framework": "", **THREE_YEARS}),
            ("spearman", "timeliness-and-reoffending", 0, {"framework": ""}),
        )
    ]
    nobody = results(
        divergence=[NOTHING_COMPARED],
        ratings=[{"score": np.nan, "band": np.nan, "reason": "nothing is known"}],
        national=refused,
    )
    somebody = results(divergence=[{}], ratings=[{}], national=refused)

    def topics(tables: dict[str, pd.DataFrame]) -> set[str]:
        table = sentences(tables, (plan(0),), NAMES, KINDS)
        return set(table.loc[table["organisation"] == "", "topic"])

    assert topics(nobody) == {
        "quarters",
        "bands",
        "without-process",
        "without-outcome",
        "without-target",
        "timeliness-and-reoffending",
    }
    assert topics(somebody) >= {"lag", "band-changes", "timeliness-and-reoffending"}
    assert topics(somebody).isdisjoint({"rank-correlation", "misbanded"})


def test_reasons_speak_of_what_is_compared():
    refused = [{"n": 4, "reason": "10 trusts with both figures are needed and there are 4"}]
    tables = results(divergence=[{}], national=refused)

    table = sentences(tables, (plan(),), NAMES, {"london": "area"})

    text = table.loc[table["topic"] == "rank-correlation", "text"].item()
    assert text.endswith("because 10 areas with both figures are needed and there are 4.")


@pytest.mark.parametrize("tables", [{}, {"divergence": pd.DataFrame()}, {name: frame(name) for name in ROWS}])
def test_nothing_says_nothing(tables):
    table = sentences(tables, (plan(),), NAMES, KINDS)

    assert table.empty
    assert table.columns.to_list() == COLUMNS
    assert SENTENCES.tidied(table).empty


def test_a_name_or_column_that_is_lacking_is_a_mistake():
    with pytest.raises(KeyError, match="nowhere"):
        sentences(results(divergence=[{"organisation": "nowhere"}]), (plan(),), NAMES, KINDS)
    with pytest.raises(KeyError, match="quadrant"):
        sentences({"divergence": frame("divergence", {}).drop(columns="quadrant")}, (plan(),), NAMES, KINDS)


def test_infinite_figures_are_none():
    table = sentences(results(divergence=[{"process": np.inf}]), (plan(),), NAMES, KINDS)

    assert table.set_index(["organisation", "topic"])["text"]["london", "process"].endswith(
        "can't be told, because the figures that it takes aren't there. Of 12 targets that could be "
        "judged it met 9."
    )


def some_rows(table: str, rng: np.random.Generator, number: int) -> pd.DataFrame:
    """Rows in which each figure is any that there may be, or none."""
    rows = pd.DataFrame([ROWS[table]] * number)
    for name in rows.columns.intersection(list(POSSIBLE)):
        values = np.empty(len(POSSIBLE[name]), dtype=object)
        values[:] = POSSIBLE[name]
        rows[name] = rng.choice(values, number)
    return rows


def some_results(seed: int) -> dict[str, pd.DataFrame]:
    """Three years of forty trusts."""
    rng = np.random.default_rng(seed)
    tables = {name: some_rows(name, rng, 120) for name in ("divergence", "predictions", "ratings")}
    for rows in tables.values():
        rows["organisation"] = [f"trust-{place % 40 + 1}" for place in range(120)]
        rows["period_start"] = pd.to_datetime([f"{2000 + place // 40}-04-01" for place in range(120)])
        rows["period_end"] = rows["period_start"] + pd.DateOffset(years=1, days=-1)
    judged = rng.integers(0, 4, 120)
    tables["divergence"]["targets_judged"] = judged
    tables["divergence"]["targets_met"] = rng.integers(0, judged + 1)
    return tables | {"national": some_national(rng)}


def some_national(rng: np.random.Generator) -> pd.DataFrame:
    names = [
        (subject, method, kind)
        for subject in Subject.values()
        for method in Method.values()
        for kind in (ProcessKind if subject == Subject.PROCESS_AND_OUTCOME else [ProcessKind.ALL])
    ]
    national = some_rows("national", rng, len(names)).assign(**THREE_YEARS)
    national[["subject", "method", "kind"]] = names
    national["estimate"] = national["estimate"].astype(float)
    # Numbers, parts and the like have no sign, and what is told is told of somebody.
    is_signed = national["method"].isin([*SIGNED]) & (national["subject"] != Subject.BANDS)
    national["estimate"] = national["estimate"].where(is_signed, national["estimate"].abs())
    national["n"] = rng.integers(national["estimate"].notna(), 3)
    return national


# What no sentence holds: a figure that isn't there, a gap that wasn't filled, a word for what isn't shown.
FLAWS = re.compile(
    r"\b(?:nan|None(?! of)|NaN|NaT|inf|caused?)\b|  |\(\)|\.\.|[,;:]\.|[{}]| [.,;:)]|--|-0|\([^)]*\("
    r"|\b1 (?:trusts|cases|offenders|targets|measures|others|pairs|figures)\b"
)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_figures_a_sentence_is_one(seed):
    table = sentences(some_results(seed), (plan(3),), NAMES, KINDS)

    assert len(table) > 400
    for text in table["text"]:
        assert not FLAWS.search(re.sub(r"\b20\d\d-\d\d\b", "the year", text)), text
        assert text.endswith(".") and text[0] == text[0].upper(), text
        assert text.count("(") == text.count(")"), text


def test_sentences_of_three_hundred_trusts_and_twenty_years():
    names = {f"trust-{number}": f"Trust {number}" for number in range(300)}
    tables = {name: pd.DataFrame([ROWS[name]] * 6_000) for name in ("divergence", "predictions", "ratings")}
    for rows in tables.values():
        rows["organisation"] = [f"trust-{place % 300}" for place in range(6_000)]
        rows["period_start"] = pd.to_datetime([f"{1990 + place // 300}-04-01" for place in range(6_000)])
        rows["period_end"] = rows["period_start"] + pd.DateOffset(years=1, days=-1)

    table = sentences(tables, (plan(),), names)

    assert (table["organisation"] != "").sum() == 24_000
    assert table["text"].str.len().min() > 80
