"""All settings, read from the environment; docs/settings.md lists the names.

Importing this module never fails. Unsafe values are refused by checks.py, when wsgi.py loads and in `check --deploy`.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from environ import Env

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
# If VAR_DIR cannot be created, the database or storage backend reports it.
with suppress(OSError):
    VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=True)
# Number of trusted reverse proxies, for the client's address and protocol.
PROXIES = env.int("PROXIES", default=0)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
# The address under which everybody reaches the program, printed on issued copies for their verification.
SITE_ADDRESS = env.str(
    "SITE_ADDRESS", default=f"http{'s' if HTTPS else ''}://{next(iter(ALLOWED_HOSTS), 'localhost')}"
).rstrip("/")
# A TOML file that names the keys with which issued copies are signed; without one they are not signed.
SIGNING_FILE = env.str("SIGNING_FILE", default="")
# The function that signs; its interface is filings.signing.signer.Signer.
SIGNER = env.str("SIGNER", default="filings.signing.pades.sign")
# Shown on the login page: the county, and the telephone of the bureau for questions about accounts.
COUNTY = env.str("COUNTY", default="演示县" if DEMO else "").strip()
TELEPHONE = env.str("TELEPHONE", default="0000-8004" if DEMO else "").strip()

SECRET_KEY_GIVEN = bool(env.str("SECRET_KEY", default=""))
SECRET_KEY = env.str("SECRET_KEY", default="") or get_random_secret_key()

INSTALLED_APPS = [
    "filings",
    "perf_targets",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "perf_targets.request_limits.request_limits",
    "filings.middleware.without_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "perf_targets.last_use.last_use",
    "filings.middleware.admission",
    "filings.views.expired_login.expired_login",
]

ROOT_URLCONF = "perf_targets.urls"
WSGI_APPLICATION = "perf_targets.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"


def database(url: str) -> dict[str, Any]:
    """Return the DATABASES entry for a database URL."""
    config: dict[str, Any] = Env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        return config | {
            "OPTIONS": {
                # Writers wait at their first statement instead of failing at the first write.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
                "timeout": 20,
            },
        }
    limits = "-c statement_timeout=60s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    # Compiling the queue's queries took 600 ms, carrying them out 40 ms.
    limits += " -c jit=off"
    return config | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": config.get("OPTIONS", {}) | {"options": limits},
    }


DATABASES = {"default": database(env.str("DATABASE_URL", default="") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}

# Shared by all processes: login rate limits are counted in it.
# Anonymous requests fill a table of their own, so that they cannot push out the counts of failed logins.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": table,
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
    for name, table in (("default", "cache"), ("verification", "verification_cache"))
}

# Background work on the same database; `manage.py db_worker` carries it out.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    # Never under a served path: only views return these files, after a permission check.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "perf_targets.static_files.HashedModuleStorage"},
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"

AUTH_USER_MODEL = "filings.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"perf_targets.passwords.{name}"}
    for name in ("SimilarityValidator", "LengthValidator", "CommonPasswordValidator", "NumericValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "perf_targets.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Offices share computers: a session ends with the browser, or after 12 hours.
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 60 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

# E-mail is optional: 待办 shows every task. Without a mail server none is sent.
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="webmaster@localhost")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
# HSTS for subdomains and preload lists is a decision of the domain's owner.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # Bootstrap draws its arrows and ticks as data: images.
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# A table of 300 indicators posts about 5,000 fields: 8 MB if each text has its maximum length (typed and previous
# value, nine bytes a character). request_limits.py applies the same limit to bodies with files.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000
FILE_UPLOAD_HANDLERS = [
    "perf_targets.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "perf_targets.logs.OneLineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Without this, Django's own handlers print everything twice in development.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # These log each step of a print or a task at INFO.
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}
