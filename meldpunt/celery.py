"""The worker and the beat. Tasks are named by string here: this room knows no app (law 1)."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("MELDPUNT_PROCESS", "worker")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldpunt.settings")

app = Celery("meldpunt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "deliver what waits": {"task": "signals.tasks.sweep", "schedule": settings.SWEEP_SECONDS},
    "raise breached clocks": {"task": "signals.tasks.raise_breached_clocks", "schedule": 60.0},
    "raise unanswered questions": {"task": "signals.tasks.raise_unanswered", "schedule": 300.0},
    "make more urgent what waits": {"task": "signals.tasks.age_signals", "schedule": 60.0},
    "forget lapsed keys and sessions": {"task": "meldpunt.vault.tasks.forget_lapsed", "schedule": 300.0},
    "forget old drafts": {"task": "signals.tasks.forget_drafts", "schedule": 300.0},
    "release lapsed leases": {"task": "signals.tasks.release_lapsed_leases", "schedule": 60.0},
    "forget old drafts of staff": {"task": "signals.tasks.forget_staff_drafts", "schedule": 86400.0},
    "delete loose files": {"task": "networks.tasks.forget_files", "schedule": 600.0},
    "send notices": {"task": "meldpunt.notices.tasks.send_waiting", "schedule": 30.0},
    "count what has ended": {"task": "networks.tasks.count_ended", "schedule": 600.0},
    "aftercare": {"task": "networks.tasks.aftercare", "schedule": 1800.0},
    "tell of late contact": {"task": "signals.tasks.tell_late_contact", "schedule": 300.0},
    "remind of rights": {"task": "signals.tasks.remind_of_rights", "schedule": 3600.0},
    "remind of copies": {"task": "signals.tasks.remind_of_copies", "schedule": 3600.0},
    "remind of receipts": {"task": "signals.tasks.remind_of_receipts", "schedule": 3600.0},
    "pass on from who is kept out": {"task": "networks.tasks.pass_on_kept", "schedule": 60.0},
    "remind of actions": {"task": "networks.tasks.remind", "schedule": 1800.0},
    "remind of partners": {"task": "meldpunt.teams.tasks.remind_of_partners", "schedule": 3600.0},
    "keep the head of the log": {"task": "meldpunt.audit.tasks.write_head", "schedule": 3600.0},
}
