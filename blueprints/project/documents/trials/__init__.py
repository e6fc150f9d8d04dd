"""Commands with which the reader of a README tries the project."""
