"""The services that run the workload's own programs."""

PROGRAMS = ("lambda", "ecs", "eks", "ec2", "batch")
