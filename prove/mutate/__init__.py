"""Faults that are injected into generated projects, to see whether the proof catches them: `python -m prove.mutate`.

A fault is a row of data in `kinds/<kind>.yaml`. It is planted in a fresh copy of a project and taken through the tiers,
cheapest first, until one of them finds something there that it does not find in the project without the fault.
"""
