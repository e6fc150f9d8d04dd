"""The page: questions beside the diagram that they come to, its reasons, and everything to take away."""
