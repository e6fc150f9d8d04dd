"""Verifies properties of the rule book for every combination of answers, with a counterexample for each failure."""
