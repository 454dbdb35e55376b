"""Which columns can hold words in the clear: a short list, and none of them is about a person who was reported."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

OURS = ("teams", "vault", "audit", "notices", "signals", "networks")
WORDS = (models.CharField, models.TextField, models.JSONField, ArrayField)
# What can hold words, with why that may be. A column that is not here is sealed, or it takes one of fixed choices.
ALLOWED = {
    # staff and who works with them
    "teams.User": "password email name language phone",
    "teams.Team": "slug name",
    "teams.Invitation": "email name code_hash",
    "teams.Partner": "organisation purpose bases contact",
    "teams.PartnerChange": "old new",
    "teams.Agreement": "purpose",
    "vault.RecoveryOfficer": "name",
    # codes and references that the product itself makes
    "vault.ContentKey": "kind",
    "audit.Entry": "role object_kind object_id purpose source result rows",
    "notices.Notice": "kind path",
    "signals.Assignment": "reason",
    "signals.Case": "reference consents",
    "signals.Consent": "receivers parts",
    "signals.CopyCheck": "parts",
    "signals.Draft": "sent_reference",
    "signals.Transition": "old new",
    "signals.OwnWords": "purpose",
    "signals.Message": "purpose",
    "signals.Signal": "reference language place_how place_candidates",
    "signals.StaffDraft": "object_kind form",
    "signals.SavedFilter": "query",
    "networks.MeetingItem": "why",
    # what an administrator keeps
    "teams.Municipality": "code name region area",
    "signals.Indicator": "code topic group_nl group_en nl en ask_nl ask_en self_nl self_en form audience source",
    "signals.Place": "name kind ambiguous_with source",
    "signals.Postcode": "pc4 place kind",
    "signals.OutsidePlace": "name where note",
    "signals.ClockTerm": "leg unit",
    "signals.StandardText": "code name_nl name_en nl en",
    "signals.Helpline": "name number for_whom_nl for_whom_en",
    "signals.ReferenceChange": "kind object_id old new",
    # what is counted and published
    "networks.OutcomeRow": "collection municipality network",
    "networks.PublishedBalance": "slug collection figures urgency_rules unsuppressed_because",
}


def test_no_other_column_can_hold_words_in_the_clear():
    found = {}
    for model in (model for app in OURS for model in apps.get_app_config(app).get_models()):
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, WORDS) and not f.choices]
        if names:
            found[model._meta.label] = " ".join(names)
    assert found == ALLOWED


def test_what_a_model_calls_sealed_is_bytes():
    for model in (model for app in OURS for model in apps.get_app_config(app).get_models()):
        for name in model.SEALED if isinstance(getattr(model, "SEALED", None), dict) else ():
            assert isinstance(model._meta.get_field(name), models.BinaryField), (model, name)
