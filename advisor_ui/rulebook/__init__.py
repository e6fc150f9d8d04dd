"""The rule book on the page: its list with search and filters, and each entry."""
