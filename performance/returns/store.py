"""Keeping a return: the file, its figures and its targets, as the next version."""

from django.core.files.base import ContentFile
from django.utils import timezone

from performance.models import Observation, ReturnState, Series, Target, TrustReturn
from performance.returns.reader import ReturnFile
from performance.returns.rows import ReturnRow
from trusts.certainty import Certainty
from trusts.models import Person


def latest_version(file: ReturnFile, series: Series) -> TrustReturn | None:
    """The last version of the return that a file is of, if there is one."""
    return TrustReturn.objects.latest_versions().filter(series=series, **_identity(file)).first()


def store_return(file: ReturnFile, series: Series, supersedes: TrustReturn | None, by: Person) -> TrustReturn:
    """A submitted version with all that was sent. To be called in a transaction."""
    trust_return = TrustReturn.objects.create(
        series=series,
        **_identity(file),
        version=supersedes.version + 1 if supersedes else 1,
        supersedes=supersedes,
        state=ReturnState.SUBMITTED,
        submitted_at=timezone.now(),
        submitted_by=by,
        sha256=file.sha256,
    )
    Observation.objects.bulk_create(_observation(trust_return, row, file) for row in file.rows)
    Target.objects.bulk_create(
        _target(trust_return, row, row.target, file) for row in file.rows if row.target is not None
    )
    # Last, as a file isn't undone with the transaction: one left behind is of no harm, as no row has it.
    trust_return.file.save(_file_name(trust_return), ContentFile(file.content))
    return trust_return


def _identity(file: ReturnFile) -> dict[str, object]:
    return {
        "organisation": file.organisation,
        "framework": file.framework,
        "period_start": file.period.start,
        "period_end": file.period.end,
    }


def _file_name(trust_return: TrustReturn) -> str:
    """Made of what the return is: a name that someone sent may be anything."""
    names = (trust_return.series.slug, trust_return.organisation.slug, trust_return.framework.slug)
    return f"{'-'.join(names)}-version-{trust_return.version}.csv"


def _observation(trust_return: TrustReturn, row: ReturnRow, file: ReturnFile) -> Observation:
    measure = file.names.measures[row.measure]
    return Observation(
        trust_return=trust_return,
        measure=measure,
        organisation=trust_return.organisation,
        period_start=row.period_start,
        period_end=row.period_end,
        status=row.status,
        unit=measure.unit,
        numerator=row.numerator,
        denominator=row.denominator,
        expected=row.expected,
        value=row.value_in(measure.unit),
        certainty=Certainty.VERBATIM,
        note=row.note,
    )


def _target(trust_return: TrustReturn, row: ReturnRow, value: float, file: ReturnFile) -> Target:
    return Target(
        trust_return=trust_return,
        framework_measure=file.names.framework_measures[row.framework, row.measure],
        organisation=trust_return.organisation,
        period_start=row.period_start,
        period_end=row.period_end,
        value=value,
    )
