"""The command line: one module a command; `advisor_cli.main` registers them.

It knows all rooms of the product, and loads them when they are needed.
"""
