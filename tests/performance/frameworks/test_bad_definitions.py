"""A bad definition file is refused with file, line and key, and nothing is stored."""

import pytest

from performance.frameworks.loader import load_frameworks
from performance.models import Framework, Measure
from tests.performance.frameworks.definitions import (
    BANDED,
    MEASURES,
    SCORECARD,
    SIGNED,
    line_of,
    replaced,
    write,
)
from trusts.content import ContentError


def refusal(directory) -> str:
    with pytest.raises(ContentError) as raised:
        load_frameworks(directory)
    assert not Measure.objects.exists()
    assert not Framework.objects.exists()
    return str(raised.value)


def told(start: str, text: str) -> str:
    """The one line of a refusal that begins so."""
    (line,) = [line for line in text.splitlines() if line.startswith(start)]
    return line


def test_the_unspoiled_definitions_are_good(db, tmp_path):
    assert load_frameworks(write(tmp_path)).measures == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "found", "expected"),
    [
        ("polarity: higher", "polarty: higher", "polarty", "measures.0.polarty", "'higher'", "no such key"),
        (
            "    polarity: higher\n",
            "",
            "- code",
            "measures.0.polarity",
            "nothing",
            "this key, which is missing",
        ),
        (
            "kind: timeliness",
            "kind: speed",
            "kind: speed",
            "measures.0.kind",
            "'speed'",
            "'timeliness', 'volume'",
        ),
        ("unit: share", "unit: shares", "unit: shares", "measures.0.unit", "'shares'", "'share'"),
        ("    out_of: reports due\n", "", "- code", "measures.0", "the entries given", "says in out_of"),
        (
            "    standing_note: The count is read from its title.\n",
            "",
            "- code: orders-completed",
            "measures.1",
            "the entries given",
            "says in standing_note what was reconstructed",
        ),
        (
            "code: reports-on-time",
            "code: Reports",
            "code: Reports",
            "measures.0.code",
            "'Reports'",
            "pattern",
        ),
        (
            "    sources:\n      - title: A circular\n",
            "    sources: []\n",
            "sources: []",
            "measures.0.sources",
            "the entries given",
            "at least 1 item",
        ),
        (
            "https://example.org/circular",
            "a circular",
            "address: a circular",
            "measures.1.sources.0.address",
            "'a circular'",
            "valid URL",
        ),
    ],
    ids=lambda part: str(part)[:24],
)
def test_a_bad_measure_is_refused(db, tmp_path, old, new, line, key, found, expected):
    measures = replaced(MEASURES, old, new)

    problem = f"all.yaml, row {line_of(measures, line)}, {key}: found {found}; expected "
    assert expected in told(problem, refusal(write(tmp_path, measures=measures)))


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "found", "expected"),
    [
        ("summary: It", "sumary: It", "sumary", "sumary", "'It compared the areas.'", "no such key"),
        (
            "        target:\n          value: 90\n",
            "",
            "- measure: reports-on-time",
            "domains.0.measures.0.target",
            "nothing",
            "this key, which is missing",
        ),
        ("scheme: signed", "scheme: stars", "rating:", "rating", "the entries given", "'signed'"),
        (
            "  zero_means: the minimum expected\n",
            "",
            "rating:",
            "rating.signed.zero_means",
            "nothing",
            "this key, which is missing",
        ),
        (
            "measure: orders-completed",
            "measure: orders",
            "measure: orders\n",
            "measure",
            "'orders'",
            "under measures/",
        ),
        (
            "measure: orders-completed",
            "measure: reports-on-time",
            "slug",
            "whole file",
            "the entries given",
            "in one domain only; more than once: reports-on-time",
        ),
        (
            "ends: 2006-03-31",
            "ends: 2005-03-31",
            "slug",
            "whole file",
            "the entries given",
            "starts must be a date before ends",
        ),
        (
            "starts: 2005-04-01",
            "starts: April 2005",
            "starts",
            "starts",
            "'April 2005'",
            "a date such as 2010-04-01",
        ),
        (
            "starts: 2005-04-01",
            "starts: 2005-04-31",
            "starts",
            "starts",
            "'2005-04-31'",
            "a date such as 2010-04-01",
        ),
        (
            "standing: documented, note",
            "standing: certain, note",
            "domains: {",
            "standing.domains.standing",
            "'certain'",
            "'documented' or 'reconstructed'",
        ),
        (
            "title: Management\n",
            "title: Management\n    weight: 0\n",
            "weight: 0",
            "domains.0.weight",
            "'0'",
            "greater than 0",
        ),
    ],
    ids=lambda part: str(part)[:24],
)
def test_a_bad_framework_is_refused(db, tmp_path, old, new, line, key, found, expected):
    scorecard = replaced(SCORECARD, old, new)

    problem = f"scorecard.yaml, row {line_of(scorecard, line)}, {key}: found {found}; expected "
    assert expected in told(problem, refusal(write(tmp_path, scorecard=scorecard)))


STEPS = "steps that are attainments above 0, each above the one before."
EDGES = (
    "band_edges that are scores above 1, the lowest, up to 3, the best that 2 steps allow, "
    "each above the one before."
)


@pytest.mark.parametrize(
    ("old", "new", "key", "found", "expected"),
    [
        ("[0.9, 1.0]", "[1.0, 0.9]", ".scoring", "the entries given", STEPS),
        ("[0.9, 1.0]", "[1.0, 1.0]", ".scoring", "the entries given", STEPS),
        ("[0.9, 1.0]", "[0, 1.0]", ".scoring", "the entries given", STEPS),
        ("[0.9, 1.0]", "[0.9, .nan]", ".scoring.steps.1", "'nan'", "a finite number."),
        ("[0.9, 1.0]", "[0.9, much]", ".scoring.steps.1", "'much'", "a number."),
        ("[0.9, 1.0]", "[]", ".scoring.steps", "the entries given", "at least 1 item"),
        ("[1.5, 2.5]", "[2.5, 1.5]", ".scoring", "the entries given", EDGES),
        ("[1.5, 2.5]", "[1, 2.5]", ".scoring", "the entries given", EDGES),
        ("[1.5, 2.5]", "[1.5, 3.5]", ".scoring", "the entries given", EDGES),
        (
            "[1.5, 2.5]",
            "[1.5]",
            "",
            "the entries given",
            "scoring to have a band edge between each two bands: 2 for 3 bands, not 1.",
        ),
        ("    note: Ours.\n", "", ".scoring.note", "nothing", "this key, which is missing."),
        ("note: Ours.", "note: Ours.\n    caps: 1", ".scoring.caps", "'1'", "no such key"),
        (
            "standing: reconstructed\n    note: Ours.",
            "standing: guessed\n    note: Ours.",
            ".scoring.standing",
            "'guessed'",
            "'documented' or 'reconstructed'",
        ),
    ],
    ids=lambda part: str(part)[:24],
)
def test_a_bad_scoring_of_bands_is_refused(db, tmp_path, old, new, key, found, expected):
    scorecard = replaced(SCORECARD, SIGNED, replaced(BANDED, old, new))

    (problem,) = refusal(write(tmp_path, scorecard=scorecard)).splitlines()

    assert problem.startswith("scorecard.yaml, row ")
    assert f" rating.bands{key}: found {found}; expected " in problem
    assert expected in problem


def test_a_target_that_is_neither_a_value_nor_unknown_is_refused(db, tmp_path):
    scorecard = replaced(SCORECARD, "value: 90", "valeu: 90")

    text = refusal(write(tmp_path, scorecard=scorecard))

    assert f"scorecard.yaml, row {line_of(scorecard, 'valeu')}, domains.0.measures.0.target" in text


def test_a_measure_code_twice_is_refused(db, tmp_path):
    measures = replaced(MEASURES, "code: orders-completed", "code: reports-on-time")

    text = refusal(write(tmp_path, measures=measures))

    line = line_of(measures, "- code: reports-on-time\n    title: Orders")
    assert text.splitlines()[0] == (
        f"all.yaml, row {line}, code: found 'reports-on-time'; expected a code defined once."
    )


def test_a_framework_slug_twice_is_refused(db, tmp_path):
    write(tmp_path)
    (tmp_path / "frameworks" / "second.yaml").write_text(SCORECARD, encoding="utf-8")

    assert "second.yaml, row 1, slug: found 'scorecard'" in refusal(tmp_path)


def test_a_key_twice_is_refused(db, tmp_path):
    """YAML would keep the second in silence."""
    scorecard = replaced(SCORECARD, "          value: 90\n", "          value: 90\n          value: 95\n")

    text = refusal(write(tmp_path, scorecard=scorecard))

    assert f"scorecard.yaml, row {line_of(scorecard, 'value: 95')}, " in text


def test_malformed_yaml_is_refused(db, tmp_path):
    scorecard = replaced(SCORECARD, "title: The scorecard", "title: The: scorecard")

    assert refusal(write(tmp_path, scorecard=scorecard)).startswith(
        "scorecard.yaml, row 2, whole file: found mapping values are not allowed here; "
        "expected well-formed YAML."
    )


def test_a_fault_beside_an_impossible_date_is_told_as_the_fault_that_it_is(db, tmp_path):
    scorecard = "starts: 2005-13-45\ntitle: !unknown The scorecard\n"

    assert refusal(write(tmp_path, scorecard=scorecard)).startswith("scorecard.yaml, row 2, whole file: ")


@pytest.mark.parametrize("text", ["", "- a list", "just words", "null"])
def test_a_file_of_another_shape_is_refused(db, tmp_path, text):
    assert "scorecard.yaml, row 1, whole file: " in refusal(write(tmp_path, scorecard=text))


@pytest.mark.parametrize("text", ["title: \0", "title: \x07"], ids=ascii)
def test_control_characters_are_refused(db, tmp_path, text):
    assert "scorecard.yaml, row 1, whole file: " in refusal(write(tmp_path, scorecard=text))


def test_other_bytes_than_utf_8_are_refused(db, tmp_path):
    write(tmp_path)
    (tmp_path / "frameworks" / "scorecard.yaml").write_bytes(b"slug: caf\xe9\n")

    assert refusal(tmp_path) == (
        "scorecard.yaml, row 1, whole file: found other bytes; expected text in UTF-8."
    )


def test_a_title_too_long_to_store_is_refused(db, tmp_path):
    """SQLite would keep it, PostgreSQL wouldn't."""
    measures = replaced(MEASURES, "title: Reports on time", f"title: {'Reports ' * 21}")

    assert "all.yaml, row 3, measures.0.title: " in refusal(write(tmp_path, measures=measures))


def test_the_problems_of_all_files_are_named_at_once(db, tmp_path):
    write(
        tmp_path,
        measures=MEASURES.replace("polarity: higher", "polarity: up"),
        scorecard=replaced(SCORECARD, "summary: It compared the areas.\n", ""),
    )

    lines = refusal(tmp_path).splitlines()

    assert [line.split(":")[0] for line in lines] == [
        "all.yaml, row 6, measures.0.polarity",
        "all.yaml, row 18, measures.1.polarity",
        "scorecard.yaml, row 1, summary",
    ]


def test_a_folder_without_definitions_is_refused(db, tmp_path):
    assert str(tmp_path) in refusal(tmp_path)


def test_a_bad_file_leaves_what_was_stored_before(db, tmp_path):
    load_frameworks(write(tmp_path))
    write(tmp_path, measures=MEASURES.replace("Reports on time", "Reports"), scorecard="slug: [")

    with pytest.raises(ContentError):
        load_frameworks(tmp_path)

    assert Measure.objects.get(code="reports-on-time").title == "Reports on time"
