"""The documents of a project: README with standing costs and smoke commands, and the table of IAM permissions."""
