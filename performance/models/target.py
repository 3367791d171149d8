"""An organisation's own target for a period, where it differs from the framework's.

It hangs on the measure as it stands in a framework: a target for a measure that isn't in the
framework can't be written down. It came with a published table or with a trust's return.
"""

from django.db import models
from django.db.models import F, Q

from performance.models.framework_measure import FrameworkMeasure
from performance.models.published_table import PublishedTable
from performance.models.trust_return import TrustReturn
from trusts.models import Organisation


class Target(models.Model):
    framework_measure = models.ForeignKey(FrameworkMeasure, on_delete=models.PROTECT, related_name="targets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="targets")
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.FloatField()
    published_table = models.ForeignKey(
        PublishedTable, on_delete=models.CASCADE, null=True, blank=True, related_name="targets"
    )
    trust_return = models.ForeignKey(
        TrustReturn, on_delete=models.CASCADE, null=True, blank=True, related_name="targets"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "published_table",
                    "framework_measure",
                    "organisation",
                    "period_start",
                    "period_end",
                ],
                name="target_once_per_table_organisation_and_period",
            ),
            models.UniqueConstraint(
                fields=["trust_return", "framework_measure", "organisation", "period_start", "period_end"],
                name="target_once_per_return_organisation_and_period",
            ),
            models.CheckConstraint(
                condition=Q(published_table__isnull=False, trust_return__isnull=True)
                | Q(published_table__isnull=True, trust_return__isnull=False),
                name="target_has_one_origin",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="target_period_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework_measure}, {self.organisation}: {self.value:g}"
