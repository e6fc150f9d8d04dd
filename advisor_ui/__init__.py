"""The web UI: questions beside the resulting diagram, its reasons, and downloads."""
