"""Many subjects at once: rows of a table are read as answers, decided, and written as rows of chosen services."""
