"""Forms for typing the figures of a month, line by line, and for a nil return."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from performance.exports.return_template import to_fill_in
from performance.models import FrameworkMeasure
from performance.pages.forms.base import PageForm
from performance.pages.forms.returns import LONGEST_TEXT, PeriodField, framework_field
from performance.pages.returns.period_address import period_in
from performance.periods import Period, month_of
from performance.returns.period_words import NotAPeriod, read_period
from performance.vocabulary import Status
from trusts.models import Organisation, OrganisationKind

# The columns of a line that somebody types, in their order.
TYPED = ("status", "numerator", "denominator", "expected", "value", "note")
STATUSES = (
    ("", _("Reported, if filled in")),
    (Status.NIL, _("Nil: nothing to count")),
    (Status.MISSING, _("Missing: not known")),
    (Status.SUPPRESSED, _("Suppressed")),
    (Status.NOT_APPLICABLE, _("Not applicable")),
)
LONGEST_NUMBER = 40


class MonthField(PeriodField):
    """One month, in words or as an address has it."""

    def read(self, text: str) -> Period:
        period = period_in(text) or read_period(text)
        if period != month_of(period.start):
            raise NotAPeriod("write one month, such as March 2013")
        return period


class MonthForm(PageForm):
    """Of which framework and month lines are to be entered."""

    framework = framework_field(
        empty_label=_("Choose one"), error_messages={"required": _("Choose a framework.")}
    )
    month = MonthField(
        label=_("Month"),
        help_text=_("Such as March 2013."),
        error_messages={"required": _("Enter a month.")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        framework, month = said.get("framework"), said.get("month")
        if framework and month and not framework.starts <= month.start <= framework.ends:
            years = Period(framework.starts, framework.ends)
            self.refuse(f"{framework.short_title} is of {years}: choose a month of those.", "month")
        return said


class OfATrustForm(PageForm):
    """Asks of which trust it is, those who send for any."""

    def __init__(self, own: Organisation | None, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self._own = own
        if own is None:
            self.fields["organisation"] = forms.ModelChoiceField(
                Organisation.objects.of_kind(OrganisationKind.TRUST),
                label=_("Trust"),
                to_field_name="slug",
                empty_label=_("Choose one"),
                error_messages={"required": _("Choose a trust.")},
            )

    @property
    def trust(self) -> Organisation:
        return self._own or self.cleaned_data["organisation"]


class NilForm(OfATrustForm):
    is_nil = forms.BooleanField(
        label=_("There is nothing to report for any measure"),
        error_messages={"required": _("Tick the box if there is nothing to report for any measure.")},
    )


@dataclass(frozen=True)
class Line:
    """entry: the measure; cells: a field for each column, None where the measure has no use for it."""

    entry: FrameworkMeasure
    cells: list[BoundField | None]


class LinesForm(OfATrustForm):
    """A line for each measure; those that are filled in count."""

    def __init__(
        self, own: Organisation | None, entries: Sequence[FrameworkMeasure], *args: Any, **named: Any
    ):
        super().__init__(own, *args, **named)
        self._entries = entries
        used = {column for entry in entries for column in to_fill_in(entry.measure)}
        self.columns = [column for column in TYPED if column in used]
        for entry in entries:
            for column in self._columns_of(entry):
                label = f"{column.capitalize()}, {entry.measure.short_title}"
                self.fields[_name(entry, column)] = _field(column, label)

    @property
    def lines(self) -> Iterator[Line]:
        for entry in self._entries:
            names = {column: _name(entry, column) for column in self.columns}
            yield Line(entry, [self[name] if name in self.fields else None for name in names.values()])

    @property
    def filled_in(self) -> list[tuple[FrameworkMeasure, dict[str, str]]]:
        """What was typed, by column, of each line in which anything was."""
        typed = [
            (entry, {column: self.cleaned_data[_name(entry, column)] for column in self._columns_of(entry)})
            for entry in self._entries
        ]
        return [(entry, texts) for entry, texts in typed if any(texts.values())]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors:
            return said
        lines = self.filled_in
        if not lines:
            self.refuse("Fill in at least one line. If there is nothing to report, send a nil return.")
        for entry, texts in lines:
            if not any(text for column, text in texts.items() if column != "note"):
                title = entry.measure.short_title
                self.refuse(
                    f"{title}: give a figure beside the note, or choose why there is none.",
                    _name(entry, "status"),
                )
        return said

    def _columns_of(self, entry: FrameworkMeasure) -> list[str]:
        return [column for column in self.columns if column in to_fill_in(entry.measure)]


def _name(entry: FrameworkMeasure, column: str) -> str:
    return f"{entry.measure.code}-{column}"


def _field(column: str, label: str) -> forms.Field:
    """The label is for readers who don't see the table around the field."""
    named = {"aria-label": label}
    if column == "status":
        return forms.ChoiceField(choices=STATUSES, required=False, widget=forms.Select(attrs=named))
    if column == "note":
        widget = forms.TextInput(attrs=named | {"class": "govuk-input--width-20"})
        return forms.CharField(max_length=LONGEST_TEXT, required=False, widget=widget)
    widget = forms.TextInput(attrs=named | {"class": "govuk-input--width-5", "inputmode": "decimal"})
    return forms.CharField(max_length=LONGEST_NUMBER, required=False, widget=widget)
