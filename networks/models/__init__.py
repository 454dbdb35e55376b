"""What a local network writes down, and what the balance is made of. The desk sees none of the first."""

from networks.models.action import Action, ActionKind, ActionState
from networks.models.case_file import CaseFile
from networks.models.contact import Contact, ContractRead, Reached, Way, WithWhom
from networks.models.note import Note
from networks.models.outcome_row import OutcomeRow
from networks.models.published_balance import Kind, PublishedBalance

__all__ = [
    "Action",
    "ActionKind",
    "ActionState",
    "CaseFile",
    "Contact",
    "ContractRead",
    "Kind",
    "Note",
    "OutcomeRow",
    "PublishedBalance",
    "Reached",
    "Way",
    "WithWhom",
]
