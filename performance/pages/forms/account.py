"""Forms of people's own accounts: signing in, and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from performance.pages.forms.base import PageForm
from trusts.models import Person

PASSWORD_HINT = _("At least 12 characters, and not one that is easily guessed. Three random words do well.")
EMAIL = {"autocomplete": "email", "spellcheck": "false"}


def password_field(label: str, autocomplete: str, **said: Any) -> forms.CharField:
    widget = forms.PasswordInput(
        attrs={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    )
    return forms.CharField(label=label, strip=False, widget=widget, **said)


class SignInForm(PageForm, AuthenticationForm):
    """The same sentence whatever was wrong: it doesn't tell who has an account."""

    error_messages = {
        "invalid_login": _(
            "The email address or the password is wrong. After five wrong tries you can’t sign in "
            "for 15 minutes."
        ),
    }
    username = forms.CharField(
        label=_("Email address"),
        help_text=_("Or your user name, if you were given one."),
        max_length=150,
        error_messages={
            "required": _("Enter your email address."),
            "max_length": _("Enter an email address of at most 150 characters."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = password_field(
        _("Password"), "current-password", error_messages={"required": _("Enter your password.")}
    )

    def clean_username(self) -> str:
        """Addresses are kept in small letters; a user name is as it was given."""
        typed = self.cleaned_data["username"]
        return typed.lower() if "@" in typed else typed


class ForgottenForm(PageForm):
    email = forms.EmailField(
        label=_("Email address"),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address, such as name@example.org."),
        },
        widget=forms.EmailInput(attrs=EMAIL),
    )


class NewPasswordForm(PageForm):
    password = password_field(
        _("New password"),
        "new-password",
        help_text=PASSWORD_HINT,
        error_messages={"required": _("Enter a new password.")},
    )

    def __init__(self, person: Person, *args: Any, **named: Any):
        super().__init__(*args, **named)
        self.person = person

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class ChangePasswordForm(NewPasswordForm):
    """Wrong tries count as they do for signing in."""

    field_order = ("current", "password")
    current = password_field(
        _("Current password"),
        "current-password",
        error_messages={"required": _("Enter your current password.")},
    )

    def __init__(self, request: HttpRequest, *args: Any, **named: Any):
        super().__init__(request.user, *args, **named)
        self.request = request

    def clean_current(self) -> str:
        typed = self.cleaned_data["current"]
        if authenticate(self.request, username=self.person.username, password=typed) is None:
            raise forms.ValidationError(_("This is not your current password."))
        return typed
