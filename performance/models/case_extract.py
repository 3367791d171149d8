"""The dated events of cases as somebody sent them, for counting a return from: its events are deleted
after a set time, and what was counted stays."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from performance.models.constraints import at_and_by_together
from performance.models.framework import Framework
from performance.models.series import Series
from performance.models.upload import Upload
from performance.models.walls import visible_rows
from performance.periods import Period
from trusts.models import Organisation, Person


class ExtractState(models.TextChoices):
    WAITING = "waiting", "Being counted"
    REFUSED = "refused", "Can’t be counted"
    COUNTED = "counted", "Counted"


class CaseExtractQuerySet(models.QuerySet["CaseExtract"]):
    def visible_to(self, person: Person) -> "CaseExtractQuerySet":
        return visible_rows(self, person)


class CaseExtract(models.Model):
    """`organisation` is the trust of whoever sent it, and empty for people of NOMS. `taken` is the day on
    which it was taken from the case system. `found` are sentences about its files, and `result` what was
    counted (`performance.extracts.documents`). `upload` is the file of figures that was made of it.
    `events_deleted` says when its events went; they are there no longer than to `delete_on`."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="case_extracts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="case_extracts"
    )
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="case_extracts")
    period_start = models.DateField()
    period_end = models.DateField()
    taken = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_extracts"
    )
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    rows = models.PositiveBigIntegerField(default=0)
    cases = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=12, choices=ExtractState, default=ExtractState.WAITING)
    found = models.JSONField(default=list, blank=True)
    result = models.JSONField(default=dict, blank=True)
    upload = models.OneToOneField(
        Upload, on_delete=models.PROTECT, null=True, blank=True, related_name="case_extract"
    )
    delete_on = models.DateField()
    events_deleted = models.DateTimeField(null=True, blank=True)

    objects = CaseExtractQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExtractState.values), name="case_extract_state_is_known"
            ),
            at_and_by_together("case_extract", "sent"),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="case_extract_period_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(taken__gt=F("period_end")), name="case_extract_is_taken_after_its_period"
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtractState.COUNTED) | Q(upload__isnull=False),
                name="case_extract_counted_has_figures",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_end)
