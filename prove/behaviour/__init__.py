"""The tier `behaviour`: checks the behavior of a generated project from the files that its user receives.

Each module in `checks/` proves one kind of behavior (capacity, contracts, trust, failure, alarms …) and is found by
scanning the folder.
"""
