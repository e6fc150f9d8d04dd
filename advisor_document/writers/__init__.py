"""The writers of the document: each prints the same model in one format."""
