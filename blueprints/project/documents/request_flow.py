"""The request flow of the README: a sentence for each step."""

from advisor.architecture import Architecture
from advisor.text import Lang


def request_flow(architecture: Architecture, lang: Lang) -> list[str]:
    """Return the sentences of the numbered connections in their order."""
    steps = sorted((edge.step, edge.id, edge) for edge in architecture.edges if edge.step is not None)
    return [edge.sentence.in_(lang) for _, _, edge in steps]
