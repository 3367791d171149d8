"""Reading settings from the environment, with errors that say how to put them right."""

import hmac
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
BROKER_SCHEMES = ("filesystem", "redis", "rediss")
MAIL_SCHEMES = ("consolemail", "smtp", "smtp+tls", "smtp+ssl")

env = environ.Env()


def flag(name: str, *, default: bool = False) -> bool:
    """A yes-or-no setting. Anything but the usual words is refused, not taken as no."""
    value = env.str(name, default=str(default)).strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off", ""):
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Set it to true or false.")


def choice(name: str, allowed: tuple[str, ...], *, default: str) -> str:
    """A setting that is one of a few words."""
    value = env.str(name, default=default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to one of {', '.join(allowed)}.")
    return value


def number(name: str, *, default: int) -> int:
    """A setting that is a count."""
    value = env.str(name, default=str(default)).strip()
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}. Set it to a whole number, such as {default}.")
    return int(value)


def secret_key(*, local: bool) -> str:
    """The signing key: required in service, a fixed well-known one on one's own machine."""
    if key := env.str("SECRET_KEY", default=""):
        return key
    if local:
        return "local-only-not-a-secret"
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to a long random text, for example the output of "
        "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`, and keep it out of the "
        "repository. On your own machine, LOCAL=true does without."
    )


def case_key(secret: str) -> str:
    """The key with which case numbers are hashed; one made of the signing key, unless there is another."""
    made = hmac.digest(secret.encode(), b"case numbers", "sha256").hex()
    return env.str("CASE_KEY", default="") or made


def address(name: str, *, default: str, schemes: tuple[str, ...], example: str) -> str:
    """An address such as a database's, of one of the kinds that we support."""
    value = env.str(name, default=default)
    scheme = urlsplit(value).scheme
    if scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} begins with {scheme!r}. It must begin with one of {', '.join(schemes)}, "
            f"for example {example}"
        )
    return value


def database_address(var_directory: Path) -> str:
    return address(
        "DATABASE_URL",
        default=f"sqlite:///{quote(str(var_directory / 'dashboard.sqlite3'))}",
        schemes=DATABASE_SCHEMES,
        example="postgres://dashboard:secret@localhost:5432/dashboard",
    )


def broker_address() -> str:
    return address(
        "CELERY_BROKER_URL",
        default="filesystem://localhost",
        schemes=BROKER_SCHEMES,
        example="redis://localhost:6379/0",
    )


def mail_settings() -> dict[str, Any]:
    """Django's settings for sending email: to the log by default, by a mail server in service."""
    where = address(
        "EMAIL_URL",
        default="consolemail://",
        schemes=MAIL_SCHEMES,
        example="smtp+tls://user:password@mail.example.org:587",
    )
    return {**env.email_url_config(where), "EMAIL_TIMEOUT": 10}


def check_single_sign_on(**settings: str) -> None:
    """These go together. Raises ImproperlyConfigured where some are empty and some not."""
    missing = [name for name, value in settings.items() if not value]
    if missing and len(missing) < len(settings):
        raise ImproperlyConfigured(
            f"Single sign-on is set in part: there is no {', no '.join(missing)}. Set all of "
            f"{', '.join(settings)}, or none of them to do without."
        )
