"""The checks of the tier `behaviour`, one module each, with `check(evidence) -> Iterator[Problem]`."""
