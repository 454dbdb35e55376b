"""What the desk keeps: signals, cases, assignments, their history, and the terms they are described with."""

from signals.models.assignment import Assignment, Sharing
from signals.models.attachment import Attachment
from signals.models.case import Case
from signals.models.consent import Consent, ConsentStep
from signals.models.copies import CopyCheck
from signals.models.dispatch import Dispatch
from signals.models.draft import Draft
from signals.models.handover import BackReason, Handover
from signals.models.history import OwnWords, Transition
from signals.models.ladder import Escalation
from signals.models.matching import BlindTag, Hub, NoiseToken, NotSame, TokenKind, TokenPart
from signals.models.message import Direction, Message, MessageKind, Visit
from signals.models.reference import (
    ClockTerm,
    Helpline,
    Indicator,
    OutsidePlace,
    Place,
    Postcode,
    StandardText,
    TextPurpose,
)
from signals.models.reference_change import ChangeAct, ReferenceChange
from signals.models.reopening import ReopenProposal
from signals.models.right import RightRequest
from signals.models.saved_filter import SavedFilter
from signals.models.shield import LiftReason, Shield, ShieldReason, ShieldSource
from signals.models.signal import Signal
from signals.models.staff_draft import StaffDraft
from signals.models.task import Task
from signals.models.transfer import Transfer

__all__ = [
    "Assignment",
    "Attachment",
    "BackReason",
    "BlindTag",
    "Case",
    "ChangeAct",
    "ClockTerm",
    "Consent",
    "ConsentStep",
    "CopyCheck",
    "Direction",
    "Dispatch",
    "Draft",
    "Escalation",
    "Handover",
    "Helpline",
    "Hub",
    "Indicator",
    "LiftReason",
    "Message",
    "MessageKind",
    "NoiseToken",
    "NotSame",
    "OutsidePlace",
    "OwnWords",
    "Place",
    "Postcode",
    "ReferenceChange",
    "ReopenProposal",
    "RightRequest",
    "SavedFilter",
    "Sharing",
    "Shield",
    "ShieldReason",
    "ShieldSource",
    "Signal",
    "StaffDraft",
    "StandardText",
    "Task",
    "TextPurpose",
    "TokenKind",
    "TokenPart",
    "Transfer",
    "Transition",
    "Visit",
]
