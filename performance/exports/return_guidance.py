"""The sheet of a template that says how to fill it in, and what each measure counts."""

import datetime
from collections.abc import Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from performance.exports.workbook import WRAPPED, protect, set_up_print, write_header, write_text
from performance.models import Framework, FrameworkMeasure, Measure
from performance.periods import written_date
from performance.vocabulary import Standing
from performance.wording import written_value
from trusts.models import Organisation

NAME = "Guidance"
STANDING = "Not a government form. Its measures come from the public record; what is reconstructed says so."
TITLE_FONT = Font(bold=True, size=16)
HEADINGS = {
    "Code": 32,
    "Title": 40,
    "What is counted": 50,
    "Out of what": 40,
    "Unit": 18,
    "Target": 30,
    "Caveats": 50,
    "Standing of the definition": 50,
}
STEPS = (
    "Fill in the white cells of the sheet Return. Cells with a code are locked, and so are the hatched ones, "
    "which the measure has no use for.",
    "Choose a status for every line: 'reported' if there is a figure, 'nil' if there was nothing to count, "
    "'missing' if the figure isn't there, 'suppressed' if it would give a person away, 'not-applicable' if "
    "the measure doesn't apply to the trust. None of them is a zero.",
    "Of a percentage give numerator and denominator. The value may stay empty, as it follows from them; "
    "write 69.2 for 69.2%.",
    "Of any other measure give the value, in the unit below.",
    "Give as 'expected' the number that is predicted for the numerator. Only measures with a prediction "
    "have such a cell.",
    "Put into 'note' what a reader of the figure should know.",
    "Type figures in. A workbook with formulas, merged cells or hidden sheets is refused.",
    "Save the workbook as .xlsx and upload it on the page Returns by {due}. The page says which cells to "
    "mend, if any.",
)
CHOOSE_A_TRUST = (
    "Choose the trust in the column 'organisation' of every line. The trusts stand below the measures."
)


def write_guidance(
    sheet: Worksheet,
    title: str,
    due: datetime.date,
    framework: Framework,
    entries: Sequence[FrameworkMeasure],
    trusts: Sequence[Organisation],
) -> str:
    """Fills the sheet in, and returns the range of cells that have the slugs of the trusts (empty if
    none were given), for a drop-down list to name."""
    write_text(sheet["A1"], f"How to fill in: {title}")
    sheet["A1"].font = TITLE_FONT
    steps = [*([CHOOSE_A_TRUST] if trusts else []), *STEPS]
    numbered = [f"{n}. {step.format(due=written_date(due))}" for n, step in enumerate(steps, start=1)]
    sentences = [STANDING, _how_the_list_is_known(framework), *numbered]
    for row, sentence in enumerate(sentences, start=2):
        write_text(sheet.cell(row, 1), sentence)
    header_row = len(sentences) + 3
    write_header(sheet, header_row, list(HEADINGS))
    _write_rows(sheet, header_row + 1, [_about(entry) for entry in entries])
    for column, width in zip("ABCDEFGH", HEADINGS.values(), strict=True):
        sheet.column_dimensions[column].width = width
    set_up_print(sheet, header_row)
    protect(sheet)
    return _write_trusts(sheet, header_row + len(entries) + 2, trusts) if trusts else ""


def _how_the_list_is_known(framework: Framework) -> str:
    how = framework.standing.get("measures")
    return f"List of measures: {Standing(how['standing']).label.lower()}. {how['note']}" if how else ""


def _write_rows(sheet: Worksheet, first: int, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=first):
        for column, text in enumerate(row, start=1):
            write_text(sheet.cell(number, column), text)
            sheet.cell(number, column).alignment = WRAPPED


def _write_trusts(sheet: Worksheet, header_row: int, trusts: Sequence[Organisation]) -> str:
    write_header(sheet, header_row, ["Trust, as in the column 'organisation'", "Name"])
    _write_rows(sheet, header_row + 1, [(trust.slug, trust.name) for trust in trusts])
    return f"{NAME}!$A${header_row + 1}:$A${header_row + len(trusts)}"


def _about(entry: FrameworkMeasure) -> tuple[str, ...]:
    """What the sheet says of a measure, in the order of HEADINGS."""
    measure = entry.measure
    return (
        measure.code,
        measure.title,
        measure.counted,
        measure.out_of or "Not a share of anything.",
        measure.unit_label or measure.get_unit_display(),
        _target(entry, measure),
        measure.caveats or "None noted.",
        _standing(entry, measure),
    )


def _target(entry: FrameworkMeasure, measure: Measure) -> str:
    if entry.target is None:
        return f"None known. {entry.target_note}"
    # With all its decimals, as it is something to reach: 92.5%, not 93%.
    decimals = len(f"{entry.target:g}".partition(".")[2])
    target = written_value(entry.target, measure.unit, decimals)
    standing = " (reconstructed)" if entry.target_standing == Standing.RECONSTRUCTED else ""
    return f"{target}{standing}. {entry.target_note}".strip()


def _standing(entry: FrameworkMeasure, measure: Measure) -> str:
    definition = f"{measure.get_standing_display()}. {measure.standing_note}".strip()
    place = f"Its place in this framework: {entry.get_standing_display().lower()}. {entry.note}".strip()
    return f"{definition} {place}"
