"""Whatever the bytes of a file, it comes to a sheet whose cells can be read, or to findings."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.returns.files import read_sheet
from performance.returns.found import CannotRead, Found
from tests.performance.returns.files.making import (
    CELLS,
    HEADER,
    QUERY,
    VALUES,
    csv_of,
    ods_of,
    parquet_of,
    parts_of,
    saved,
    with_parts,
    xlsx_of,
)

TEXT = csv_of([HEADER, *CELLS])
XLSX = xlsx_of([HEADER, *VALUES])
ODS = ods_of([HEADER, *VALUES])
# What stands in the parts of workbooks, and makes more of a change than a letter does.
TELLING = [
    "0",
    "9",
    "-",
    "99999999",
    "A",
    "XFD1048576",
    "",
    "<",
    ">",
    "/>",
    '"',
    "&",
    "]]>",
    "\0",
    "\ufffe",
    "table:",
    "e",
    "s",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any") / "return"


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return parquet_of(QUERY, tmp_path_factory.mktemp("parquet") / "return").read_bytes()


def read_through(path: Path, content: bytes) -> None:
    """Anything but a sheet and CannotRead fails the test. What is found has words for its reader."""
    try:
        sheet = read_sheet(saved(path, content), "return")
    except CannotRead as failure:
        assert failure.found
        assert all(map(is_told, failure.found))
        return
    assert all(map(is_told, sheet.found))
    width = len(sheet.header)
    assert width > 0
    for block in sheet.blocks():
        assert len(block.numbers) == len(block.cells) > 0
        assert min(block.numbers) > sheet.header_row
        for cells in block.cells:
            assert len(cells) == width
            assert all(cell == cell.strip() for cell in cells)


def is_told(found: Found) -> bool:
    return bool(found.code) and found.sentence.endswith(".")


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, float, int]]:
    """How, where (as a share of the bytes), and with which byte or how many."""
    kinds = st.sampled_from(["cut", "flip", "put", "leave out", "repeat"])
    return draw(
        st.lists(
            st.tuples(kinds, st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6
        )
    )


def changed(content: bytes, how: list[tuple[str, float, int]]) -> bytes:
    for kind, share, number in how:
        place = int(share * len(content))
        before, after = content[:place], content[place:]
        match kind:
            case "cut":
                content = before
            case "flip":
                content = before + bytes([byte ^ (number or 1) for byte in after[:1]]) + after[1:]
            case "put":
                content = before + bytes([number]) + after
            case "leave out":
                content = before + after[number:]
            case "repeat":
                content = before + after[:number] + after
    return content


@given(content=st.binary(max_size=300))
def test_random_bytes(path, content):
    read_through(path, content)


@pytest.mark.parametrize(
    "start", [b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf", b"<?xml", b"a,b\n"]
)
@given(content=st.binary(max_size=60))
@settings(max_examples=20)
def test_random_bytes_that_begin_like_something(path, start, content):
    read_through(path, start + content)


@given(
    content=st.lists(
        st.sampled_from(['"', ",", "\n", "\r", ";", " ", "a", "#N/A", "£", "\0"]), max_size=40
    ).map("".join)
)
@settings(max_examples=300)
def test_random_cells(path, content):
    read_through(path, content.encode())


@pytest.mark.parametrize(
    "content", [TEXT.encode(), TEXT.encode("cp1252"), XLSX, ODS], ids=["utf-8", "cp1252", "xlsx", "ods"]
)
@given(how=changes())
@settings(deadline=None)
def test_any_change_of_a_file(path, content, how):
    read_through(path, changed(content, how))


@given(how=changes())
@settings(deadline=None, max_examples=60)
def test_any_change_of_a_parquet_file(path, parquet, how):
    read_through(path, changed(parquet, how))


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (XLSX, "xl/worksheets/sheet1.xml"),
        (XLSX, "xl/workbook.xml"),
        (XLSX, "xl/styles.xml"),
        (XLSX, "xl/_rels/workbook.xml.rels"),
        (ODS, "content.xml"),
    ],
)
@given(
    edits=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 5), st.sampled_from(TELLING)),
        min_size=1,
        max_size=4,
    )
)
@settings(deadline=None)
def test_any_change_of_a_part_of_a_workbook(path, content, part, edits):
    """In a zip that is sound. edits: where, how many characters are left out, and what is put there."""
    xml = parts_of(content)[part]
    for share, left_out, put in edits:
        place = int(share * len(xml))
        xml = xml[:place] + put + xml[place + left_out :]

    read_through(path, with_parts(content, {part: xml}))
