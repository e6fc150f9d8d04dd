"""What is printed of a design: its decision as JSON and text, comparisons, and saved decisions checked again."""
