"""Counting an extract in the background, by one worker or by as many as there are.

The files are divided into parts, a file being a task, and the parts are counted, a part being a task.
What came of each task is kept in the database under the job's number: whoever finishes the last one of
a stage goes on to the next, and an attempt after a lost worker does only what is missing. Counts of
parts are added up, so it makes no difference who counted which.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import orjson
from django.db import transaction
from django.utils import timezone

from performance.extracts.count import Count, asked_of, count_part, together
from performance.extracts.documents import (
    Document,
    count_of,
    document_of,
    document_of_file,
    file_of,
)
from performance.extracts.figures import Counting, figures_of
from performance.extracts.keeping import delete_as_sent, delete_events, division_of
from performance.extracts.reading import Known, divide, parts_for
from performance.extracts.rules import known_trusts, rules_of
from performance.extracts.storing import NOTHING, store_count
from performance.jobs.running import (
    CannotGoOn,
    begin,
    check_goes_on,
    check_is_ours,
    finish,
    said_in,
    take,
    write,
)
from performance.models import CalculatedPart, CaseExtract, ExtractState, Job, JobState
from performance.returns.found import CannotRead, Found
from performance.returns.known import ReturnNames
from performance.wording import counted, written_number
from trusts.permission import NotAllowed

READ, COUNT, STORE = "Read the extract", "Count the cases", "Keep the figures"
STAGES = (READ, COUNT)

# Has a task done by another worker: job, attempt, stage, number within it.
Send = Callable[[int, int, str, int], object]


def run_count(job_id: int, send: Send | None = None) -> None:
    """Count an extract, by oneself or, where `send` is given, with others. A job that another worker has
    taken or finished is left alone."""
    job = take(job_id)
    if job is None:
        return
    with said_in(job):
        extract = _extract_of(job)
        if "parts" not in job.plan:
            job.plan |= {"parts": parts_for(Path(path) for path, _ in job.plan["files"])}
        write(job, plan=job.plan, steps_total=len(job.plan["files"]) + job.plan["parts"] + 1)
        _go_on(job, extract, send)


def run_task(job_id: int, attempt: int, stage: str, number: int, send: Send | None = None) -> None:
    """One task of a count. Whoever finishes the last of a stage goes on to the next."""
    job = Job.objects.select_related("series", "requested_by").filter(pk=job_id, attempt=attempt).first()
    if job is None or job.state != JobState.RUNNING:
        return
    with said_in(job):
        extract = _extract_of(job)
        check_goes_on(job)
        _do(job, extract, stage, number)
        if not _missing(job, stage) and _is_first_to_finish(job, stage):
            _go_on(job, extract, send)


def _go_on(job: Job, extract: CaseExtract, send: Send | None) -> None:
    """From the first stage that has tasks left."""
    for place, stage in enumerate(STAGES):
        missing = _missing(job, stage)
        if not missing:
            continue
        begin(job, stage, 0 if place == 0 else len(job.plan["files"]))
        if send and len(missing) > 1:
            for number in missing:
                send(job.pk, job.attempt, stage, number)
            return
        for number in missing:
            _do(job, extract, stage, number)
    _finish(job, extract)


def _do(job: Job, extract: CaseExtract, stage: str, number: int) -> None:
    if number not in _missing(job, stage):
        return
    known = known_trusts(ReturnNames.from_database(), extract.taken)
    # Where there are several files, each worker has one of them.
    threads = 1 if len(job.plan["files"]) > 1 else None
    division = division_of(extract, job.plan["parts"], threads)
    if stage == READ:
        path, name = job.plan["files"][number]
        try:
            document = document_of_file(divide(Path(path), name, number, known, division))
        except CannotRead as reasons:
            _refuse(job, extract, reasons.found)
            raise CannotGoOn(f"Not counted: {counted(len(reasons.found), 'error')}.") from reasons
    else:
        asked = asked_of(rules_of(extract.framework), known, extract.period)
        document = document_of(count_part(division, number, known, asked))
    _keep(job, stage, number, document)
    check_goes_on(job)
    write(job, steps_done=_done(job))


def _finish(job: Job, extract: CaseExtract) -> None:
    """Extract, returns and job change in one transaction, and only if the job is still ours."""
    begin(job, STORE, len(job.plan["files"]) + job.plan["parts"])
    names = ReturnNames.from_database()
    counting = counting_of(extract, known_trusts(names, extract.taken))
    count = _together(job)
    if figures_of(count, counting).empty:
        _refuse(job, extract, count.found)
        raise CannotGoOn(NOTHING)
    delete_as_sent(extract)
    with transaction.atomic():
        check_is_ours(job)
        try:
            stored = store_count(count, counting, extract.name, extract.series, extract.sent_by, names)
        except NotAllowed as reason:
            raise CannotGoOn(str(reason)) from reason
        extract.state, extract.upload = ExtractState.COUNTED, stored.upload
        extract.rows, extract.cases = count.rows, count.tally.cases
        extract.found = [found.sentence for found in stored.found]
        extract.result = document_of(count) | {
            "trusts": counting.trusts,
            "versions": {measure: rule.version for measure, rule in counting.rules.items()},
        }
        extract.save(update_fields=["state", "upload", "rows", "cases", "found", "result"])
        _forget_tasks(job)
        steps = job.plan["parts"] + len(job.plan["files"]) + 1
        finish(job, JobState.SUCCEEDED, outcome(count, stored.drafts), steps_done=steps)


def outcome(count: Count, drafts: Sequence[object]) -> str:
    cases, rows = written_number(count.tally.cases), written_number(count.rows)
    came_to = f"came to {counted(len(drafts), 'return')}" if drafts else "have errors, and weren’t kept"
    return f"{cases} cases with {rows} events were counted; the figures {came_to}."


def counting_of(extract: CaseExtract, known: Known) -> Counting:
    return Counting(
        trusts=known.slugs,
        framework=extract.framework.slug,
        rules=rules_of(extract.framework),
        period=extract.period,
        taken=extract.taken,
        own=extract.organisation.slug if extract.organisation else None,
    )


def _refuse(job: Job, extract: CaseExtract, found: Sequence[Found]) -> None:
    extract.state, extract.found = ExtractState.REFUSED, [one.sentence for one in found]
    extract.save(update_fields=["state", "found"])
    delete_events(extract, timezone.now())
    _forget_tasks(job)


def _together(job: Job) -> Count:
    return together(map(file_of, _kept(job, READ)), map(count_of, _kept(job, COUNT)))


def _extract_of(job: Job) -> CaseExtract:
    related = ("series", "framework", "organisation", "sent_by")
    return CaseExtract.objects.select_related(*related).get(job=job)


def _key(job: Job, stage: str, number: int) -> str:
    return f"count {job.pk}: {STAGES.index(stage)}: {number}"


def _keys(job: Job, stage: str) -> list[str]:
    count = len(job.plan["files"]) if stage == READ else job.plan["parts"]
    return [_key(job, stage, number) for number in range(count)]


def _missing(job: Job, stage: str) -> list[int]:
    keys = _keys(job, stage)
    kept = set(CalculatedPart.objects.filter(key__in=keys).values_list("key", flat=True))
    return [number for number, key in enumerate(keys) if key not in kept]


def _done(job: Job) -> int:
    return sum(len(_keys(job, stage)) - len(_missing(job, stage)) for stage in STAGES)


def _keep(job: Job, stage: str, number: int, document: Document) -> None:
    """Two workers may have done the same task: it comes to the same."""
    payload = orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)
    values = {"name": f"{stage}, {number + 1}", "payload": payload}
    CalculatedPart.objects.get_or_create(key=_key(job, stage, number), defaults=values)


def _kept(job: Job, stage: str) -> Iterator[Document]:
    """One after the other, as together they may be large."""
    for key in _keys(job, stage):
        payload = CalculatedPart.objects.values_list("payload", flat=True).get(key=key)
        yield orjson.loads(bytes(payload))


def _forget_tasks(job: Job) -> None:
    keys = [key for stage in STAGES for key in _keys(job, stage)] if "parts" in job.plan else []
    CalculatedPart.objects.filter(key__in=keys).delete()


def _is_first_to_finish(job: Job, stage: str) -> bool:
    """Two workers may have done the last two tasks at the same moment: one of them goes on."""
    ours = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt, step=stage)
    after = {READ: COUNT, COUNT: STORE}[stage]
    return bool(ours.update(step=after, heartbeat=timezone.now()))
