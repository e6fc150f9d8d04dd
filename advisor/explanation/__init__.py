"""From a verdict to the explained decision: reasons, conflicts with their ways out, and conditions and proofs in words."""
