"""Forms for sending a file, and for saying why figures that look odd are right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from performance.models import Framework
from performance.pages.forms.base import PageForm
from performance.periods import Period
from performance.returns.layouts import Said
from performance.returns.period_words import NotAPeriod, read_period
from performance.returns.uploads import ENDINGS, MOST_BYTES

LONGEST_TEXT = 1_000


class PeriodField(forms.CharField):
    """Cleaned to a Period, or None where it is empty."""

    def to_python(self, value: Any) -> Period | None:
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return self.read(text)
        except NotAPeriod as reason:
            raise forms.ValidationError(f"‘{text}’ can’t be read as a period: {reason}.") from None

    def read(self, text: str) -> Period:
        """Raises NotAPeriod."""
        return read_period(text)


def framework_field(**said: Any) -> forms.ModelChoiceField:
    frameworks = Framework.objects.order_by("-starts", "slug")
    return forms.ModelChoiceField(frameworks, label=_("Framework"), to_field_name="slug", **said)


class SendForm(PageForm):
    """missing_because: why no file is there, where the sender isn't to blame for it."""

    framework = framework_field(required=False, empty_label=_("As the file says"))
    period = PeriodField(
        label=_("Month, quarter or financial year"),
        help_text=_("Such as March 2013, Q4 2012/13 or 2012/13."),
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=f"CSV, XLSX, ODS or Parquet, up to {MOST_BYTES // 2**20} MB.",
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def __init__(self, *args: Any, missing_because: str = "", **named: Any):
        super().__init__(*args, **named)
        if missing_because:
            self.fields["file"].error_messages["required"] = missing_because

    @property
    def said(self) -> Said:
        framework = self.cleaned_data["framework"]
        return Said(framework=framework.slug if framework else "", period=self.cleaned_data["period"])


class ReasonForm(PageForm):
    """Of one warning (`finding`), or of all open ones of a `code` about one return."""

    trust_return = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.SlugField(widget=forms.HiddenInput, required=False)
    finding = forms.IntegerField(widget=forms.HiddenInput, required=False)
    then = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Why are these figures right?"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write why the figures are right as they are.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def is_about(self, about: dict[str, Any]) -> bool:
        """Whether it was filled in for the same warnings; about: by field."""
        return all(
            str(about.get(name, "")) == self.data.get(name, "")
            for name in ("trust_return", "code", "finding")
        )
