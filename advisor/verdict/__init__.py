"""From answers to the verdict: which service each role of each subject comes to, and the proof of each candidate."""

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
