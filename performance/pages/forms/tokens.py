"""The form for a token with which a program asks in its person's name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from performance.pages.forms.base import PageForm

# In days.
LENGTHS = ((31, _("A month")), (92, _("Three months")), (366, _("A year")))


class TokenForm(PageForm):
    """may_send: whether its person sends returns, so that a token can."""

    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("The program or the machine, so that you know it again: such as monthly report."),
        max_length=60,
        error_messages={
            "required": _("Write what it is for."),
            "max_length": _("Write at most 60 characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    days = forms.TypedChoiceField(
        label=_("How long does it last?"),
        choices=LENGTHS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how long it lasts.")),
    )
    may_send = forms.BooleanField(
        label=_("It may send and submit returns too, not only read"), required=False
    )

    def __init__(self, *args: Any, may_send: bool, **named: Any):
        super().__init__(*args, **named)
        if not may_send:
            del self.fields["may_send"]
