"""An XLSX workbook, looked through."""

from performance.returns.files.workbooks.checked_copy import CheckedCopy
from performance.returns.files.workbooks.chosen_sheet import chosen, hidden_sheet
from performance.returns.files.workbooks.grid import refuse_too_large
from performance.returns.files.workbooks.looked_through import LookedThrough, besides
from performance.returns.files.workbooks.safety import found_in_workbook
from performance.returns.files.workbooks.xlsx_grid import XlsxGrid
from performance.returns.files.workbooks.xlsx_parts import (
    ContentTypes,
    Relations,
    SharedStrings,
    Styles,
    WorkbookPart,
)
from performance.returns.files.workbooks.xml_events import XmlEvents


def look_through_xlsx(copy: CheckedCopy) -> LookedThrough:
    """Raises CannotRead."""
    types, book, relations = ContentTypes(), WorkbookPart(), Relations()
    styles, texts = Styles(), SharedStrings()
    copy.take("[Content_Types].xml", types)
    copy.take("_rels/.rels", XmlEvents({}))
    copy.take("xl/workbook.xml", book)
    copy.take("xl/_rels/workbook.xml.rels", relations)
    copy.take("xl/styles.xml", styles, is_needed=False)
    copy.take("xl/sharedStrings.xml", texts, is_needed=False)
    found = [
        *found_in_workbook(copy.parts, has_macros=types.has_macros, has_links=False),
        *(hidden_sheet(name, hidden) for name, hidden, _ in book.sheets if hidden),
    ]
    with besides(found):
        visible = {name: relation for name, hidden, relation in book.sheets if not hidden}
        parts = {name: relations.sheets[id] for name, id in visible.items() if id in relations.sheets}
        sheet = chosen(parts)
        grid = XlsxGrid(styles.percentages, texts.lengths)
        copy.take(parts[sheet], grid)
        refuse_too_large([grid.grid])
    return LookedThrough(sheet, grid.grid, found)
