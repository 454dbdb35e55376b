"""Days that somebody writes down of what happened."""

import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext


def that_was(day: datetime.date) -> datetime.date:
    """Return `day` where it was today or before, and not so long ago that somebody mistyped the year.

    Raises ValidationError.
    """
    today = timezone.localdate()
    if day > today:
        raise forms.ValidationError(gettext("Deze dag moet nog komen."))
    if day.year < today.year - 1:
        raise forms.ValidationError(gettext("Klopt het jaar? Deze dag is lang geleden."))
    return day
