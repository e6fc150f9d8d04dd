"""Lifts of identity and encryption: roles, user pools, keys, secrets."""
