"""Fragments of the CDK target: each module registers what it makes of services and connections."""
