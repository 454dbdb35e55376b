"""Settings of the project. Everything that differs between machines comes from the environment (environment.py)."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from meldpunt.environment import database, key, value

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = value("MELDPUNT_MODE", "production")
PROCESS = value("MELDPUNT_PROCESS", "web")
if MODE not in ("production", "practice", "test"):
    raise ImproperlyConfigured("MELDPUNT_MODE is production, practice or test.")
if PROCESS not in ("web", "worker", "migration"):
    raise ImproperlyConfigured("MELDPUNT_PROCESS is web, worker or migration.")
PRACTICE = MODE != "production"

# Secrets. The worker has a SECRET_KEY of its own and neither pepper nor web secret.
SECRET_KEY = value("SECRET_KEY")
PEPPER = None if PROCESS == "worker" else key("PEPPER")
PEPPER_VERSION = int(value("PEPPER_VERSION", "1"))
WEB_SECRET = "" if PROCESS == "worker" else value("WEB_SECRET")
TRUST_ROOT = "" if PROCESS == "worker" else value("TRUST_ROOT")
TRUST_STATE = value("TRUST_STATE", str(BASE_DIR / ".data" / "trust.json"))
AUDIT_HEADS = value("AUDIT_HEADS", "")
# Files of referrers, sealed; web and worker share the folder. CLAMD is unix:/path or host:port, or nothing.
ATTACHMENTS_ROOT = value("ATTACHMENTS_ROOT", str(BASE_DIR / ".data" / "files"))
CLAMD = value("CLAMD", "")
if MODE == "production":
    for name, secret in (("SECRET_KEY", SECRET_KEY), ("WEB_SECRET", WEB_SECRET), ("TRUST_ROOT", TRUST_ROOT)):
        if secret.startswith("practice-"):
            raise ImproperlyConfigured(f"{name} is a practice secret: make one of your own before going live.")

DEBUG = False
ALLOWED_HOSTS = value("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver" if PRACTICE else None).split(",")
SITE_URL = value("SITE_URL", "http://localhost:8000" if PRACTICE else None)
SITE_NAME = value("SITE_NAME", "Oever")
LEAVE_TO = value("LEAVE_TO", "https://www.buienradar.nl")
DESK_PHONE = value("DESK_PHONE", "")
SECURITY_CONTACT = value("SECURITY_CONTACT", f"{SITE_URL}/privacy/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "meldpunt.teams",  # before auth: closes its changepassword
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "meldpunt.vault",
    "meldpunt.audit",
    "meldpunt.notices",
    "meldpunt.web",
    "signals",
    "networks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
]
MIDDLEWARE = [
    "meldpunt.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "meldpunt.vault.unlocking.UnlockedKeys",
    "meldpunt.teams.access.SignedInUnlessPublic",
    "meldpunt.web.references.CapitalReferences",
]
ROOT_URLCONF = "meldpunt.urls"
WSGI_APPLICATION = "meldpunt.wsgi.application"
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
                "meldpunt.web.context.site",
            ],
            "string_if_invalid": "UNKNOWN-VARIABLE-%s" if MODE == "test" else "",
        },
    }
]
CRISPY_TEMPLATE_PACK = "oever"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("oever",)

DATABASE_OF = {"web": "DATABASE_URL", "worker": "WORKER_DATABASE_URL", "migration": "MIGRATION_DATABASE_URL"}
DATABASES = {"default": database(DATABASE_OF[PROCESS])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis carries messages and counters, as JSON: Django's own cache would unpickle what lies there.
REDIS_URL = value("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "serializer": "meldpunt.web.cache.JsonSerializer",
            "socket_timeout": 2,
            "socket_connect_timeout": 2,
        },
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.2,
}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
SWEEP_SECONDS = float(value("SWEEP_SECONDS", "10"))
# How long sending a case to a network can be undone before the postman goes (tests of delivery do not wait).
ROUTE_HOLD_SECONDS = int(value("ROUTE_HOLD_SECONDS", "0" if MODE == "test" else "10"))

# Accounts
AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["meldpunt.teams.hashers.PepperedArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Cost of the login hash and of the key's wrapping alike (security.md, key 1): iterations and KiB.
ARGON2_TIME = 3
ARGON2_MEMORY = {"production": 262_144, "test": 1_024}.get(MODE, 32_768)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 10 * 60  # between the password and the second factor, seconds
ACCOUNT_ADAPTER = "meldpunt.teams.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "meldpunt.teams.forms.SignInForm"}
MFA_ADAPTER = "meldpunt.teams.adapters.SecondFactorAdapter"
MFA_FORMS = {"authenticate": "meldpunt.teams.forms.SecondFactorForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME

# Sessions and cookies: names say nothing, and no session data lies in clear (security.md, key 8).
SESSION_ENGINE = "meldpunt.vault.sessions"
SESSION_COOKIE_NAME = "__Host-s"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-c"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "meldpunt.web.views.csrf_failure"
IDLE_SECONDS = 30 * 60
IDLE_WARNING_SECONDS = 25 * 60
LONGEST_SECONDS = 12 * 3600
DRAFT_SECONDS = 30 * 60
# A file that no signal owns is deleted so long after its draft was last touched.
LOOSE_FILE_SECONDS = 2 * DRAFT_SECONDS
VISIT_SECONDS = 10 * 60
VISIT_WARNING_SECONDS = 8 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# The public form's limits: settings, so that practice lets eight at a time pass.
FILINGS_PER_SOURCE = int(value("FILINGS_PER_SOURCE", "200" if PRACTICE else "20"))
# Posts in ten seconds of the public form: by one source; by all, before each source gets only the fair share.
POSTS_PER_SOURCE = int(value("POSTS_PER_SOURCE", "6000" if PRACTICE else "60"))
POSTS_OVERALL = int(value("POSTS_OVERALL", "12000" if PRACTICE else "50"))
FAIR_SHARE = int(value("FAIR_SHARE", "6000" if PRACTICE else "12"))
# Who sends a filing sooner than this after beginning is asked once more whether it is right.
LEAST_FILING_SECONDS = int(value("LEAST_FILING_SECONDS", "0" if PRACTICE else "5"))
UPLOADS_PER_SOURCE = int(value("UPLOADS_PER_SOURCE", "200" if PRACTICE else "20"))
LATER_FILES = 20  # that one referrer may add with the code
CODES_PER_SOURCE = int(value("CODES_PER_SOURCE", "400" if PRACTICE else "30"))
# Wrong codes an hour from wherever, after which wrong ones are told to wait; a right code always opens.
WRONG_CODES_PER_HOUR = int(value("WRONG_CODES_PER_HOUR", "100000" if PRACTICE else "5000"))
# Messages an hour in one thread by its referrer.
MESSAGES_PER_HOUR = int(value("MESSAGES_PER_HOUR", "200" if PRACTICE else "30"))
# Tries a minute of a password by one source, for one account and for all; tries an hour of a second factor.
SIGN_INS_PER_ACCOUNT = int(value("SIGN_INS_PER_ACCOUNT", "100" if PRACTICE else "10"))
SIGN_INS_PER_SOURCE = int(value("SIGN_INS_PER_SOURCE", "400" if PRACTICE else "60"))
SECOND_FACTORS_PER_HOUR = int(value("SECOND_FACTORS_PER_HOUR", "2000" if PRACTICE else "20"))
TRUSTED_PROXIES = int(value("TRUSTED_PROXIES", "0"))

SECURE_SSL_REDIRECT = MODE == "production"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if MODE == "production" else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = PRACTICE
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PRACTICE
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

EMAIL_BACKEND = value("EMAIL_BACKEND", f"django.core.mail.backends.{'locmem' if PRACTICE else 'smtp'}.EmailBackend")
EMAIL_HOST = value("EMAIL_HOST", "localhost")
EMAIL_PORT = int(value("EMAIL_PORT", "25"))
EMAIL_HOST_USER = value("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = value("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = value("EMAIL_USE_TLS", "no") == "yes"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = value("DEFAULT_FROM_EMAIL", "noreply@example.org")

# Logs carry what happened, never with what words: no request bodies, no local variables, no mail to admins.
ADMINS: list = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "meldpunt.web.logs.WithoutContent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": [], "propagate": False},
        "pikepdf": {"level": "WARNING"},  # at INFO it says that it was loaded, in the answer of every command
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
