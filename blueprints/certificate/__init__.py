"""The certificate of a project: the tiers that its configuration passed, the tools, and what cannot be verified here."""

from blueprints.certificate.parts import parts_of
from blueprints.certificate.record import compiled, verification, verification_files
from blueprints.certificate.shape import Shape, infrastructure, shape_of

__all__ = ["Shape", "compiled", "infrastructure", "parts_of", "shape_of", "verification", "verification_files"]
