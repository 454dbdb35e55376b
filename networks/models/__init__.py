"""What a local network writes down, and what the balance is made of. The desk sees none of the first."""

from networks.models.action import Action, ActionKind, ActionState
from networks.models.aftercare import Evaluation, Pulse, PulseStep
from networks.models.case_file import CaseFile
from networks.models.contact import Contact, ContractRead, Reached, Way, WithWhom
from networks.models.coordination import Appointment, Party, Post
from networks.models.meeting import (
    MOST_WEEKS,
    USUAL_WEEKS,
    Answer,
    Attendance,
    Meeting,
    MeetingItem,
    Rhythm,
    Tie,
)
from networks.models.note import Note
from networks.models.outcome_row import OutcomeRow
from networks.models.plan import OPEN_GOAL, Goal, GoalState, SupportPlan
from networks.models.published_balance import Kind, PublishedBalance
from networks.models.relation import (
    PEERS,
    Approached,
    Certainty,
    Relation,
    RelationKind,
    Source,
    Suspect,
    SuspectAccess,
)

__all__ = [
    "MOST_WEEKS",
    "USUAL_WEEKS",
    "OPEN_GOAL",
    "PEERS",
    "Action",
    "ActionKind",
    "ActionState",
    "Answer",
    "Appointment",
    "Approached",
    "Attendance",
    "CaseFile",
    "Certainty",
    "Contact",
    "ContractRead",
    "Evaluation",
    "Goal",
    "GoalState",
    "Kind",
    "Meeting",
    "MeetingItem",
    "Note",
    "OutcomeRow",
    "Party",
    "Post",
    "PublishedBalance",
    "Pulse",
    "PulseStep",
    "Reached",
    "Relation",
    "RelationKind",
    "Rhythm",
    "Source",
    "SupportPlan",
    "Suspect",
    "SuspectAccess",
    "Tie",
    "Way",
    "WithWhom",
]
