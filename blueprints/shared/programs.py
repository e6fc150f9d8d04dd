"""The services that run the workload's own programs, and what programs do with a store."""

PROGRAMS = ("lambda", "ecs", "eks", "batch")
STORE_VERBS = ("read", "write", "read-write")
