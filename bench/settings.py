"""The settings of the product, and beside them the control views and the empty task that it is compared with."""

from meldpunt.settings import *  # noqa: F403
from meldpunt.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
MIDDLEWARE = ["bench.views.CountStatements", *MIDDLEWARE]
ROOT_URLCONF = "bench.urls"
