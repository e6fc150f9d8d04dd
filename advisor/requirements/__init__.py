"""From a requirements file to checked requirements, and to their answers as plain values."""

from advisor.requirements.answer_checks import check_answer, readable
from advisor.requirements.checking import make_requirements
from advisor.requirements.model import (
    SUBJECT_KINDS,
    Destination,
    Requirements,
    RequirementsError,
    Subject,
    SubjectKind,
)

__all__ = [
    "SUBJECT_KINDS",
    "Destination",
    "Requirements",
    "RequirementsError",
    "Subject",
    "SubjectKind",
    "check_answer",
    "make_requirements",
    "readable",
]
