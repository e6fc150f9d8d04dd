"""Verification of generated projects: every tier that a project passes before it is reported as verified.

For development only: it is not part of the product, and is allowed to import every package of it. `make prove` sets up
what it takes.
"""
