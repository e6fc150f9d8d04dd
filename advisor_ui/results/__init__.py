"""The result panel: reasons, candidates, conflicts, flip points, checks, derived settings."""
