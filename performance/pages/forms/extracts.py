"""Forms for sending a case extract, and for looking cases up in one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from performance.extracts.actions import MOST_BYTES, Request
from performance.models import Framework
from performance.pages.forms.base import PageForm
from performance.pages.forms.lines import MonthField
from performance.pages.forms.returns import framework_field
from performance.periods import Period

# As many numbers as anyone pastes at once.
MOST_NUMBERS = 1_000
DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")


def _month_field(label: Any, missing: Any) -> MonthField:
    return MonthField(
        label=label,
        help_text=_("Such as March 2013."),
        error_messages={"required": missing},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )


class ExtractForm(PageForm):
    """missing_because: why no file is there, where the sender isn't to blame for it."""

    framework = framework_field(
        empty_label=_("Choose one"), error_messages={"required": _("Choose a framework.")}
    )
    first = _month_field(_("First month to count"), _("Enter the first month to count."))
    last = _month_field(_("Last month to count"), _("Enter the last month to count."))
    taken = forms.DateField(
        label=_("Day on which the extract was taken from the case system"),
        help_text=_("Such as 9 April 2013 or 09/04/2013. Nothing after it counts."),
        input_formats=DAYS,
        error_messages={
            "required": _("Enter the day on which the extract was taken."),
            "invalid": _("Write the day as 9 April 2013 or 09/04/2013."),
        },
        widget=forms.DateInput(format="%-d %B %Y", attrs={"class": "govuk-input--width-10"}),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=f"CSV or Parquet, up to {MOST_BYTES // 2**20} MB.",
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.parquet"}),
    )

    def __init__(self, *args: Any, missing_because: str = "", **named: Any):
        super().__init__(*args, **named)
        if missing_because:
            self.fields["file"].error_messages["required"] = missing_because
        with_rules = Framework.objects.filter(domains__framework_measures__measure__case_rule__isnull=False)
        self.fields["framework"].queryset = with_rules.distinct().order_by("-starts", "slug")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, last = said.get("first"), said.get("last")
        if first and last and last.end < first.start:
            self.refuse("The last month comes before the first.", "last")
        return said

    @property
    def asked(self) -> Request:
        said = self.cleaned_data
        period = Period(said["first"].start, said["last"].end)
        return Request(said["framework"], period, said["taken"])


class LookUpForm(PageForm):
    numbers = forms.CharField(
        label=_("Your own case numbers"),
        help_text=_("One in a line, as they stand in the extract."),
        error_messages={"required": _("Enter one case number or more.")},
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_numbers(self) -> list[str]:
        numbers = list(dict.fromkeys(self.cleaned_data["numbers"].split("\n")))
        found = [number.strip() for number in numbers if number.strip()]
        if len(found) > MOST_NUMBERS:
            raise forms.ValidationError(f"Enter {MOST_NUMBERS:,} numbers at most.")
        return found
