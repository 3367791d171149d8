"""The sentences that a release says, as they were written when it was built."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from performance.models import Release, Sentence
from performance.periods import Period
from performance.releases.national import holds


@dataclass(frozen=True)
class SaidSentence:
    """`slug` is its permanent place on a page: its topic and its time."""

    topic: str
    period: Period
    text: str

    @property
    def slug(self) -> str:
        """divergence-2010-11, or divergence-2015-04-to-2020-03 for what is no financial year."""
        if self.period.is_financial_year:
            return f"{self.topic}-{self.period}"
        return f"{self.topic}-{self.period.start:%Y-%m}-to-{self.period.end:%Y-%m}"


def on(topics: Collection[str], said: Iterable[SaidSentence]) -> list[SaidSentence]:
    """Those on these topics. (Where a second framework shares a year, its topic ends in its slug.)"""
    return [one for one in said if any(f"{one.topic}-".startswith(f"{topic}-") for topic in topics)]


def under(said: Sequence[SaidSentence], framework: str, frameworks: Collection[str]) -> list[SaidSentence]:
    """Those about one of the frameworks that share a year, by their slugs. A topic ends in the slug of
    its framework where another's sentence on the same topic came first."""
    others = [other for other in frameworks if other != framework]
    own = {one.topic.removesuffix(f"-{framework}") for one in said if one.topic.endswith(f"-{framework}")}
    return [
        one
        for one in said
        if one.topic not in own and not any(one.topic.endswith(f"-{other}") for other in others)
    ]


def sentences_of_all(release: Release, year: Period | None = None) -> list[SaidSentence]:
    """What it says of all together, in order: about that year and about longer times that hold
    it, or everything."""
    said = _said(release.sentences.filter(organisation__isnull=True))
    return [one for one in said if year is None or holds(one.period, year)]


def sentences_of(release: Release, slug: str) -> list[tuple[Period, list[SaidSentence]]]:
    """What it says of one organisation, latest year first."""
    by_year: dict[Period, list[SaidSentence]] = {}
    for one in _said(release.sentences.filter(organisation__slug=slug)):
        by_year.setdefault(one.period, []).append(one)
    return sorted(by_year.items(), key=lambda item: (item[0].end, item[0].start), reverse=True)


def _said(sentences: QuerySet[Sentence]) -> list[SaidSentence]:
    ordered = sentences.order_by("position", "period_end", "period_start", "topic")
    return [SaidSentence(one.topic, Period(one.period_start, one.period_end), one.text) for one in ordered]
