"""The settings of practice with static files as production serves them: collected, named by content, compressed."""

from meldpunt.settings import *  # noqa: F403
from meldpunt.settings import BASE_DIR, STORAGES

STATIC_ROOT = BASE_DIR / ".data" / "lighthouse" / "static"
WHITENOISE_USE_FINDERS = False
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
