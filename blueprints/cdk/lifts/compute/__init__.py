"""Lifts of compute: functions, containers, jobs, state machines, and the hosts that containers run on."""
