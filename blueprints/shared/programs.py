"""The services that run the workload's own programs, and what programs do with a store."""

PROGRAMS = ("lambda", "ecs", "eks", "ec2", "batch")
STORE_VERBS = ("read", "write", "read-write")
