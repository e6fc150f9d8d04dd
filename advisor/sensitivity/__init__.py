"""Sensitivity of the verdict: cells of equal answers, flip points, completions, the next question, counterfactuals."""
