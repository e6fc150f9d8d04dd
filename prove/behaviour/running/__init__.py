"""Runs the programs of a generated project in this process, against stores and channels in memory.

Stores and channels come from the template: its tables with their keys and indexes, its subscriptions, event source
mappings, rules, pipes and state machines. What a program calls that is not here raises `NotRun`, and its contract stays
unproven instead of passing.
"""
