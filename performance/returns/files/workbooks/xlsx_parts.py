"""The parts of an XLSX workbook beside its sheets: which sheets there are, which styles show
percentages, how long texts are that many cells may share."""

import posixpath
import re
from array import array

from performance.returns.files.limits import MOST_CELLS_OF_A_WORKBOOK
from performance.returns.files.workbooks.xml_events import Attributes, UnsoundXml, XmlEvents

MACROS = ("macroenabled", "vbaproject", "macrosheet")
HIDDEN = {"hidden": "hidden", "veryHidden": "hidden so that only a macro can show it"}
# Number formats that every spreadsheet program knows without being told: 0% and 0.00%.
PERCENTAGES = frozenset({"9", "10"})
# What stands in a number format without being part of it: quoted, or after a backslash.
LITERAL = re.compile(r'"[^"]*"|\\.')


class ContentTypes(XmlEvents):
    """[Content_Types].xml. has_macros: whether a part is of a kind that has."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(("Override", "Default"), self._part))
        self.has_macros = False

    def _part(self, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "").casefold()
        self.has_macros |= any(word in kind for word in MACROS)


class WorkbookPart(XmlEvents):
    """xl/workbook.xml. sheets: of each its name, how it is hidden (empty where it isn't), and the id
    of the relation that leads to its part."""

    def __init__(self) -> None:
        super().__init__({"sheet": self._sheet})
        self.sheets: list[tuple[str, str, str]] = []

    def _sheet(self, attributes: Attributes) -> None:
        relation = next((text for name, text in attributes.items() if name.endswith(":id")), "")
        hidden = HIDDEN.get(attributes.get("state", ""), "")
        self.sheets.append((attributes.get("name", ""), hidden, relation))


class Relations(XmlEvents):
    """xl/_rels/workbook.xml.rels. sheets: the parts that are sheets of cells, by id."""

    def __init__(self) -> None:
        super().__init__({"Relationship": self._relation})
        self.sheets: dict[str, str] = {}

    def _relation(self, attributes: Attributes) -> None:
        if attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.join("/xl", attributes.get("Target", ""))
            self.sheets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")


class Styles(XmlEvents):
    """xl/styles.xml. percentages: the styles, as cells name them, that show a number times 100."""

    def __init__(self) -> None:
        super().__init__(
            {
                "numFmt": self._format,
                "cellStyleXfs": self._named_styles,
                "cellXfs": self._styles_of_cells,
                "xf": self._style,
            }
        )
        self.percentages: set[str] = set()
        self._formats = set(PERCENTAGES)
        self._count = 0
        self._is_of_cells = False

    def _format(self, attributes: Attributes) -> None:
        if "%" in LITERAL.sub("", attributes.get("formatCode", "")):
            self._formats.add(attributes.get("numFmtId", ""))

    def _styles_of_cells(self, attributes: Attributes) -> None:
        self._is_of_cells = True

    def _named_styles(self, attributes: Attributes) -> None:
        self._is_of_cells = False

    def _style(self, attributes: Attributes) -> None:
        if not self._is_of_cells:
            return
        if attributes.get("numFmtId") in self._formats:
            self.percentages.add(str(self._count))
        self._count += 1


class SharedStrings(XmlEvents):
    """xl/sharedStrings.xml. lengths: of each text in characters."""

    def __init__(self) -> None:
        super().__init__({"si": self._text})
        self.parser.CharacterDataHandler = self._characters
        self.lengths = array("L")

    def _text(self, attributes: Attributes) -> None:
        if len(self.lengths) == MOST_CELLS_OF_A_WORKBOOK:
            raise UnsoundXml("it holds more texts than cells")
        self.lengths.append(0)

    def _characters(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)
