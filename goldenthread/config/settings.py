"""Deployment: everything that differs between machines comes from the environment, and all of it is named here.

GOLDENTHREAD_DATA           where the embedded database and the key lie (default ./var)
DATABASE_URL                postgresql://… for PostgreSQL; absent: SQLite in the data directory
GOLDENTHREAD_SECRET_KEY     the signing key; absent: made once and kept in the data directory, its owner's only
GOLDENTHREAD_HOSTS          host names served, separated by commas
GOLDENTHREAD_HTTPS          "yes" behind TLS: secure cookies, HSTS
GOLDENTHREAD_DEMONSTRATION  "yes" only for the demonstration council: one-click sign-in
GOLDENTHREAD_SERVICE_NAME, GOLDENTHREAD_SERVICE_COLOUR   the look
GOLDENTHREAD_SMTP           smtp://user:password@host:port, smtps://… or smtp+starttls://…; absent: mail waits
GOLDENTHREAD_MAIL_FROM      whom mail comes from
GOLDENTHREAD_ADDRESS        where the product is reached, for links in mail: https://audit.example.gov.uk
GOLDENTHREAD_NIGHTLY_HOUR   the hour in England after which the nightly job runs (default 2)
GOLDENTHREAD_PACK_DAYS      how many days an evidence pack can be fetched before it is removed (default 30)
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from goldenthread.config import databases, mail
from goldenthread.config.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("GOLDENTHREAD_DATA") or BASE_DIR / "var")

DEBUG = False
DEMONSTRATION = os.environ.get("GOLDENTHREAD_DEMONSTRATION") == "yes"
HTTPS = os.environ.get("GOLDENTHREAD_HTTPS") == "yes"
SECRET_KEY = secret_key(os.environ.get("GOLDENTHREAD_SECRET_KEY"), DATA_DIR)
ALLOWED_HOSTS = (os.environ.get("GOLDENTHREAD_HOSTS") or "localhost,127.0.0.1,[::1]").split(",")
SERVICE_NAME = os.environ.get("GOLDENTHREAD_SERVICE_NAME") or "Goldenthread"
SERVICE_COLOUR = os.environ.get("GOLDENTHREAD_SERVICE_COLOUR") or "#7a5200"

INSTALLED_APPS = [
    "goldenthread.trail",
    "goldenthread.notices",
    "goldenthread.web",
    "goldenthread.people",
    "goldenthread.framework",
    "goldenthread.plan",
    "goldenthread.select",
    "goldenthread.audit",
    "goldenthread.act",
    "goldenthread.learn",
    "goldenthread.home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goldenthread.web.headers.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "goldenthread.home.areas.OpenAreas",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "goldenthread.config.urls"
WSGI_APPLICATION = "goldenthread.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [BASE_DIR / "goldenthread" / app.rpartition(".")[2] / "templates" for app in INSTALLED_APPS[:11]],
        "OPTIONS": {
            "environment": "goldenthread.web.jinja.environment",
            "context_processors": ["goldenthread.web.jinja.every_page"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# --- the database -------------------------------------------------------------------------------------

DATABASES = {"default": databases.from_environment(os.environ.get("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits on sign-in are counted in the cache; in the database they hold for all workers together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}

# --- people and sign-in -------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["goldenthread.people.sign_in.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "goldenthread.people.sign_in.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "goldenthread.web.sessions"
SESSION_COOKIE_AGE = 9 * 60 * 60  # one working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False  # the audit form's script reads it to save as typed
CSRF_FAILURE_VIEW = "goldenthread.web.faults.stale_form"

# --- what leaves the server ---------------------------------------------------------------------------

SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- what enters it -----------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
CASE_LIST_MAX_BYTES = 40 * 1024 * 1024

# --- what is told by e-mail, and the worker that tells it ------------------------------------------------

SERVICE_ADDRESS = (os.environ.get("GOLDENTHREAD_ADDRESS") or "http://localhost:8000").rstrip("/")
MAIL_DOMAIN = urlsplit(SERVICE_ADDRESS).hostname or "localhost"
MAIL_SERVER = os.environ.get("GOLDENTHREAD_SMTP") or ""
MAIL_SET_UP = DEMONSTRATION or bool(MAIL_SERVER)  # until it is, what is told waits
EMAIL_BACKEND = mail.CAPTURED if DEMONSTRATION else mail.SENT
globals().update(mail.from_address(MAIL_SERVER) if MAIL_SERVER else {})
DEFAULT_FROM_EMAIL = os.environ.get("GOLDENTHREAD_MAIL_FROM") or f"{SERVICE_NAME} <no-reply@{MAIL_DOMAIN}>"
EMAIL_TIMEOUT = 20  # seconds for each answer of the mail server
EMAIL_ANSWER_TIMEOUT = 120  # for its answer to a whole message, which it may be checking (RFC 5321, 4.5.3.2.6)
MAIL_CAPTURED = DATA_DIR / "mail"  # where the demonstration keeps what it does not send
MAIL_LEASE = 600  # seconds a worker has a notice in hand: longer than any one message can take
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
NIGHTLY_HOUR = int(os.environ.get("GOLDENTHREAD_NIGHTLY_HOUR") or 2)

# --- evidence packs and feeds ------------------------------------------------------------------------------

PACKS = DATA_DIR / "packs"  # where they lie until they are removed
PACK_DAYS = int(os.environ.get("GOLDENTHREAD_PACK_DAYS") or 30)
PSEUDONYM_KEY = DATA_DIR / "pseudonym-key"  # made once, its owner's only; never in the database, a pack or a feed

# --- language, time, files, log -----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [("vendor", BASE_DIR / "build" / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
