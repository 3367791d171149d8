"""Whatever stands in a table: figures and findings or a refusal, and no row is lost in silence."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from performance.returns.figures_frame import Layout
from performance.returns.found import CannotRead
from performance.returns.layouts import Said, read_figures
from performance.returns.layouts.headers import FIELDS
from tests.performance.returns.layouts.tables import ALL, COLUMNS, NAMES, sheet_of

HEADERS = [
    *FIELDS,
    *("Apr 2010", "2010-04 value", "May 2010: status", "Q1 2010-11 num", "2010-11", "Jun 2010 target"),
    *("cohort", "actual rate", "predicted rate", "% difference", "significance"),
]
CELLS = [
    *("", "london", "England and Wales", "ptrs", "m1", "reports", "2010-04-30", "31/02/2011", "Apr 2010"),
    *("reported", "nil", "0", "45", "50.0", "8.79", "-7", "1e400", "1e300", "1,234", "12,5%", "n/a", "-"),
]
texts = st.text(max_size=12)
headers = st.lists(st.sampled_from(HEADERS) | texts, max_size=9)
likely_headers = st.sampled_from(
    [
        COLUMNS,
        ["measure", "period", "value", "status"],
        ["trust", "framework", "measure", "target", "Apr 2010", "2010-05 num", "2010-05 status"],
        ["note", "area", "cohort", "actual rate", "predicted rate", "% difference"],
    ]
)
said = st.sampled_from([ALL, Said()])


@st.composite
def tables(draw):
    header = draw(headers | likely_headers)
    cells = st.sampled_from(CELLS) | texts
    row = st.lists(cells, min_size=len(header), max_size=len(header))
    return header, draw(st.lists(row, max_size=5))


def totals(figures, header, rows):
    """Rows of the nation or a region, which a published table may have."""
    if figures.layout != Layout.LOCAL_ADULT_REOFFENDING:
        return set()
    place = header.index(figures.columns["organisation"])
    slugs = [NAMES.organisation(row[place]) for row in rows]
    return {number for number, slug in enumerate(slugs, start=2) if slug in NAMES.totals}


@given(tables(), said)
def test_any_table_is_read_or_refused_and_no_row_is_lost(table, said):
    header, rows = table
    sheet = sheet_of(header, *rows, at_once=2)
    try:
        figures, found = read_figures(sheet, NAMES, said)
    except CannotRead as error:
        assert any(finding.is_error for finding in error.found)
        assert all(finding.sentence.endswith(".") for finding in error.found)
        return
    told = {finding.row for finding in found} | set(figures.frame["row"])
    assert set(range(2, len(rows) + 2)) <= told | totals(figures, header, rows)
    numbers = figures.frame[["numerator", "denominator", "expected", "value", "target"]].to_numpy()
    assert not np.isinf(numbers).any()
    # What isn't whole has a finding that says why.
    assert set(figures.frame.loc[~figures.frame["is_whole"], "row"]) <= {finding.row for finding in found}
