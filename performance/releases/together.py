"""All organisations of a year together: their targets and their offenders."""

from django.db.models import Count, Sum

from performance.models import Release
from performance.periods import Period
from performance.releases.together_rows import Together
from performance.vocabulary import ProcessKind

# The counts that are summed, in the order of Together's fields; ratios come after.
SUMMED = ("targets_met", "targets_judged", "reoffended", "cohort", "expected")


def together_by_year(release: Release) -> list[Together]:
    """Oldest first, summed from every organisation's divergence, in one query."""
    every = release.divergence_results.filter(kind=ProcessKind.ALL)
    sums = every.values_list("period_start", "period_end", "framework__short_title").annotate(
        Count("pk"), *(Sum(field) for field in SUMMED)
    )
    return [
        Together(Period(start, end), *rest)
        for start, end, *rest in sums.order_by("period_start", "framework")
    ]
