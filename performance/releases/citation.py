"""How a release, and a paragraph of it, is cited."""

from performance.models import Release, SeriesStanding
from performance.periods import written_date

NOT_REAL = " (simulated: none is real)"


def cited_as(release: Release) -> str:
    """Without the address, which whoever cites puts behind it."""
    is_simulated = release.series.standing == SeriesStanding.SIMULATED
    return (
        f"Probation performance, {release.series.title}, release {release.number}, figures as at "
        f"{written_date(release.figures_as_at)}{NOT_REAL if is_simulated else ''}"
    )


def paragraph_cited_as(release: Release, number: int, address: str) -> str:
    return f"{cited_as(release)}, paragraph {number}, {address}"
