"""Explains a verdict: reasons, conflicts with alternatives, and conditions and proofs as text."""
