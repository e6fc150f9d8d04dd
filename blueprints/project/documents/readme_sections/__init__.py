"""The sections of the README, each from the plan and the programs."""
