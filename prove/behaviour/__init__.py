"""The tier behaviour: checks the behaviour of a generated project from the files that its user receives.

Each module in `checks/` proves one kind of behaviour (capacity, contracts, trust, failure, alarms …) and is found by
scanning the folder.
"""
