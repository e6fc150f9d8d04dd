"""The IAM permissions of a project, as a table: who may do what on what, and for which connection."""
