"""The services that run the workload's programs, and the operations of programs on stores."""

PROGRAMS = ("lambda", "ecs", "eks", "batch")
STORE_VERBS = ("read", "write", "read-write")
