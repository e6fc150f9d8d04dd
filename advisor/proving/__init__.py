"""The rule book proven: what must hold for every combination of answers, checked over cells, with a witness where not."""
