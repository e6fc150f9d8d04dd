"""The proof of generated projects: every tier that a project passes before it may say that it is proven.

Development only: it is no part of the product, and may import every room of it. `make prove` sets up what it takes.
"""
