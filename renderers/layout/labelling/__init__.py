"""Labelling: tags beside their lines, titles of groups, and the legend."""
