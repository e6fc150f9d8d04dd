"""What the page shows of a decision: reasons, candidates, conflicts, flip points, checks, derived settings."""
