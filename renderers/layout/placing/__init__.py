"""Placing: boxes for everything in a scene, by ELK in a process of its own, or by a layered layout without it."""
