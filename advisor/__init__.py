"""The domain: requirements, rule book, decision and architecture. Pure: no drawing, no templates, no cloud, no clock."""
