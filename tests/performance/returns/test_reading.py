"""From bytes to a sound return, or to every problem in it."""

import pytest

from performance.periods import Period
from performance.returns.reader import ReturnNames, read_return
from tests.performance.returns.sent import APRIL, COLUMNS, GOOD, MAY, content_of, sent
from trusts.content import ContentError


@pytest.fixture
def names(series) -> ReturnNames:
    return ReturnNames.from_database()


def problems(content: bytes, names: ReturnNames) -> list[str]:
    with pytest.raises(ContentError) as raised:
        read_return("return.csv", content, names)
    return [str(problem) for problem in raised.value.problems]


def test_a_return_says_whose_it_is_and_of_which_year(names):
    file = sent(GOOD | APRIL, GOOD | MAY)

    assert (file.organisation.slug, file.framework.slug) == ("london", "ptrs")
    assert (str(file.period), len(file.rows)) == ("2010-11", 2)


def test_a_framework_of_several_years_has_a_return_for_each(names):
    years = [
        GOOD
        | {"framework": "ptrs-2011-13", "period_start": f"{year}-04-01", "period_end": f"{year + 1}-03-31"}
        for year in (2011, 2012)
    ]

    assert [str(sent(row).period) for row in years] == ["2011-12", "2012-13"]
    assert "expected a date in 2011-12" in problems(content_of(*years), names)[0]


def test_a_byte_order_mark_is_no_part_of_the_first_column(names):
    content = content_of(GOOD)

    marked = read_return("return.csv", b"\xef\xbb\xbf" + content, names)

    assert marked.rows == read_return("return.csv", content, names).rows
    assert marked.period == Period(*(marked.framework.starts, marked.framework.ends))


def test_the_order_of_columns_and_the_ends_of_lines_are_free(names):
    lines = [line.split(",") for line in content_of(GOOD).decode().splitlines()]

    turned = "\n".join(",".join(reversed(line)) for line in lines)

    assert read_return("return.csv", turned.encode(), names).rows == sent(GOOD).rows


def test_all_problems_are_named_at_once_those_of_cells_and_those_of_rules(names):
    content = content_of(
        GOOD | {"numerator": "many", "period_end": "31/02/2011"},
        GOOD | MAY | {"organisation": "camelot", "numerator": "51"},
        GOOD | MAY | {"status": "guessed"},
    )

    assert [said.partition(":")[0] for said in problems(content, names)] == [
        "return.csv, row 2, period_end",
        "return.csv, row 2, numerator",
        "return.csv, row 3, organisation",
        "return.csv, row 3, numerator",
        "return.csv, row 4, status",
    ]


@pytest.mark.parametrize("text", ["n/a", "..", "-", "1,234", "12.5%", "1.5", "1e400", "-1", "9" * 19])
def test_a_count_that_is_none_is_named(names, text):
    (said, *_) = problems(content_of(GOOD | {"numerator": text}), names)

    assert said.startswith(f"return.csv, row 2, numerator: found '{text}'; expected ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "row 1, header: found an empty file; expected a header row"),
        (content_of(), "row 2, whole file: found a header alone; expected at least one row"),
        (b"a;b\n1;2\n", f"row 1, header: found no column {', '.join(COLUMNS)}; unknown column a;b; expected"),
        (b"%PDF-1.4\n\xff\xfe", "row 2, whole row: found the byte 0xff; expected text in UTF-8"),
        (b"a\0b\n", "row 1, whole row: found a NUL byte; expected text alone"),
        (content_of(GOOD)[:-8], "row 2, whole row: found"),
        (content_of(GOOD) + b'"', "row 3, whole row: found unexpected end of data; expected a well-formed"),
    ],
    ids=["empty", "header alone", "semicolons", "PDF", "NUL", "cut", "open quotation"],
)
def test_what_is_no_return_is_refused_with_its_place(names, content, said):
    assert problems(content, names)[0].startswith(f"return.csv, {said}")
