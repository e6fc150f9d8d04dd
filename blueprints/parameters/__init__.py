"""Every parameter that a deployment may ask for, with its example, its words and what it must look like."""
