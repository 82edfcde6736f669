"""设置: Django's settings; all that differs between two places comes from the environment and the data folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from jixiao.web import place

DATA = place.folder()
SECRET_KEY = place.secret_key(DATA)
DEBUG = False
_named = [name.strip() for name in os.environ.get("JIXIAO_HOSTS", "").split(",") if name.strip()]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", socket.gethostname().lower(), *_named]
HTTPS = os.environ.get("JIXIAO_HTTPS") == "1"
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in _named] if HTTPS else []

INSTALLED_APPS = ["jixiao.web.app.Web"]
MIDDLEWARE = [
    "jixiao.web.middleware.packed",
    "jixiao.web.middleware.protected",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "jixiao.web.middleware.spoken",
    "jixiao.web.middleware.signed_in",
    "jixiao.web.middleware.answered",
]
ROOT_URLCONF = "jixiao.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": ["jixiao.web.pages.always"],
            "libraries": {"jixiao": "jixiao.web.tags"},
            "builtins": ["jixiao.web.tags"],
        },
    }
]
DATABASES = {"default": place.database(DATA, os.environ.get("DATABASE_URL"))}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
PASSWORD_HASHERS = ["jixiao.web.passwords.Argon2"]

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = False
LANGUAGE_CODE = "zh-hans"
APPEND_SLASH = False

# Uploads: what is larger goes to a temporary file, and no form is ever longer than this.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
LARGEST_EVIDENCE = int(os.environ.get("JIXIAO_LARGEST_EVIDENCE", str(30 * 2**20)))

# Long work: where offices' registers are laid (a folder per office), the memory that one comparison may take, and for
# how many days what a job was given and has made is kept.
REGISTERS = place.registers(os.environ.get("JIXIAO_REGISTERS"))
MEMORY = os.environ.get("JIXIAO_MEMORY", "2GB")
KEEP_DAYS = int(os.environ.get("JIXIAO_KEEP_DAYS", "30"))

CSRF_COOKIE_NAME = "jixiao_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "jixiao.web.views.troubles.csrf"
SECURE_REFERRER_POLICY = "same-origin"

# Signing in: all times in minutes, except the length of the longest session, in hours.
SIGN_IN_IDLE = int(os.environ.get("JIXIAO_IDLE_MINUTES", "30"))
SIGN_IN_LONGEST = 10
SIGN_INS_AT_ONCE = 3
SIGN_IN_FAILURES = 5
SIGN_IN_LOCKED = 15

# Signing in by an organisation's own service (OpenID Connect), where one is named.
OIDC = place.oidc(os.environ)

# Only warnings and above, to stderr; a log never holds what was typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
