"""The stack of a plan: neutral CloudFormation resources with their owners, from which every target is printed."""
