"""Every kind of bad file that was thought of beforehand, sent as an officer sends it: a sentence, the
place, and nothing stored but the record of the attempt. The reader's own tests look at each closely."""

from collections.abc import Callable

import pytest
from openpyxl import Workbook

from performance.models import Event, Observation, Target, TrustReturn, Upload
from tests.performance.returns.files.making import (
    claiming,
    ods_of,
    parquet_of,
    parts_of,
    with_parts,
    xlsx_of,
)
from tests.performance.returns.sent import COLUMNS, GOOD, MAY, content_of, uploaded

ROW = [GOOD.get(column, "") for column in COLUMNS]
ROWS = [list(COLUMNS), ROW]
CSV = content_of(GOOD)


def good(**changes: str) -> bytes:
    return content_of(GOOD | changes)


def workbook(change: Callable[[Workbook], object] = lambda workbook: None) -> bytes:
    return xlsx_of(ROWS, change)


def formula(book: Workbook) -> None:
    book.active["G2"] = "=40+5"


def merged(book: Workbook) -> None:
    book.active.merge_cells("A2:B2")


def hidden(book: Workbook) -> None:
    book.create_sheet("Working").sheet_state = "hidden"


def with_a_part(name: str) -> bytes:
    return with_parts(workbook(), {name: "<x/>"})


def ten_gigabytes() -> bytes:
    return claiming(workbook(), "xl/worksheets/sheet1.xml", 10_000_000_000 % 2**32)


# What it is, its bytes, and the code, row and column of a finding about it.
FILES: dict[str, tuple[Callable[[], bytes], str, int | None, str]] = {
    "empty": (lambda: b"", "empty-file", None, ""),
    "header only": (lambda: content_of(), "header-alone", None, ""),
    "wrong delimiter": (lambda: CSV.replace(b",", b";"), "wrong-delimiter", 1, ""),
    "10 GB in a small zip": (ten_gigabytes, "unpacks-too-large", None, ""),
    "a million columns": (lambda: b",".join([b"a"] * 1_000_000) + b"\n1\n", "too-many-columns", None, ""),
    "a formula": (lambda: workbook(formula), "formula", 2, "numerator"),
    "macros": (lambda: with_a_part("xl/vbaProject.bin"), "macros", None, ""),
    "a link to another file": (
        lambda: with_a_part("xl/externalLinks/externalLink1.xml"),
        "external-links",
        None,
        "",
    ),
    "password-protected": (
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
        "password-protected",
        None,
        "",
    ),
    "a PDF named .csv": (lambda: b"%PDF-1.4\n1 0 obj", "another-kind", None, ""),
    "NUL bytes": (lambda: CSV.replace(b"45", b"4\x005"), "nul-byte", 2, ""),
    "mixed encodings": (
        lambda: CSV + good(note="caf\N{LATIN SMALL LETTER E WITH ACUTE}") + b"\xe9\n",
        "mixed-encodings",
        5,
        "",
    ),
    "no such day": (lambda: good(period_end="31/02/2011"), "not-a-date", 2, "period_end"),
    "1,234": (lambda: good(numerator="1,234"), "not-a-number", 2, "numerator"),
    "12,5%": (lambda: good(value="12,5%"), "not-a-number", 2, "value"),
    "n/a": (lambda: good(numerator="n/a"), "not-a-number", 2, "numerator"),
    "two points": (lambda: good(numerator=".."), "not-a-number", 2, "numerator"),
    "a dash": (lambda: good(numerator="-"), "not-a-number", 2, "numerator"),
    "merged cells": (lambda: workbook(merged), "merged-cells", 2, "organisation"),
    "a hidden sheet": (lambda: workbook(hidden), "hidden-sheet", None, ""),
    "two trusts": (
        lambda: content_of(GOOD, GOOD | {"organisation": "kent"}),
        "organisation-of-others",
        3,
        "organisation",
    ),
    "another trust": (lambda: good(organisation="kent"), "organisation-of-others", 2, "organisation"),
    "cut in the middle": (lambda: workbook()[:-900], "damaged-workbook", None, ""),
    "twice with different values": (
        lambda: content_of(GOOD, GOOD | {"numerator": "44"}),
        "figure-twice-different",
        3,
        "measure",
    ),
}


@pytest.mark.parametrize("what", FILES)
def test_a_bad_file_leaves_a_sentence_with_its_place_and_nothing_else(series, what):
    make, code, row, column = FILES[what]
    content = make()

    upload = uploaded(series, content)

    assert upload.state == "refused"
    errors = upload.findings.filter(severity="error")
    assert (code, row, column) in {(found.code, found.row, found.column) for found in errors}, list(errors)
    assert all(len(found.sentence) > 20 and found.sentence.endswith((".", "?")) for found in errors)
    check_only_the_attempt_is_left(upload, content)


def test_a_truncated_parquet_file(series, tmp_path):
    cells = ", ".join(f"'{cell}' AS {name}" for name, cell in zip(COLUMNS, ROW, strict=True))
    content = parquet_of(f"SELECT {cells}", tmp_path / "good.parquet").read_bytes()[:-20]

    upload = uploaded(series, content)

    assert [found.code for found in upload.findings.all()] == ["truncated-parquet"]
    check_only_the_attempt_is_left(upload, content)


def check_only_the_attempt_is_left(upload: Upload, content: bytes) -> None:
    assert not any(model.objects.exists() for model in (TrustReturn, Observation, Target))
    assert [event.verb for event in Event.objects.all()] == ["uploaded"]
    with upload.file.open() as file:
        assert file.read() == content


@pytest.mark.parametrize("make", [lambda: CSV, lambda: b"\xef\xbb\xbf" + CSV, workbook, lambda: ods_of(ROWS)])
def test_the_same_file_without_the_fault_is_kept(series, make):
    assert uploaded(series, make()).state == "kept"


def test_all_faults_of_a_file_are_told_at_once(series):
    upload = uploaded(
        series,
        content_of(
            GOOD | {"numerator": "many", "period_end": "31/02/2011"},
            GOOD | MAY | {"organisation": "camelot", "numerator": "51"},
            GOOD | MAY | {"status": "guessed"},
        ),
    )

    found = [(finding.row, finding.column) for finding in upload.findings.filter(severity="error")]
    assert sorted(found) == [
        (2, "numerator"),
        (2, "period_end"),
        (3, "numerator"),
        (3, "organisation"),
        (4, "status"),
    ]


def test_the_parts_of_a_workbook_are_what_the_fixtures_say(tmp_path):
    """A fixture that isn't what it says would prove nothing."""
    assert "xl/vbaProject.bin" in parts_of(with_a_part("xl/vbaProject.bin"))
    assert "<f>" in parts_of(workbook(formula))["xl/worksheets/sheet1.xml"]
