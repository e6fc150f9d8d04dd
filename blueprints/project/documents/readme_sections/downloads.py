"""Direct downloads in the README: the programs that issue links and those that write the objects, by bucket."""

from collections.abc import Iterator

from advisor.text import Lang, Text
from advisor.vocabulary.formats import listed
from blueprints.plan import Plan
from blueprints.project.programs.code import Code


def downloads(plan: Plan, codes: tuple[Code, ...], lang: Lang) -> Iterator[tuple[str, str, str, str, int]]:
    """Yield, for each bucket with direct downloads, its readers, its writers, its subject, its logical name and the minutes of a link."""
    stores = {store.node.id: store for code in codes for store in code.stores if store.linked}
    for id, store in sorted(stores.items()):
        used = [(code.folder, one) for code in codes for one in code.stores if one.node.id == id]
        readers, writers = (
            listed([Text(f"`{folder}`", f"`{folder}`") for folder, one in used if one.readable is reads]).in_(lang)
            for reads in (True, False)
        )
        yield readers, writers, store.subject, plan.name(id), store.link_s // 60
