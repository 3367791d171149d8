"""Mails to trusts about returns that are due soon or late. Each is sent once."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from performance.models import Reminder, ReminderKind, Series
from performance.periods import written_date
from performance.returns.expected import WITH_THE_TRUST, Expected, Progress, expected_returns
from performance.wording import counted
from trusts.models import Organisation, Person, Role

# How long before the due date the first mail goes out.
BEFORE = datetime.timedelta(days=5)

Due = dict[ReminderKind, list[Expected]]


def send_reminders() -> int:
    """Mail every trust about the returns that it hasn't been reminded of: those due within five
    days, and those late. Returns how many mails went out."""
    series = Series.objects.filter(takes_returns=True).first()
    if series is None:
        return 0
    return sum(_remind(series, trust, due) for trust, due in _to_remind_of(series).items())


def _to_remind_of(series: Series) -> dict[Organisation, Due]:
    reminded = set(
        Reminder.objects.filter(series=series).values_list(
            "organisation", "framework", "period_start", "kind"
        )
    )
    found: dict[Organisation, Due] = defaultdict(lambda: defaultdict(list))
    for one in expected_returns(series):
        kind = _kind(one, series.today)
        key = (one.organisation.pk, one.framework.pk, one.period.start, kind)
        if kind and one.progress in WITH_THE_TRUST and key not in reminded:
            found[one.organisation][kind].append(one)
    return found


def _kind(one: Expected, today: datetime.date) -> ReminderKind | None:
    if one.due < today:
        return ReminderKind.LATE
    return ReminderKind.DUE_SOON if one.due - today <= BEFORE else None


def _remind(series: Series, trust: Organisation, due: Due) -> bool:
    """Whether there was somebody to write to. What was written is kept with the mail: one that
    can't be sent is tried again."""
    officers = Person.objects.filter(organisation=trust, role=Role.TRUST_OFFICER, is_active=True)
    addresses = list(officers.exclude(email="").values_list("email", flat=True))
    if not addresses:
        return False
    with transaction.atomic():
        Reminder.objects.bulk_create(
            Reminder(
                series=series,
                organisation=trust,
                framework=one.framework,
                period_start=one.period.start,
                period_end=one.period.end,
                kind=kind,
            )
            for kind, returns in due.items()
            for one in returns
        )
        send_mail(_subject(trust, due), _text(series, due), None, addresses)
    return True


def _subject(trust: Organisation, due: Due) -> str:
    parts = [
        f"{counted(len(due[kind]), 'return')} {words}"
        for kind, words in ((ReminderKind.LATE, "late"), (ReminderKind.DUE_SOON, "due soon"))
        if due.get(kind)
    ]
    return f"{trust}: {' and '.join(parts)}"


def _text(series: Series, due: Due) -> str:
    returns = [one for kind in (ReminderKind.LATE, ReminderKind.DUE_SOON) for one in due.get(kind, ())]
    return "\n".join(
        [
            f"These returns to '{series}' haven't been submitted:",
            "",
            *_lines(returns, series.today),
            "",
            f"Send them, or a nil return, at {settings.SITE_ADDRESS}{reverse('returns')}",
            "",
            "You are written to once before a return is due, and once after.",
        ]
    )


def _lines(returns: Sequence[Expected], today: datetime.date) -> list[str]:
    return [
        f"- {one.framework.short_title}, {one.period}: due {written_date(one.due)}"
        + (f", {counted(one.days_late(today), 'day')} late" if one.days_late(today) else "")
        + (", sent back" if one.progress == Progress.RETURNED else "")
        for one in returns
    ]
