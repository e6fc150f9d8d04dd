"""The certificate of a project: up to which tier its shape was proven, by which tools, and what cannot be proven here."""

from blueprints.certificate.record import compiled, verification, verification_files
from blueprints.certificate.shape import Shape, infrastructure, shape_of

__all__ = ["Shape", "compiled", "infrastructure", "shape_of", "verification", "verification_files"]
