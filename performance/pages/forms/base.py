"""What all forms share: fields in the classes of the GOV.UK design system.

A template shows each with components/field.html, and components/error_summary.html above them.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict

CLASSES = {
    "checkbox": "govuk-checkboxes__input",
    "checkboxselectmultiple": "govuk-checkboxes__input",
    "clearablefile": "govuk-file-upload",
    "file": "govuk-file-upload",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "radioselect": "govuk-radios__input",
    "select": "govuk-select",
    "textarea": "govuk-textarea",
}
CHOICES = ("checkbox", "checkboxselectmultiple", "radioselect")


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was filled in with; None where it is only shown."""
    return request.POST if request.method == "POST" else None


class PageBoundField(BoundField):
    """A field as a template shows it. Its hint has the id `<id>_helptext`, its error `<id>_error`;
    Django names both in aria-describedby."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        own = CLASSES.get(self.widget_type, "govuk-input")
        if self.errors and self.widget_type not in CHOICES:
            own = f"{own} {own.split()[0]}--error"
        attrs["class"] = f"{own} {self.field.widget.attrs.get('class', '')}".strip()
        return attrs

    @property
    def first_id(self) -> str:
        """Of what an error leads to: the field, or the first of several choices."""
        return str(self.subwidgets[0].id_for_label if self.use_fieldset else self.id_for_label)


class PageForm(forms.Form):
    """No `required` attributes: browsers would stop a form with their own words, one field at a time."""

    bound_field_class = PageBoundField
    use_required_attribute = False
    label_suffix = ""

    def refuse(self, reason: str, field: str | None = None) -> None:
        """Say why the whole form, or one field of it, can't be used."""
        self.add_error(field, forms.ValidationError(reason))

    @property
    def found(self) -> Iterator[tuple[str, str]]:
        """Every error as (id of its field, '' for the whole form; sentence)."""
        for name, errors in self.errors.items():
            place = "" if name == NON_FIELD_ERRORS else self[name].first_id
            yield from ((place, str(error)) for error in errors)
