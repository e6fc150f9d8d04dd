"""Reports of a design: the decision as JSON and text, comparisons, and rechecks of saved decisions."""
