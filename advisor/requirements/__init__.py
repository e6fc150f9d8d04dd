"""From a requirements file to checked requirements, and to their answers as plain values."""

from advisor.requirements.checking import make_requirements
from advisor.requirements.model import (
    SUBJECT_KINDS,
    Destination,
    Requirements,
    RequirementsError,
    Subject,
    SubjectKind,
    check_answer,
    readable,
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
