"""What private pages show beside their content: where else to go, and what came of the last step."""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from performance.models.walls import READERS_OF_RETURNS
from performance.pages.signed_in import SAID
from trusts.models import Person
from trusts.permission import Permission, has

register = template.Library()


def first_page(person: Person) -> str:
    """Where somebody begins who came for no page in particular."""
    return pages_of(person)[0][0]


def pages_of(person: Person) -> list[tuple[str, str]]:
    """(address, label) of each, in the order in which they are shown."""
    pages = []
    if any(has(person, permission) for permission in READERS_OF_RETURNS):
        pages.append((reverse("returns"), _("Returns")))
    if has(person, Permission.MANAGE_PEOPLE):
        pages.append((reverse("people"), _("People")))
    return [*pages, (reverse("own-account"), _("Your account"))]


@register.simple_tag(takes_context=True)
def private_pages(context: Context) -> list[tuple[str, str]]:
    return pages_of(context["request"].user)


@register.simple_tag(takes_context=True)
def what_was_said(context: Context) -> str:
    """What the page before had to say, once."""
    return str(context["request"].session.pop(SAID, ""))
