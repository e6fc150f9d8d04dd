"""One fragment per service: the resources that a node comes to."""
