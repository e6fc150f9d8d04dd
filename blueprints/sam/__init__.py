"""SAM projects: one template, printed from fragments, and the state machines that it names."""
