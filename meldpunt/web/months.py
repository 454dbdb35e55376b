"""Short names of months, as dates show them ("22 nov"). Django has them in lower case, which is right in Dutch.

They stand here so that the translations can say them with a capital in English ("22 Nov").
"""

from django.utils.translation import gettext_noop as _

SHORT = (
    _("jan"), _("feb"), _("mar"), _("apr"), _("may"), _("jun"),
    _("jul"), _("aug"), _("sep"), _("oct"), _("nov"), _("dec"),
)  # fmt: skip
