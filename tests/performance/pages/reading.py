"""Reading a page as a reader without scripts does: its text, headings, links and tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
UNSEEN = {"script", "style", "title"}
# What a template or a number lets slip. A sentence may begin with "None of 3", "None of them" or "None was".
NEVER_WRITTEN = r"\bNone\b(?! (?:of (?:\d|them\b)|was\b))|\b[Nn]a[Nn]\b|\bNaT\b|Infinity|\{\{|\{%|\}\}|%\}"


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def all(self, *tags: str, **attributes: str) -> "list[Element]":
        """The elements below of one of these tags, or of any, with these attributes."""
        return [
            element
            for element in self._below()
            if (not tags or element.tag in tags)
            and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, *tags: str, **attributes: str) -> "Element":
        (element,) = self.all(*tags, **attributes)
        return element

    @property
    def text(self) -> str:
        return " ".join("".join(self._texts()).split())

    @property
    def source(self) -> str:
        """What a script element holds."""
        return "".join(child for child in self.children if isinstance(child, str))

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def _below(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                # A cell's note stands on a line of its own.
                yield from child._texts() if child.tag in ("a", "span", "strong") else (" ", child.text, " ")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("document")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.at.tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read(html: str) -> Element:
    """The page as a tree. Fails where its tags aren't closed in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.at is reader.root, f"<{reader.at.tag}> is never closed"
    return reader.root


@dataclass(frozen=True)
class Cell:
    text: str
    note: str
    link: str


def cell(element: Element) -> Cell:
    notes = [span for span in element.all("span") if "app-table__note" in span.classes]
    note = notes[0].text if notes else ""
    links = element.all("a")
    return Cell(element.text.removesuffix(note).strip(), note, links[0].attributes["href"] if links else "")


def rows_of(table: Element) -> list[dict[str, Cell]]:
    """Each row's cells by the head of their column."""
    heads = [head.text for head in table.one("thead").all("th")]
    rows = [row.all("th", "td") for row in table.one("tbody").all("tr")]
    return [dict(zip(heads, map(cell, row), strict=True)) for row in rows]


def headings(page: Element) -> list[int]:
    return [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
