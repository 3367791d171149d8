"""What is found of all together in one release."""

from performance.models import Release
from performance.periods import Period
from performance.releases.divergence_rows import NationalFigure
from performance.vocabulary import Method, ProcessKind, Subject


def national_figures(release: Release) -> list[NationalFigure]:
    """Every figure, by subject and method in the order of their words, and by year."""
    subjects, methods = list(Subject), list(Method)
    figures = [
        NationalFigure(
            subject=Subject(result.subject),
            method=Method(result.method),
            framework=result.framework.short_title if result.framework else "",
            kind=ProcessKind(result.kind),
            period=Period(result.period_start, result.period_end),
            estimate=result.estimate,
            by_chance=result.by_chance,
            lower=result.lower,
            upper=result.upper,
            p=result.p,
            n=result.n,
            reason=result.reason,
        )
        for result in release.national_results.select_related("framework")
    ]
    return sorted(
        figures, key=lambda one: (subjects.index(one.subject), methods.index(one.method), one.period)
    )


def about(year: Period | None, figures: list[NationalFigure]) -> list[NationalFigure]:
    """Those about that year or about a longer time that holds it; all of them where there is no year."""
    return [one for one in figures if year is None or holds(one.period, year)]


def holds(longer: Period, period: Period) -> bool:
    return longer.start <= period.start and period.end <= longer.end
