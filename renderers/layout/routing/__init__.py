"""Routes orthogonal lines between rectangles around obstacles."""
