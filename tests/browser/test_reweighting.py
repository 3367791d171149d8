"""Weights that a reader moves: the browser's sums against the server's, and the page that shows them."""

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from django.conf import settings

from performance.statistics.ratings.kinds import reweighted, weights_by_kind
from performance.statistics.ratings.scheme import RatedDomain, RatedMeasure, Scheme, StepScore
from performance.vocabulary import Kind, Weighting

pytestmark = pytest.mark.browser

FRAMEWORK = "/series/simulated/frameworks/ptrs-2010-11/"
BANDS, EDGES = ("1", "2", "3", "4"), (1.5, 2.5, 3.5)
TRUSTS, SETS = 12, 12
WORK_OUT = """([source, scheme, sets]) => import(source).then(({ reweighted }) =>
  sets.map((shares) => reweighted(scheme, shares)))"""


def module() -> str:
    """static/js/reweight.js as an address that any page can import."""
    source = (Path(settings.BASE_DIR) / "static" / "js" / "reweight.js").read_bytes()
    return f"data:text/javascript;base64,{base64.b64encode(source).decode()}"


def random_scheme(random: np.random.Generator) -> tuple[Scheme, dict[str, Kind]]:
    number = int(random.integers(1, 15))
    domains = [f"domain-{n}" for n in random.integers(0, int(random.integers(1, 5)), number)]
    weights = random.choice([1.0, 1.0, 2.5], number)
    measures = tuple(
        RatedMeasure(f"measure-{n}", domain, float(weight), 1.0)
        for n, (domain, weight) in enumerate(zip(domains, weights, strict=True))
    )
    used = sorted(set(domains))
    scheme = Scheme(
        measures,
        tuple(RatedDomain(code, float(random.choice([1.0, 1.0, 3.0]))) for code in used),
        StepScore((0.9, 1.0, 1.05)),
        BANDS,
        EDGES,
    )
    kinds = random.choice(list(Kind), number)
    return scheme, {code: Kind(kind) for code, kind in zip(scheme.codes, kinds, strict=True)}


def random_scores(random: np.random.Generator, scheme: Scheme) -> pd.DataFrame:
    """Whole scores, so that totals often lie just on an edge; some missing."""
    scores = random.integers(1, 5, (TRUSTS, len(scheme.measures))).astype(float)
    scores[random.random(scores.shape) < random.choice([0.0, 0.2, 0.7])] = np.nan
    return pd.DataFrame(scores, [f"trust-{n}" for n in range(TRUSTS)], scheme.codes)


def random_shares(random: np.random.Generator) -> pd.DataFrame:
    """Those of sliders, of presets, and of none."""
    shares = random.integers(0, 101, (SETS, len(Kind))) / 100
    shares[random.random(shares.shape) < 0.4] = 0.0
    shares[0], shares[1] = 1.0, 0.0
    return pd.DataFrame(shares, [f"set-{n}" for n in range(SETS)], list(Kind))


def as_page_data(scheme: Scheme, kinds: dict[str, Kind], scores: pd.DataFrame) -> dict[str, Any]:
    """As releases/reweighting_scheme.py gives it to the page."""
    scored = [kind for kind in Kind if kind in kinds.values()]
    return {
        "kinds": [{"slug": str(kind)} for kind in scored],
        "measures": [
            {
                "domain": scheme.domain_codes.index(measure.domain),
                "kind": scored.index(kinds[measure.code]),
                "weight": float(weight),
            }
            for measure, weight in zip(scheme.measures, scheme.measure_weights, strict=True)
        ],
        "bands": list(BANDS),
        "edges": list(EDGES),
        "trusts": [
            {"name": name, "band": 0, "scores": [None if np.isnan(one) else one for one in row]}
            for name, row in zip(scores.index, scores.to_numpy().tolist(), strict=True)
        ],
    }


@pytest.mark.parametrize("seed", range(12))
def test_the_browser_and_the_server_weigh_alike(contexts, seed):
    random = np.random.default_rng(seed)
    page = contexts().new_page()
    for _ in range(8):
        scheme, kinds = random_scheme(random)
        scores, shares = random_scores(random, scheme), random_shares(random)
        data = as_page_data(scheme, kinds, scores)
        sets = shares[[kind["slug"] for kind in data["kinds"]]].to_numpy().tolist()

        told = page.evaluate(WORK_OUT, [module(), data, sets])

        expected = reweighted(scheme, scores, weights_by_kind(scheme, kinds, shares))
        places = expected["band"].cat.codes
        for number, name in enumerate(shares.index):
            for at, trust in enumerate(scores.index):
                found = told[number][at]
                key = (trust, name)
                if pd.isna(expected.loc[key, "score"]):
                    assert found == {"score": None, "band": None, "change": 0}
                else:
                    assert found["score"] == pytest.approx(expected.loc[key, "score"], abs=1e-9)
                    assert found["band"] == places[key] == found["change"]


def rows_of(page, table: str) -> dict[str, list[str]]:
    """The cells of each row by its head."""
    return {
        row.locator("th").inner_text().strip(): [cell.strip() for cell in row.locator("td").all_inner_texts()]
        for row in page.locator(f"{table} tbody tr").all()
    }


def sentence(page) -> str:
    return page.locator("[data-part=sentence]").inner_text()


def numbers(page) -> list[str]:
    return page.locator("#reweighting-tool [data-band]").all_inner_texts()


def test_each_preset_gives_what_the_release_holds(visit):
    opened = visit(FRAMEWORK)
    page = opened.page
    presets = rows_of(page, "#presets")
    page.locator("summary", has_text="Each trust under each weighting").click()
    each = rows_of(page, "details table")
    assert len(each) == 35

    for place, weighting in enumerate(Weighting):
        button = page.locator(f"[data-preset={weighting}]")
        button.click()
        *in_bands, up, down = presets[weighting.label]
        assert button.get_attribute("aria-pressed") == "true"
        assert numbers(page) == in_bands
        if weighting == Weighting.AS_IT_WAS:
            assert sentence(page) == "None of 35 trusts would be in another band"
            continue
        assert sentence(page).startswith(f"{int(up) + int(down)} of 35 trusts would be in another band")
        for word, arrow in (("up", "▲"), ("down", "▼")):
            told = [cells[place].endswith(word) for cells in each.values()]
            groups = page.locator("[data-part=who] li strong").all_inner_texts()
            listed = sum(int(group.rpartition(": ")[2]) for group in groups if group.startswith(arrow))
            assert sum(told) == listed == int(up if word == "up" else down)
    assert (opened.errors, opened.violations) == ([], [])


def test_a_slider_moves_by_keyboard_says_so_and_the_address_keeps_it(visit):
    opened = visit(FRAMEWORK)
    page = opened.page
    slider = page.get_by_label("Outcome", exact=True)
    before = page.locator("output[for=weight-outcome]").inner_text()
    slider.focus()
    page.keyboard.press("End")

    assert page.locator("output[for=weight-outcome]").inner_text() != before
    assert slider.get_attribute("aria-valuetext").endswith("% of the weight")
    said = sentence(page)
    page.wait_for_function("(text) => document.querySelector('[role=status]').textContent === text", arg=said)
    address = page.evaluate("() => location.hash")
    assert "outcome:100" in address
    assert not page.locator("[data-preset][aria-pressed=true]").count()

    again = visit(FRAMEWORK + address).page
    assert sentence(again) == said
    again.get_by_role("button", name="As it was").click()
    assert again.evaluate("() => location.hash") == ""
    assert sentence(again) == "None of 35 trusts would be in another band"


@pytest.mark.parametrize(
    "address", ["#weights=nonsense", "#weights=outcome:x", "#weights=%E0%A4%A", "#what-if"]
)
def test_an_address_that_asks_for_nothing_shows_it_as_it_was(visit, address):
    opened = visit(FRAMEWORK + address)

    assert sentence(opened.page) == "None of 35 trusts would be in another band"
    assert opened.errors == []


def test_without_any_weight_nobody_is_rated(visit):
    page = visit(f"{FRAMEWORK}#weights=outcomes-only").page
    slider = page.get_by_label("Outcome", exact=True)
    slider.focus()
    page.keyboard.press("Home")

    assert sentence(page) == "Nothing counts, so nobody can be rated."
    assert numbers(page) == ["0"] * 4


def test_without_scripts_the_tables_say_it_all(visit):
    page = visit(FRAMEWORK, java_script_enabled=False).page

    assert not page.locator("#reweighting-tool").is_visible()
    assert page.locator("#presets").is_visible()
    assert page.get_by_role("table", name="Each trust’s band under each weighting").is_visible()
