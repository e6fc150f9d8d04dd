"""The sections of the document: each module makes one from the context."""
