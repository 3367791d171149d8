"""Parts of a page by the heading that they stand under."""

from tests.performance.pages.reading import Element

HEADINGS = ("h1", "h2", "h3", "h4")


def section(page: Element, heading: str) -> Element:
    """What follows the heading that begins so, down to the next of its rank or above."""
    (found,) = [one for one in page.all(*HEADINGS) if one.text.startswith(heading)]
    siblings = [one for one in found.parent.children if isinstance(one, Element)]
    part = Element("section")
    for one in siblings[siblings.index(found) + 1 :]:
        if one.tag in HEADINGS and one.tag <= found.tag:
            break
        part.children.append(one)
    return part


def headings_of(page: Element, *tags: str) -> list[str]:
    return [heading.text for heading in page.all(*(tags or HEADINGS))]


def links_of(page: Element) -> dict[str, str]:
    """Address by text; a text that stands twice would lead to two places."""
    links = [(link.text, link.attributes["href"]) for link in page.all("a")]
    assert len(dict(links)) == len(set(links)), "Links of the same text lead to different places."
    return dict(links)


def items_of(page: Element) -> list[str]:
    return [item.text for item in page.all("li")]
