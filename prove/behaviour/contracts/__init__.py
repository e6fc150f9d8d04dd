"""Contracts between the programs of a project, tested with the data that the programs write and send."""
