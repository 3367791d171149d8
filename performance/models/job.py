"""One background run: what, for whom, how far, and how it ended in words.

The broker can lose a task with its worker; this row, with its heartbeat, tells of it.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from performance.models.case_extract import CaseExtract
from performance.models.constraints import at_and_by_together
from performance.models.release import Release
from performance.models.series import Series
from performance.models.upload import Upload


class JobState(models.TextChoices):
    QUEUED = "queued", "Waiting for a worker"
    RUNNING = "running", "Running"
    SUCCEEDED = "succeeded", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class JobKind(models.TextChoices):
    BUILD_RELEASE = "build-release", "Build a release"
    CHECK_UPLOAD = "check-upload", "Check a return"
    COUNT_EXTRACT = "count-extract", "Count a case extract"


FINISHED = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)


class Job(models.Model):
    """`requested_at` and `requested_by` are a person's step, as is asking for its end with
    `cancelled_at` and `cancelled_by`; the other times are the machine's. `attempt` counts the
    workers that took it: only the last of them may still write here. `heartbeat` is the last sign
    of life, of its worker or, while it waits, of its being sent. `plan` is what the
    build rests on, the versions of tables and returns, and the parts into which it is divided; of a
    count, its files and parts."""

    kind = models.CharField(max_length=20, choices=JobKind)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=12, choices=JobState, default=JobState.QUEUED)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs_requested"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs_cancelled",
    )
    attempt = models.PositiveSmallIntegerField(default=0)
    started = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=120, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps_total = models.PositiveSmallIntegerField(default=0)
    outcome = models.TextField(blank=True)
    plan = models.JSONField(default=dict, blank=True)
    release = models.ForeignKey(
        Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, null=True, blank=True, related_name="job")
    case_extract = models.OneToOneField(
        CaseExtract, on_delete=models.CASCADE, null=True, blank=True, related_name="job"
    )

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_is_known"),
            models.CheckConstraint(condition=Q(kind__in=JobKind.values), name="job_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind=JobKind.CHECK_UPLOAD, upload__isnull=False)
                | (~Q(kind=JobKind.CHECK_UPLOAD) & Q(upload__isnull=True)),
                name="job_that_checks_has_an_upload",
            ),
            models.CheckConstraint(
                condition=Q(kind=JobKind.COUNT_EXTRACT, case_extract__isnull=False)
                | (~Q(kind=JobKind.COUNT_EXTRACT) & Q(case_extract__isnull=True)),
                name="job_that_counts_has_an_extract",
            ),
            at_and_by_together("job", "requested"),
            at_and_by_together("job", "cancelled"),
            models.CheckConstraint(
                condition=~Q(state=JobState.CANCELLED) | Q(cancelled_at__isnull=False),
                name="job_cancelled_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(steps_done__lte=F("steps_total")), name="job_does_no_more_steps_than_it_has"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished__isnull=True)),
                name="job_finished_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FINISHED) | ~Q(outcome=""), name="job_finished_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def step_number(self) -> int:
        """Which step it is at, or was at in the end; the first is 1."""
        return min(self.steps_done + 1, self.steps_total)
