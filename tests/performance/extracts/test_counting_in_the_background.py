"""An extract from the moment it is sent to a published release, by one worker and by several."""

import datetime
import random
from pathlib import Path

import duckdb
import pytest
from django.utils import timezone

from performance.calculation.tasks import send_again
from performance.extracts import jobs
from performance.extracts.jobs import COUNT, READ, run_count, run_task
from performance.extracts.keeping import delete_old_events, directory_of
from performance.extracts.tasks import count_extract_task
from performance.jobs.sweeping import sweep
from performance.models import (
    CalculatedPart,
    CaseExtract,
    Event,
    Finding,
    IndicatorResult,
    Job,
    Observation,
    TrustReturn,
)
from performance.periods import Period
from performance.returns.actions import submit_return
from tests.performance.building import build_release
from tests.performance.extracts.sending import (
    PERIOD,
    TAKEN,
    answer_of,
    content_of,
    counted,
    figures_of,
    lines,
    request_of,
    sent,
    simulated,
)
from tests.performance.returns.sent import accept, officer, someone
from trusts.models import Person, Role
from trusts.permission import NotAllowed


@pytest.fixture
def by(series) -> Person:
    return officer()


def test_an_extract_waits_for_a_worker_once_it_is_kept(series, by, kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as sent_to_workers:
        extract = sent(series, lines("1,london,,,report-requested,2010-09-01"), by)

    assert len(sent_to_workers) == 1
    assert (extract.state, extract.organisation, extract.sent_by) == ("waiting", by.organisation, by)
    assert (extract.job.kind, extract.job.state) == ("count-extract", "queued")
    assert [path.relative_to(kept).parts[1] for path in kept.glob("*/*")] == ["as-sent"]
    event = Event.objects.get(verb="sent")
    assert (event.actor, event.detail) == (by, {"case_extract": extract.pk})


def test_what_is_counted_is_what_was_planted(series, by):
    planted = simulated()
    extract = counted(series, content_of(planted), by)

    assert extract.state == "counted", extract.job.outcome
    assert (extract.rows, extract.cases) == (len(planted.rows), planted.rows["case"].nunique())
    draft = extract.upload.trust_returns.get()
    assert (draft.organisation, draft.period, draft.state) == (by.organisation, Period(*quarter()), "draft")
    assert figures_of(draft.observations) == answer_of(planted)


def quarter() -> tuple[datetime.date, datetime.date]:
    """Figures of several months in different quarters are the return for their year."""
    return datetime.date(2010, 4, 1), datetime.date(2011, 3, 31)


def test_the_answer_comes_out_of_a_release_as_it_went_in(series, by):
    planted = simulated(cases=4_000)
    accept(counted(series, content_of(planted), by).upload.trust_returns.get())

    release = build_release(series, someone(Role.NOMS_ANALYST))

    # Those that aren't months added up to a year.
    rows = IndicatorResult.objects.filter(
        release=release, organisation__slug="london", observation__isnull=False
    )
    found = {
        (row.measure.code, row.period_start): (row.numerator, row.denominator)
        for row in rows.select_related("measure")
        if row.measure.unit == "share"
    }
    shares = {key: counts for key, counts in answer_of(planted).items() if "employment" not in key[0]}
    assert found == shares


def test_each_figure_says_by_which_version_of_its_rule_it_was_counted(series, by):
    counted(series, content_of(simulated()), by)

    notes = set(Observation.objects.values_list("note", flat=True))
    assert notes == {"Counted from the extract of 31 January 2011 by version 1 of the rule."}


def test_what_is_odd_needs_a_reason_before_the_rest_counts(series, by):
    extract = counted(series, content_of(simulated(odd=3)), by)
    draft = extract.upload.trust_returns.get()

    codes = set(draft.findings.values_list("code", flat=True))
    assert {"said-twice", "out-of-order", "stop-before-start", "no-start", "unknown-trust"} <= codes
    with pytest.raises(NotAllowed, match="have no reasons yet"):
        submit_return(trust_return=draft, by=by)
    assert figures_of(draft.observations) == answer_of(simulated(odd=3))
    said = set(draft.findings.values_list("sentence", flat=True))
    assert extract.found and set(extract.found) <= said


def test_case_numbers_are_nowhere_once_it_is_counted(series, by, kept):
    counted(series, lines("secret-4711,london,,,report-requested,2010-09-01", *SOUND), by)

    files = [path for path in kept.rglob("*") if path.is_file()]
    assert files
    assert not any(b"secret" in path.read_bytes() for path in files)
    assert not Finding.objects.filter(sentence__contains="secret").exists()


SOUND = (
    "r1,london,,,report-requested,2010-09-01",
    "r1,london,,,report-completed,2010-09-10",
    "r2,london,,,report-requested,2010-10-01",
    "r2,london,,,report-completed,2010-10-29",
)


def test_a_measure_without_events_is_left_out_and_said_to_be(series, by):
    extract = counted(series, lines(*SOUND), by)

    assert set(Observation.objects.values_list("measure__code", flat=True)) == {"court-reports-on-time"}
    (said,) = [sentence for sentence in extract.found if "OASys" in sentence]
    assert said == (
        "OASys within 15 days isn’t counted, as the extract has no event ‘order-started’ and "
        "‘licence-started’."
    )


def test_a_month_without_a_case_is_nil(series, by):
    counted(series, lines(*SOUND[:2]), by)

    statuses = dict(Observation.objects.values_list("period_start", "status"))
    assert statuses == {datetime.date(2010, 9, 1): "reported", datetime.date(2010, 10, 1): "nil"}


def test_an_extract_that_begins_too_late_says_what_may_be_missing(series, by):
    extract = counted(series, lines("v1,london,,,victim-contact-due,2010-08-01", *SOUND), by)

    assert any("the extract begins on 1 August 2010" in sentence for sentence in extract.found)


def test_of_the_cases_of_others_an_officer_counts_nothing(series, by):
    kent = [row.replace("london", "kent") for row in SOUND]
    extract = counted(series, lines(*SOUND, *(row.replace("r", "k", 1) for row in kent)), by)

    assert set(Observation.objects.values_list("organisation__slug", flat=True)) == {"london"}
    assert not any("Kent" in sentence for sentence in extract.found)


def test_noms_counts_any_trust(series):
    planted = simulated(("london", "kent"))
    extract = counted(series, content_of(planted), someone(Role.NOMS_ANALYST))

    drafts = {draft.organisation.slug: draft for draft in extract.upload.trust_returns.all()}
    assert set(drafts) == {"london", "kent"}
    for slug, draft in drafts.items():
        assert figures_of(draft.observations) == answer_of(planted, slug)


def test_what_is_odd_about_several_trusts_says_about_which(series):
    rows = [*SOUND, *(row.replace("london", "kent").replace("r", "k", 1) for row in SOUND)]

    extract = counted(series, lines(*rows), someone(Role.NOMS_ANALYST))

    about_oasys = [sentence for sentence in extract.found if "OASys" in sentence]
    assert [sentence.partition(":")[0] for sentence in about_oasys] == ["Kent", "London"]


def test_the_same_figures_again_are_nothing_new(series, by):
    content = content_of(simulated())
    counted(series, content, by)

    again = counted(series, content, by)

    assert (again.state, again.job.state) == ("waiting", "failed")
    assert "nothing in it is new" in again.job.outcome
    assert TrustReturn.objects.count() == 1


def test_a_file_with_names_is_refused_and_nothing_of_it_is_kept(series, by, kept):
    content = b"case,trust,tier,event,date,surname\n1,london,,report-requested,2010-09-01,Smith"
    extract = counted(series, content, by)

    assert (extract.state, extract.job.state) == ("refused", "failed")
    (sentence,) = extract.found
    assert "the column 'surname' looks like the name of a person" in sentence
    assert "Smith" not in sentence
    assert not list(kept.rglob("*.*")) and not directory_of(extract).exists()
    assert not TrustReturn.objects.exists()


def test_an_extract_of_which_nothing_can_be_counted_is_refused(series, by):
    extract = counted(series, lines("1,london,,,breach-known,2010-09-01"), by)

    assert extract.state == "refused"
    assert extract.job.outcome == (
        "The extract has no event from which a measure of the framework is counted."
    )


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"taken": PERIOD.end}, "the period wasn’t over"),
        ({"taken": datetime.date(2100, 1, 1)}, "is still to come"),
        ({"period": Period(datetime.date(2010, 9, 2), PERIOD.end)}, "one or more whole months"),
        ({"period": Period(datetime.date(2009, 9, 1), PERIOD.end)}, "choose months of those"),
    ],
)
def test_what_cant_be_counted_is_said_before_anything_is_kept(series, by, kept, asked, reason):
    with pytest.raises(NotAllowed, match=reason):
        sent(series, lines(*SOUND), by, **asked)

    assert not CaseExtract.objects.exists()
    assert not kept.exists()


def test_a_framework_without_rules_cant_be_counted(series, by):
    framework = request_of().framework
    for entry in framework.domains.get().framework_measures.all():
        entry.measure.case_rule = None
        entry.measure.save()

    with pytest.raises(NotAllowed, match="No measure of PTRS 2010-11 can be counted"):
        sent(series, lines(*SOUND), by)


def test_somebody_who_may_send_no_return_may_send_no_extract(series):
    with pytest.raises(NotAllowed):
        sent(series, lines(*SOUND), someone(Role.CHIEF_EXECUTIVE, "london"))


@pytest.fixture
def in_parts(monkeypatch) -> None:
    """So many parts that several workers have something to do."""
    monkeypatch.setattr("performance.extracts.reading.dividing.ROWS_OF_A_PART", 500)


def with_workers(extract: CaseExtract, order: random.Random, twice: bool = False) -> None:
    """The tasks done one by one as any number of workers could, in some order."""
    tasks: list[tuple[int, int, str, int]] = []
    run_count(extract.job.pk, send=lambda *task: tasks.append(task))
    while tasks:
        task = tasks.pop(order.randrange(len(tasks)))
        for _ in range(1 + twice):
            run_task(*task, send=lambda *more: tasks.append(more))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("twice", [False, True])
def test_workers_together_come_to_what_one_comes_to(series, by, in_parts, seed, twice):
    planted = simulated()
    extract = sent(series, content_of(planted), by)

    with_workers(extract, random.Random(seed), twice)  # noqa: S311 - an order of work

    extract.refresh_from_db()
    job = Job.objects.get(case_extract=extract)
    assert job.plan["parts"] > 3
    assert (job.state, extract.state) == ("succeeded", "counted"), job.outcome
    assert job.steps_done == job.steps_total == job.plan["parts"] + 2
    assert figures_of(Observation.objects) == answer_of(planted)
    assert not CalculatedPart.objects.exists()


def test_an_attempt_after_a_lost_worker_does_only_what_is_missing(series, by, in_parts, monkeypatch):
    planted = simulated()
    extract = sent(series, content_of(planted), by)
    tasks: list[tuple[int, int, str, int]] = []
    run_count(extract.job.pk, send=lambda *task: tasks.append(task))
    for task in tasks[:2]:
        run_task(*task, send=lambda *more: None)
    parts = Job.objects.get().plan["parts"]

    did: list[tuple[str, int]] = []
    doing = jobs._do

    def watched(job: Job, extract: CaseExtract, stage: str, number: int) -> None:
        did.append((stage, number))
        doing(job, extract, stage, number)

    monkeypatch.setattr(jobs, "_do", watched)
    sweep(timezone.now() + datetime.timedelta(hours=1), lambda job: run_count(job.pk))
    run_task(*tasks[2])  # of the first attempt: it does nothing any more

    assert sorted(did) == [(COUNT, number) for number in range(2, parts)]
    assert READ not in {stage for stage, _ in did}
    assert Job.objects.get().state == "succeeded"
    assert figures_of(Observation.objects) == answer_of(planted)


def test_a_lost_count_is_sent_to_the_workers_again(series, by, monkeypatch):
    asked = []
    monkeypatch.setattr(count_extract_task, "delay", asked.append)
    extract = sent(series, lines(*SOUND), by)

    send_again(extract.job)

    assert asked == [extract.job.pk]


NO_OTHER_FILE = "FORMAT parquet, USE_TMP_FILE false"


def test_a_full_disk_is_said_and_nothing_is_half_stored(series, by, monkeypatch, kept):
    def written_on_a_full_disk(*rest: object) -> None:
        with duckdb.connect() as database:
            database.execute(f"COPY (SELECT * FROM range(100_000)) TO '/dev/full' ({NO_OTHER_FILE})")  # noqa: S608

    monkeypatch.setattr("performance.extracts.reading.dividing._divided", written_on_a_full_disk)
    extract = counted(series, lines(*SOUND), by)

    assert extract.state == "refused"
    assert extract.found == [
        "The disk of the server is full, so the extract couldn't be taken in. Nothing of it was kept."
    ]
    assert not directory_of(extract).exists()
    assert not Observation.objects.exists()


def test_an_extract_whose_count_ended_early_isnt_kept_as_it_came(series, by, kept):
    extract = sent(series, lines(*SOUND), by)
    assert (directory_of(extract) / "as-sent").exists()
    assert delete_old_events(timezone.now()) == 0
    assert (directory_of(extract) / "as-sent").exists()

    Job.objects.update(state="failed", finished=timezone.now(), outcome="Lost.")
    assert delete_old_events(timezone.now()) == 0
    assert not (directory_of(extract) / "as-sent").exists()


def test_what_a_worker_left_of_a_refused_extract_is_deleted_too(series, by, kept):
    refused = counted(series, lines("1,london,,,breach-known,2010-09-01"), by)
    waiting = sent(series, lines(*SOUND), by)
    for left in (directory_of(refused) / "parts", kept / "99999" / "as-sent"):
        left.mkdir(parents=True)

    delete_old_events(timezone.now())
    # Within a day they may be of an extract that is just being sent.
    assert len(list(kept.iterdir())) == 3

    delete_old_events(timezone.now() + datetime.timedelta(days=2))
    assert [folder.name for folder in kept.iterdir()] == [str(waiting.pk)]


def test_events_are_deleted_when_their_time_is_over_and_the_count_stays(series, by, kept):
    extract = counted(series, lines(*SOUND), by)
    before = timezone.now().replace(year=extract.delete_on.year - 1)
    assert delete_old_events(before) == 0
    assert list(directory_of(extract).rglob("*.parquet"))

    last = datetime.datetime.combine(extract.delete_on, datetime.time(4), tzinfo=datetime.UTC)
    assert delete_old_events(last) == 1

    extract.refresh_from_db()
    assert extract.events_deleted == last
    assert not directory_of(extract).exists()
    assert extract.result["cases"] == 2
    assert delete_old_events(last) == 0


def test_it_is_kept_for_as_long_as_the_installation_says(series, by, settings):
    settings.EXTRACTS_KEPT_DAYS = 7

    extract = sent(series, lines(*SOUND), by)

    assert extract.delete_on == extract.sent_at.date() + datetime.timedelta(days=7)
    assert extract.delete_on > TAKEN


def test_as_sent_it_is_gone_once_it_is_counted(series, by, kept: Path):
    extract = counted(series, lines(*SOUND), by)

    assert not (directory_of(extract) / "as-sent").exists()
