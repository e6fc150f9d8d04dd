"""Verification of generated projects: every tier that a project passes before it is reported as verified.

Development only: it is no part of the product, and may import every room of it. `make prove` sets up what it takes.
"""
