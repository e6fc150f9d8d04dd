"""The state of one user: the session, the draft with invalid answers separated, and their form in the address."""
