"""Forms of administrators: whom to invite, and what somebody does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from performance.pages.forms.account import EMAIL
from performance.pages.forms.base import PageForm
from performance.people.rules import check_fits
from trusts.models import Organisation, OrganisationKind, Role
from trusts.permission import NotAllowed


class RoleForm(PageForm):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Trust"),
        help_text=_("For information officers and chief executives of trusts alone."),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("No trust"),
    )

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["organisation"].queryset = Organisation.objects.of_kind(OrganisationKind.TRUST)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if "role" in said and "organisation" in said:
            try:
                check_fits(Role(said["role"]), said["organisation"])
            except NotAllowed as reason:
                self.refuse(str(reason), "organisation")
        return said


class InvitationForm(RoleForm):
    field_order = ("name", "email", "role", "organisation")
    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        error_messages={"required": _("Enter their full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("The invitation goes there, and it is what they sign in with."),
        # Short enough to be a username too.
        max_length=150,
        error_messages={
            "required": _("Enter their email address."),
            "invalid": _("Enter an email address, such as name@example.org."),
        },
        widget=forms.EmailInput(attrs=EMAIL | {"autocomplete": "off"}),
    )
