"""Whatever is in a file, reading it gives findings and never an exception."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from performance.returns.known import ReturnNames
from performance.returns.layouts import Said
from performance.returns.reader import Beside, Reading, read_return
from tests.performance.returns.sent import APRIL, COLUMNS, GOOD, content_of, trust

# Of a file the database is only read, so one state of it does for all examples.
many = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])

NUMBERS = [
    "45",
    "50",
    "0",
    "-1",
    "1e308",
    "1e400",
    "nan",
    "inf",
    "1,234",
    "12,5%",
    "n/a",
    "..",
    "-",
    "9" * 30,
]
DAYS = [
    *APRIL.values(),
    "31/02/2011",
    "9999-12-31",
    "0001-01-01",
    "2010-04",
    "Q1 2010/11",
    "2010-11",
    "1/4/10",
]
NAMES = ["london", "Kent", "camelot", "ptrs", "PTRS", "reports-on-time", "orders-completed", "reoffending"]
STATUSES = ["reported", "nil", "missing", "suppressed", "not-applicable", "guessed"]
CELLS = st.sampled_from(
    ["", " ", "\N{NO-BREAK SPACE}", '"', "=1+1", *NUMBERS, *DAYS, *NAMES, *STATUSES]
) | st.text(max_size=8)
HEADERS = st.sampled_from(
    [*COLUMNS, "Apr 2010", "Apr 2010 numerator", "Area", "Cohort", "Actual rate", "Predicted rate"]
)
ROWS = st.lists(st.lists(CELLS, max_size=14), max_size=6)


@pytest.fixture
def beside(series) -> Beside:
    return Beside(series, trust(), Said("london", "ptrs"))


@pytest.fixture
def names(series) -> ReturnNames:
    return ReturnNames.from_database()


def read(content: bytes, folder: Path, names: ReturnNames, beside: Beside) -> Reading:
    file = folder / "return.csv"
    file.write_bytes(content)
    reading = read_return(file, file.name, names, beside)
    check_says_something(reading)
    return reading


def check_says_something(reading: Reading) -> None:
    """A file that gave no figures has an error that says why; every finding says where and what."""
    assert reading.figures is not None or any(finding.is_error for finding in reading.found)
    for finding in reading.found:
        assert finding.code and finding.sentence.strip()
        assert finding.row is None or finding.row >= 1


@many
@given(content=st.binary(max_size=300))
def test_any_bytes(content, tmp_path, names, beside):
    read(content, tmp_path, names, beside)


@many
@given(header=st.lists(HEADERS, min_size=1, max_size=14, unique=True), rows=ROWS)
def test_any_cells_under_any_headers(header, rows, tmp_path, names, beside):
    lines = [header, *rows]
    text = "\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines)
    read(text.encode("utf-8", "replace"), tmp_path, names, beside)


@many
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "organisation": st.sampled_from(["london", "kent", "", "camelot"]),
                "framework": st.sampled_from(["ptrs", "ippf", "ptrs-2011-13", ""]),
                "measure": st.sampled_from(NAMES),
                "period_start": st.sampled_from(DAYS),
                "period_end": st.sampled_from(DAYS),
                "status": st.sampled_from(["", *STATUSES]),
                **dict.fromkeys(
                    ("numerator", "denominator", "expected", "value", "target"),
                    st.sampled_from(["", *NUMBERS]),
                ),
                "note": CELLS,
            }
        ),
        min_size=1,
        max_size=12,
    )
)
def test_any_figures(rows, tmp_path, names, beside):
    read(content_of(*rows), tmp_path, names, beside)


@many
@given(place=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_good_file_with_one_byte_changed(place, byte, tmp_path, names, beside):
    content = bytearray(content_of(GOOD, GOOD | {"measure": "reoffending", "expected": "14.5", "target": ""}))
    content[place % len(content)] = byte
    read(bytes(content), tmp_path, names, beside)


@many
@given(length=st.integers(0, 400))
def test_a_good_file_that_was_cut(length, tmp_path, names, beside):
    content = content_of(GOOD, GOOD | {"measure": "reoffending", "expected": "14.5", "target": ""})
    read(content[: length % len(content)], tmp_path, names, beside)
