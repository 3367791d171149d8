"""Of one kind of finding as many are kept as anyone reads."""

from performance.returns.found import MOST_OF_A_KIND, error, warning
from performance.returns.layouts.findings import Findings
from tests.performance.returns.layouts.tables import GOOD, read, tidy


def test_all_are_kept_up_to_the_most_of_a_kind():
    findings = Findings()
    findings.add_errors("bad", "value", list(range(2, 1_002)), (f"Row {row}." for row in range(2, 1_002)))
    assert len(findings.all()) == MOST_OF_A_KIND
    assert findings.all()[-1] == error("bad", "Row 1001.", row=1_001, column="value")


def test_the_others_are_counted_and_their_sentences_never_made():
    findings = Findings()
    made = []
    sentences = (made.append(row) or "No." for row in range(5_000))
    findings.add_errors("bad", "value", list(range(5_000)), sentences)
    findings.add_errors("bad", "target", list(range(300)), sentences)
    findings.add(error("bad", "One more.", row=7))
    findings.add(warning("odd", "Another.", row=7))
    last = findings.all()[-1]
    assert len(findings.all()) == MOST_OF_A_KIND + 2
    assert last == error("bad", "Besides the 1,000 that are listed, there are 4,301 more of this kind (bad).")
    assert len(made) <= MOST_OF_A_KIND + 1


def test_they_come_by_row():
    findings = Findings()
    for row in (9, 3, None):
        findings.add(warning("odd", "Odd.", row=row))
    assert [finding.row for finding in findings.all()] == [None, 3, 9]
    assert not findings.has_errors


def test_a_file_of_bad_cells_alone_is_told_of_in_brief():
    figures, found = read(tidy(*[GOOD | {"value": "n/a", "status": "?"}] * 1_500))
    assert [found.count(finding) for finding in found[-2:]] == [1, 1]
    assert len(found) == 2 * MOST_OF_A_KIND + 2
    assert {finding.sentence for finding in found if finding.row is None} == {
        f"Besides the 1,000 that are listed, there are 500 more of this kind ({code})."
        for code in ("not-a-number", "not-a-status")
    }
    assert len(figures.frame) == 1_500 and not figures.frame["is_whole"].any()
