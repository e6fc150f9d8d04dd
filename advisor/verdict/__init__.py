"""Derives the verdict from answers: the service for each role of each subject, and the proof of each candidate."""

from advisor.verdict.joint_choice import (
    Chosen,
    Services,
    SubjectVerdict,
    Verdict,
    decide_subject,
    decide_workload,
    revised,
)

__all__ = ["Chosen", "Services", "SubjectVerdict", "Verdict", "decide_subject", "decide_workload", "revised"]
