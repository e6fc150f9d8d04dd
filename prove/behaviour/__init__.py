"""The tier behaviour: what a generated project does when it runs, seen from the files that its user gets.

Each module in `checks/` proves one kind of behaviour (capacity, contracts, trust, failure, alarms …) and is found by
scanning the folder.
"""
