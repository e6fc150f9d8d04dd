"""All deployment parameters with their example, description and constraints."""
