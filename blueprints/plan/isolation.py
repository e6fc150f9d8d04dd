"""Components whose tenants are isolated from each other."""

from advisor.design import Design


def isolated(design: Design) -> frozenset[str]:
    """Return the ids of the components whose tenants are isolated from each other."""
    components = design.requirements.of_kind("component")
    return frozenset(one.id for one in components if one.answers.get("isolation") == "per-tenant")
