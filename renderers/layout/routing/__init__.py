"""Routing: lines between the boxes, level and upright, around what they must not cross."""
