"""XML as it streams by: no tree is built, no entity expanded, nothing else fetched."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from performance.returns.files.limits import MOST_CELLS_OF_A_WORKBOOK

Attributes = dict[str, str]
AtElement = Callable[[Attributes], None]


class UnsoundXml(Exception):
    """XML that no spreadsheet program writes. Its text is why, as words that follow 'as'."""


class XmlEvents:
    """Calls a function at the beginning of each element that it knows by its local name."""

    def __init__(self, elements: Mapping[str, AtElement]) -> None:
        self._elements = _ByLocalName(elements)
        # The reader of workbooks takes names and numbers to be UTF-8 whatever the XML declares.
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.StartDoctypeDeclHandler = _refuse_doctype

    def read(self, chunks: Iterable[bytes]) -> None:
        """Raises UnsoundXml."""
        try:
            for chunk in chunks:
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as failure:
            raise UnsoundXml("its XML can't be read") from failure

    def _begin(self, name: str, attributes: Attributes) -> None:
        if "count" in attributes or "uniqueCount" in attributes:
            _refuse_large_counts(attributes)
        element = self._elements[name]
        if element:
            element(attributes)


class _ByLocalName(dict[str, AtElement | None]):
    """By name with or without a prefix: x:row is row."""

    def __missing__(self, name: str) -> AtElement | None:
        found = self.get(local(name))
        self[name] = found
        return found


def local(name: str) -> str:
    return name.rpartition(":")[2]


def attribute(attributes: Attributes, name: str) -> str:
    """By its local name, empty where there is none."""
    return next((text for key, text in attributes.items() if local(key) == name), "")


def whole_number(text: str, most: int) -> int:
    """From 0. Raises UnsoundXml for any other, and for those above the most."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10) or int(text) > most:
        raise UnsoundXml(f"a number in it is '{text[:20]}'")
    return int(text)


def _refuse_large_counts(attributes: Attributes) -> None:
    """The reader of workbooks takes memory for as many as a list says that it has."""
    for name in ("count", "uniqueCount"):
        whole_number(attributes.get(name, "0"), MOST_CELLS_OF_A_WORKBOOK)


def _refuse_doctype(*_: object) -> None:
    raise UnsoundXml("its XML declares a document type, which no spreadsheet program does")
