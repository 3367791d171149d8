"""What every file says about itself, whatever its format: whoever finds it years later has to know what
it is, how sure it is and where it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from performance.exports.table_file import ReleaseFile
from performance.help.methods import ALL as METHOD_PAGES
from performance.models import Measure, Release, SeriesStanding
from performance.periods import written_date
from performance.releases.citation import cited_as
from performance.vocabulary import Standing

METHOD_TITLES = {page.slug: page.title for page in METHOD_PAGES}
STANDINGS = {
    SeriesStanding.OFFICIAL: "",
    SeriesStanding.MANAGEMENT_INFORMATION: "Not official statistics.",
    SeriesStanding.PUBLISHED_RECORD: (
        "Figures that others published, each with its source. What was added up or worked out here says so."
    ),
    SeriesStanding.SIMULATED: (
        "None is real. A program made them up, to show what the dashboard does with a "
        "full set of returns. They say nothing about any organisation named here."
    ),
}
TERMS = {
    SeriesStanding.PUBLISHED_RECORD: (
        "Facts from the public record, under their sources’ own terms: each row names its source. What is "
        "derived, reconstructed or from memory says so in its row."
    ),
    SeriesStanding.SIMULATED: (
        "Simulated figures, made up by a program: none is real, and none may be quoted as fact about anyone."
    ),
}
OTHER_TERMS = "Figures of this series may be quoted with the citation above."
NO_NUMBER = (
    "Having no figure isn't zero. A status of missing means not published or not sent, suppressed that it "
    "would give a person away, not-applicable that there can't be one, and nil that nothing was counted."
)
RECONSTRUCTED = (
    "Some definitions here are reconstructed: put together from what the public record says about a measure, "
    "as its own definition isn't in it."
)


@dataclass(frozen=True)
class AboutMeasure:
    """`counted` and `out_of` are the definition; `frameworks` the titles of those that use it."""

    code: str
    title: str
    kind: str
    counted: str
    out_of: str
    unit: str
    polarity: str
    standing: str
    standing_note: str
    caveats: str
    frameworks: list[str]
    sources: list[str]
    address: str


@dataclass(frozen=True)
class About:
    """`methods` are addresses by title, `filters` what was asked for by name."""

    title: str
    series: str
    standing: str
    what_standing_means: str
    release: int
    release_title: str
    release_address: str
    figures_as_at: str
    published: str
    corrects: str
    address: str
    rows: int
    filters: Sequence[tuple[str, str]]
    methods: Mapping[str, str]
    caveats: Sequence[str]
    measures: Sequence[AboutMeasure]
    terms: str
    citation: str
    digest: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """For people: (what, text) of each thing that there is to say."""
        asked = "; ".join(f"{name}: {value}" for name, value in self.filters)
        said = (
            ("Standing", f"{self.standing}. {self.what_standing_means}".strip()),
            ("Series", self.series),
            ("Release", f"{self.release}, {self.release_title}. {self.release_address}"),
            ("Corrects", self.corrects),
            ("Figures as at", self.figures_as_at),
            ("Published", self.published),
            ("Rows", f"{self.rows:,}"),
            ("Chosen", asked or "Everything: nothing was left out."),
            ("Lasting address", self.address),
            *(("Method", f"{title}. {address}") for title, address in self.methods.items()),
            *(("Caveat", caveat) for caveat in self.caveats),
            ("How to cite", f"{self.citation}, {self.address}"),
            ("Terms", self.terms),
            ("Digest of the release", self.digest),
        )
        return [(what, text) for what, text in said if text]


def about(file: ReleaseFile) -> About:
    release = file.release
    standing = SeriesStanding(release.series.standing)
    return About(
        title=file.table.title,
        series=release.series.title,
        standing=standing.label,
        what_standing_means=STANDINGS[standing],
        release=release.number,
        release_title=release.title,
        release_address=file.address_of("release", release.number),
        figures_as_at=written_date(release.figures_as_at),
        published=written_date(release.published_at.date()) if release.published_at else "",
        corrects=_corrects(release),
        address=file.address,
        rows=file.table.number,
        filters=file.table.filters,
        methods=_methods(file),
        caveats=_caveats(file),
        measures=[_about_measure(measure, file) for measure in file.measures.values()],
        terms=TERMS.get(standing, OTHER_TERMS),
        citation=cited_as(release),
        digest=release.digest,
    )


def _corrects(release: Release) -> str:
    return f"Release {release.corrects.number}: {release.correction_reason}" if release.corrects else ""


def _methods(file: ReleaseFile) -> dict[str, str]:
    of_columns = (field.method for field in file.fields if field.method)
    slugs = dict.fromkeys([*file.table.methods, *of_columns])
    return {METHOD_TITLES[slug]: file.address_of("method", slug) for slug in slugs}


def _caveats(file: ReleaseFile) -> list[str]:
    is_reconstructed = any(measure.standing == Standing.RECONSTRUCTED for measure in file.measures.values())
    has_status = any(field.name == "status" for field in file.fields)
    found = {NO_NUMBER: has_status, RECONSTRUCTED: is_reconstructed, file.release.notes: True}
    return [caveat for caveat, holds in found.items() if holds and caveat]


def _about_measure(measure: Measure, file: ReleaseFile) -> AboutMeasure:
    entries = measure.framework_measures.all()
    return AboutMeasure(
        code=measure.code,
        title=measure.title,
        kind=measure.get_kind_display(),
        counted=measure.counted,
        out_of=measure.out_of,
        unit=measure.unit_label or measure.get_unit_display(),
        polarity=measure.get_polarity_display(),
        standing=measure.get_standing_display(),
        standing_note=measure.standing_note,
        caveats=measure.caveats,
        frameworks=sorted({entry.domain.framework.title for entry in entries}),
        sources=[_source(source) for source in measure.sources],
        address=file.address_of("measure", measure.code),
    )


def _source(source: Mapping[str, Any]) -> str:
    return ", ".join(text for text in (source.get("title", ""), source.get("address", "")) if text)
