"""Contracts between the programs of a project, each tried with what the programs themselves write and send."""
