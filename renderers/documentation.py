"""Links from the parts of a picture to the documentation of AWS."""

from advisor.design import Design
from advisor.text import Lang


def links(design: Design, lang: Lang) -> dict[str, str]:
    """Return the documentation page of the service of each node; nodes without a catalogue service have none."""
    services = design.book.services
    pages = {}
    for node in design.architecture.nodes:
        service = services.get(node.service)
        if service is not None and service.reading:
            pages[node.id] = service.reading[0].url.in_(lang)
    return pages
