"""存储: what the database holds, one file per subject."""

from jixiao.web.models.accounts import Account, Duty, SignIn, Token
from jixiao.web.models.audit import Entry, Link
from jixiao.web.models.dossiers import Dossier, Draft, Gift, Move, Revision
from jixiao.web.models.evidence import File
from jixiao.web.models.jobs import CaseList, Job
from jixiao.web.models.offices import Office
from jixiao.web.models.surveys import Answer, Survey

__all__ = [
    "Account",
    "Answer",
    "CaseList",
    "Dossier",
    "Draft",
    "Duty",
    "Entry",
    "File",
    "Gift",
    "Job",
    "Link",
    "Move",
    "Office",
    "Revision",
    "SignIn",
    "Survey",
    "Token",
]
