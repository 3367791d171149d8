"""The numbered paragraphs of a summary: where each stands for good, and how it is cited."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from performance.exports.place import place_of
from performance.models import Release
from performance.releases.citation import paragraph_cited_as
from performance.releases.sentences import SaidSentence
from performance.releases.summary import FRAMEWORKS_SENTENCE, Sentence

# Where the figures of a sentence of a series stand, by its topic: most stand with the divergence.
STANDS_ON = {"bands": "trusts", "misbanded": "trusts", "band-changes": "trusts"}


@dataclass(frozen=True)
class Paragraph:
    """`address` is its permanent one, `read_on` that of the page with its figures, if there is one."""

    number: int
    slug: str
    text: str
    read_on: str
    address: str
    citation: str


def paragraphs_of_record(
    request: HttpRequest, release: Release, sentences: Iterable[Sentence]
) -> list[Paragraph]:
    place = place_of(request)

    def read_on(sentence: Sentence) -> str:
        if sentence.slug == FRAMEWORKS_SENTENCE:
            return place.address("frameworks")
        return place.address("measure", sentence.measure) if sentence.measure else ""

    said = [(sentence.slug, sentence.text, read_on(sentence)) for sentence in sentences]
    return _numbered(request, release, said)


def paragraphs_of_series(
    request: HttpRequest, release: Release, sentences: Iterable[SaidSentence]
) -> list[Paragraph]:
    place = place_of(request)
    said = [(one.slug, one.text, place.address(STANDS_ON.get(one.topic, "divergence"))) for one in sentences]
    return _numbered(request, release, said)


def _numbered(
    request: HttpRequest, release: Release, said: Iterable[tuple[str, str, str]]
) -> list[Paragraph]:
    path = place_of(request).in_release(release.number).address("summary")
    page = request.build_absolute_uri(path)
    return [
        Paragraph(
            number=number,
            slug=slug,
            text=text,
            read_on=read_on,
            address=f"{page}#{slug}",
            citation=paragraph_cited_as(release, number, f"{page}#{slug}"),
        )
        for number, (slug, text, read_on) in enumerate(said, start=1)
    ]
