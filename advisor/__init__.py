"""The domain: requirements, rule book, decision, architecture. Pure: no drawing, no templates, no cloud, no clock."""
