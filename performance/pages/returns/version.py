"""How pages name a version of a return, and where they lead from it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from performance.models import Framework, ReturnState, TrustReturn
from performance.pages.returns.period_address import in_address, period_in
from performance.periods import Period

TAGS = {
    ReturnState.DRAFT: "govuk-tag--grey",
    ReturnState.SUBMITTED: "govuk-tag--yellow",
    ReturnState.APPROVED: "govuk-tag--turquoise",
    ReturnState.RETURNED: "govuk-tag--red",
    ReturnState.ACCEPTED: "govuk-tag--green",
}


@dataclass(frozen=True)
class Version:
    stored: TrustReturn

    @property
    def period(self) -> Period:
        return Period(self.stored.period_start, self.stored.period_end)

    @property
    def name(self) -> str:
        """PTRS 2010-11: April 2010, version 2."""
        return f"{self.stored.framework.short_title}: {self.period}, version {self.stored.version}"

    @property
    def full_name(self) -> str:
        return f"{self.stored.organisation}, {self.name}"

    @property
    def tag(self) -> str:
        return TAGS[ReturnState(self.stored.state)]

    @property
    def address(self) -> str:
        return reverse("return", args=[self.stored.pk])

    @property
    def send_next(self) -> str:
        """Where the next version is sent."""
        return sending("send-return", self.stored.framework, self.period)


def sending(page: str, framework: Framework, period: Period | None = None) -> str:
    """The address of a page that sends returns, with the framework filled in, and the period if it
    is a month, quarter or financial year."""
    filled_in = {"framework": framework.slug}
    if period and period_in(in_address(period)) == period:
        filled_in["month"] = in_address(period)
    return f"{reverse(page)}?{urlencode(filled_in)}"
