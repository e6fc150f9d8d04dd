"""The architect's own account: whether a design can be deployed there, found out by reading only.

`preflight` makes every check and never stops at the first that fails; what could not be asked is an outcome too.
"""
