"""Computes positions for everything in a scene, with ELK in a separate process or with a built-in layered layout."""
