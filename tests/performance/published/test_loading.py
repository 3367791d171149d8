import csv
import datetime
from pathlib import Path

import pytest

from performance.models import Observation, PublishedTable, Target
from performance.published.loader import load_published
from performance.published.rows import PublishedRow
from trusts.content import ContentError

COLUMNS = list(PublishedRow.model_fields)
GOOD = {
    "organisation": "hertfordshire-area",
    "measure": "accommodation-at-termination",
    "framework": "ippf-2009-10",
    "period_start": "2009-04-01",
    "period_end": "2009-07-31",
    "status": "reported",
    "numerator": "369",
    "denominator": "469",
    "value": "79",
    "target": "76",
    "source": "https://example.org/hansard",
    "certainty": "verbatim",
}
ANOTHER = GOOD | {"organisation": "kent-area", "numerator": "611", "denominator": "826", "value": "74"}


@pytest.fixture
def directory(public_record, tmp_path) -> Path:
    """An empty folder, with nothing published and all names known."""
    Target.objects.all().delete()
    Observation.objects.all().delete()
    PublishedTable.objects.all().delete()
    return tmp_path


def write(directory: Path, *rows: dict[str, str], name: str = "accommodation") -> Path:
    with (directory / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return directory


def refusal(directory: Path) -> str:
    with pytest.raises(ContentError) as raised:
        load_published(directory)
    return str(raised.value)


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (PublishedTable, Observation, Target))


def test_a_figure_is_stored_with_its_counts_target_and_source(directory):
    loaded = load_published(write(directory, GOOD))

    assert (loaded.tables, loaded.figures, loaded.unchanged) == (1, 1, 0)
    figure = Observation.objects.get()
    assert (figure.organisation.slug, figure.measure.code) == ("hertfordshire-area", GOOD["measure"])
    assert (figure.period_start, figure.period_end) == (
        datetime.date(2009, 4, 1),
        datetime.date(2009, 7, 31),
    )
    assert (figure.numerator, figure.denominator, figure.value, figure.unit) == (369, 469, 79, "share")
    assert (figure.source, figure.certainty) == (GOOD["source"], "verbatim")
    target = Target.objects.get()
    assert (target.value, target.framework_measure.domain.framework.slug) == (76, "ippf-2009-10")


def test_a_share_without_a_printed_value_comes_from_its_counts(directory):
    load_published(write(directory, GOOD | {"value": ""}))

    assert Observation.objects.get().value == pytest.approx(100 * 369 / 469)


@pytest.mark.parametrize("status", ["missing", "suppressed", "not-applicable"])
def test_a_figure_without_a_number_stays_without_one(directory, status):
    empty = dict.fromkeys(("numerator", "denominator", "value", "target"), "")

    load_published(write(directory, GOOD | empty | {"status": status}))

    figure = Observation.objects.get()
    assert (figure.status, figure.value, figure.numerator) == (status, None, None)


def test_zero_is_stored_as_zero(directory):
    load_published(write(directory, GOOD | {"numerator": "0", "value": "0"}))

    figure = Observation.objects.get()
    assert (figure.numerator, figure.value) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"organisation": "camelot"}, "organisation"),
        ({"measure": "happiness", "target": ""}, "measure"),
        ({"framework": "league", "target": ""}, "framework"),
        ({"framework": "ptrs-2012-13", "measure": "breach-10-days", "numerator": "470"}, "numerator"),
        ({"framework": ""}, "target"),
        ({"numerator": "470", "value": ""}, "numerator"),
        ({"numerator": "many"}, "numerator"),
        ({"value": "101", "numerator": ""}, "value"),
        ({"value": "70"}, "value"),
        ({"value": "inf", "numerator": ""}, "value"),
        ({"period_end": "2009-03-31"}, "period_end"),
        ({"period_end": "31/07/2009"}, "period_end"),
        ({"status": "guessed"}, "status"),
        ({"certainty": "sure"}, "certainty"),
        ({"source": ""}, "source"),
        ({"source": "   "}, "source"),
        ({"value": "", "numerator": ""}, "value"),
        ({"status": "missing"}, "status"),
        ({"as_printed": "x" * 201}, "as_printed"),
        ({"numerator": "9" * 19, "denominator": "9" * 19, "value": ""}, "numerator"),
        (
            {"measure": "unpaid-work-completions", "value": "", "target": ""},
            "value",
        ),
    ],
    ids=lambda part: str(part)[:48],
)
def test_a_bad_row_is_refused_with_its_place_and_nothing_of_the_table_is_stored(directory, changes, column):
    text = refusal(write(directory, ANOTHER, GOOD | changes))

    assert f"accommodation.csv, row 3, {column}: found " in text
    assert nothing_is_stored()


def test_a_row_twice_is_refused(directory):
    assert refusal(write(directory, GOOD, ANOTHER, GOOD)) == (
        "accommodation.csv, row 4, measure: found 'accommodation-at-termination'; "
        "expected one row for this figure; row 2 has it already."
    )
    assert nothing_is_stored()


def test_a_figure_that_another_table_has_is_refused(directory):
    write(directory, GOOD, name="first")

    assert "second.csv, row 2, measure: found 'accommodation-at-termination'" in refusal(
        write(directory, GOOD, name="second")
    )


def test_a_malformed_table_is_refused(directory):
    (directory / "accommodation.csv").write_text("organisation,value\ngwent-area,3\n", encoding="utf-8")

    assert refusal(directory).startswith("accommodation.csv, row 1, header: found no column measure")


def test_an_empty_table_is_refused(directory):
    assert "accommodation.csv" in refusal(write(directory))


def test_a_folder_without_tables_is_refused(directory):
    assert str(directory / "nowhere") in refusal(directory / "nowhere")


def test_an_unchanged_table_is_not_stored_again(directory):
    load_published(write(directory, GOOD))

    loaded = load_published(directory)

    assert (loaded.tables, loaded.figures, loaded.unchanged) == (1, 0, 1)
    assert PublishedTable.objects.get().version == 1
    assert Observation.objects.count() == 1


def test_a_changed_table_becomes_a_second_version_and_the_old_rows_stay(directory):
    load_published(write(directory, GOOD))

    load_published(write(directory, GOOD | {"value": "78.7", "as_printed": "79"}, ANOTHER))

    first, second = PublishedTable.objects.order_by("version")
    assert (second.version, second.supersedes) == (2, first)
    assert [o.value for o in first.observations.all()] == [79]
    assert sorted(o.value for o in second.observations.all()) == [74, 78.7]
    assert (first.targets.count(), second.targets.count()) == (1, 2)
    assert list(PublishedTable.objects.current()) == [second]


def test_a_third_version_supersedes_the_second(directory):
    for value in ("79", "78.7", "78.68"):
        load_published(write(directory, GOOD | {"value": value}))

    assert [t.supersedes and t.supersedes.version for t in PublishedTable.objects.all()] == [None, 1, 2]
    assert PublishedTable.objects.current().get().version == 3


def test_a_changed_table_with_a_problem_leaves_the_stored_version(directory):
    load_published(write(directory, GOOD))

    refusal(write(directory, GOOD | {"value": "70"}))

    assert PublishedTable.objects.get().version == 1
    assert Observation.objects.get().value == 79


def test_tables_stand_each_for_itself(directory):
    write(directory, GOOD, name="first")

    refusal(write(directory, ANOTHER | {"value": "1"}, name="second"))

    assert PublishedTable.objects.get().name == "first"
