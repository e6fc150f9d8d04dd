"""One fragment per connection: what it takes besides statements and variables."""
