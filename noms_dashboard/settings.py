"""Settings, from environment variables.

docs/operators.md lists the variables. What is fixed here is the same everywhere; what differs
between one's own machine and a service comes from the environment.
"""

from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF

from noms_dashboard.environment import (
    broker_address,
    case_key,
    check_single_sign_on,
    choice,
    database_address,
    env,
    flag,
    mail_settings,
    number,
    secret_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIRECTORY = Path(env.str("VAR_DIRECTORY", default=str(BASE_DIR / "var"))).resolve()
VAR_DIRECTORY.mkdir(parents=True, exist_ok=True)

LOCAL = flag("LOCAL")
DEBUG = flag("DEBUG")
SECRET_KEY = secret_key(local=LOCAL or DEBUG)
# With it the case numbers of extracts are hashed. Another key makes other hashes: then no case of an
# extract that is kept can be looked up any more.
CASE_KEY = case_key(SECRET_KEY)
EXTRACTS_DIRECTORY = Path(env.str("EXTRACTS_DIRECTORY", default=str(VAR_DIRECTORY / "extracts"))).resolve()
EXTRACTS_KEPT_DAYS = number("EXTRACTS_KEPT_DAYS", default=30)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "noms_dashboard.static_files.StaticFilesConfig",
    "django.contrib.humanize",
    "axes",
    "csp",
    "noms_dashboard",
    "trusts",
    "performance",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, as it asks: it turns a sign-in that is locked out into a page that says so.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "noms_dashboard.urls"
WSGI_APPLICATION = "noms_dashboard.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "trusts.Person"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["performance.pages.template_tags", "performance.pages.private_pages"],
        },
    }
]

# SQLite takes one writer at a time: IMMEDIATE makes a writer wait for its turn at the start of
# a transaction, where DEFERRED would fail it half way with "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}

DATABASES = {
    "default": {
        **env.db_url_config(database_address(VAR_DIRECTORY)),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

BROKER_ADDRESS = broker_address()
IN_PROCESS = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    # Pages of releases, compressed, some 10 to 30 kB each: in each web process its own.
    "default": {"BACKEND": IN_PROCESS, "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 1_000}},
    # How often each program has asked: known to all web processes where there is Redis.
    "throttles": {"BACKEND": IN_PROCESS, "LOCATION": "throttles", "OPTIONS": {"MAX_ENTRIES": 10_000}}
    if BROKER_ADDRESS.startswith("filesystem")
    else {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": BROKER_ADDRESS},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# govuk-frontend's files ask for one another under /assets/.
STATIC_URL = "/assets/"
STATIC_ROOT = VAR_DIRECTORY / "assets"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files that trusts send; nothing here is served.
MEDIA_ROOT = VAR_DIRECTORY / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# The first refuses who is locked out; docs/people.md says how the others decide.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "trusts.authentication.PasswordBackend",
    "trusts.single_sign_on.SingleSignOnBackend",
]
LOGIN_URL = "sign-in"
LOGOUT_REDIRECT_URL = "signed-out"
CSRF_FAILURE_VIEW = "performance.pages.account.form_too_old"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATION}.NumericPasswordValidator"},
    {
        "NAME": f"{VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
]
# For an invitation, in seconds; a link for a forgotten password ends sooner.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60

# Five wrong passwords for one account from one address, and nobody signs in to it from there for
# a while. What was typed is kept until then; who signed in is not, beyond the last time.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "performance.pages.account.locked_out"
AXES_CLIENT_IP_CALLABLE = "noms_dashboard.visitor.address_of_visitor"
AXES_WHITELIST_CALLABLE = "noms_dashboard.visitor.has_no_password"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
PROXIES = number("PROXIES", default=0)

# A session ends two hours after the last page that needed it, or when the browser is closed; and
# after a working day in any case (trusts/sessions.py).
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL

# The organisation's own sign-in, where one is set. It vouches for an email address, no more.
OIDC_RP_CLIENT_ID = env.str("OIDC_RP_CLIENT_ID", default="")
OIDC_RP_CLIENT_SECRET = env.str("OIDC_RP_CLIENT_SECRET", default="")
OIDC_OP_AUTHORIZATION_ENDPOINT = env.str("OIDC_OP_AUTHORIZATION_ENDPOINT", default="")
OIDC_OP_TOKEN_ENDPOINT = env.str("OIDC_OP_TOKEN_ENDPOINT", default="")
OIDC_OP_USER_ENDPOINT = env.str("OIDC_OP_USER_ENDPOINT", default="")
OIDC_OP_JWKS_ENDPOINT = env.str("OIDC_OP_JWKS_ENDPOINT", default="")
check_single_sign_on(
    OIDC_RP_CLIENT_ID=OIDC_RP_CLIENT_ID,
    OIDC_RP_CLIENT_SECRET=OIDC_RP_CLIENT_SECRET,
    OIDC_OP_AUTHORIZATION_ENDPOINT=OIDC_OP_AUTHORIZATION_ENDPOINT,
    OIDC_OP_TOKEN_ENDPOINT=OIDC_OP_TOKEN_ENDPOINT,
    OIDC_OP_USER_ENDPOINT=OIDC_OP_USER_ENDPOINT,
    OIDC_OP_JWKS_ENDPOINT=OIDC_OP_JWKS_ENDPOINT,
)
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_AUTHENTICATION_CALLBACK_URL = "single-sign-on-answer"

globals().update(mail_settings())
# Where the site is, for links in mails that no page sends.
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="probation-performance@localhost")

# For programs, who are known by a token or not at all: no session counts here, so no form needs a guard.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["performance.api.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["performance.api.rendering.Json"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "performance.api.rendering.Negotiation",
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["performance.api.throttles.PerCaller"],
    # Which methods an address has stands in the description; OPTIONS has no other answer.
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "performance.api.problems.as_problem",
    "NUM_PROXIES": PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Probation performance",
    "DESCRIPTION": "The figures of this site for programs: what trusts were told to do, and what came of it. "
    "Simulated figures are made up, and say so in `about`.",
    "VERSION": "1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [],
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
}

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT")
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Celery: a broker of plain files on one machine, Redis for many. A Job row with a heartbeat, not
# the broker, says how a run stands, so no results are kept here.
CELERY_BROKER_URL = BROKER_ADDRESS
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
# What beat asks for. One that no worker took within its minute is forgotten: the next is on its way.
CELERY_BEAT_SCHEDULE = {
    "look after jobs whose worker was lost": {
        "task": "performance.calculation.tasks.sweep_jobs_task",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    "publish the releases whose hour has come": {
        "task": "performance.releases.tasks.publish_due_releases_task",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    "remind trusts of returns that are due or late": {
        "task": "performance.returns.tasks.send_reminders_task",
        "schedule": crontab(hour="7", minute="30"),
        "options": {"expires": 3600},
    },
    "delete the events of case extracts whose time is over": {
        "task": "performance.extracts.tasks.delete_old_events_task",
        "schedule": crontab(hour="4", minute="40"),
        "options": {"expires": 3600},
    },
    "remove the sessions that are over": {
        "task": "performance.people.tasks.clear_sessions_task",
        "schedule": crontab(hour="4", minute="20"),
        "options": {"expires": 3600},
    },
}

if CELERY_BROKER_URL.startswith("filesystem"):
    BROKER_DIRECTORY = VAR_DIRECTORY / "broker"
    for name in ("queue", "control"):
        (BROKER_DIRECTORY / name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIRECTORY / "queue"),
        "data_folder_out": str(BROKER_DIRECTORY / "queue"),
        "control_folder": str(BROKER_DIRECTORY / "control"),
        "polling_interval": 0.1,
    }
else:
    # Longer than the longest task: a task not acknowledged by then is given to another worker.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
    }

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": choice("LOG_LEVEL", LOG_LEVELS, default="WARNING")},
}
