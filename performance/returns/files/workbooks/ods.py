"""An ODS workbook, looked through."""

from performance.returns.files.workbooks.checked_copy import CheckedCopy
from performance.returns.files.workbooks.chosen_sheet import chosen, hidden_sheet
from performance.returns.files.workbooks.grid import refuse_too_large
from performance.returns.files.workbooks.looked_through import LookedThrough, besides
from performance.returns.files.workbooks.ods_grid import OdsGrids
from performance.returns.files.workbooks.safety import found_in_workbook
from performance.returns.files.workbooks.xml_events import Attributes, XmlEvents
from performance.returns.files.workbooks.zipped import ODS, password_protected


class Manifest(XmlEvents):
    """META-INF/manifest.xml. is_encrypted: whether any part is."""

    def __init__(self) -> None:
        super().__init__({"encryption-data": self._encrypted})
        self.is_encrypted = False

    def _encrypted(self, attributes: Attributes) -> None:
        self.is_encrypted = True


def look_through_ods(copy: CheckedCopy) -> LookedThrough:
    """Raises CannotRead."""
    manifest, book = Manifest(), OdsGrids()
    copy.write("mimetype", ODS)
    copy.take("META-INF/manifest.xml", manifest)
    if manifest.is_encrypted:
        raise password_protected(copy.name)
    found = found_in_workbook(copy.parts, has_macros=False, has_links=False)
    with besides(found):
        copy.take("content.xml", book)
    found = [
        *found_in_workbook(copy.parts, has_macros=book.has_macros, has_links=book.has_links),
        *(hidden_sheet(name, "hidden") for name in book.grids if name in book.hidden),
    ]
    with besides(found):
        refuse_too_large(book.grids.values())
        sheet = chosen(name for name in book.grids if name not in book.hidden)
    return LookedThrough(sheet, book.grids[sheet], found)
