"""The totals that scheduled programs compute, for the README: where no caller finds them, and where callers do."""

from collections.abc import Iterator

from advisor.text import Lang
from blueprints.plan import Plan
from blueprints.project.documents.readme_sections.store_titles import titles_of
from blueprints.project.programs.code import Code


def totals(plan: Plan, codes: tuple[Code, ...], lang: Lang) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """Yield the programs that aggregate the items of all owners, with the owner of the totals, and titles of data stores.

    These are the data stores in which no caller finds the totals, and those whose callers all find them.
    """
    for code in codes:
        stores = [store for store in code.writes if store.listed] if code.service == "summary" else []
        hidden = [store for store in stores if store.node.id in code.hidden_totals]
        if stores:
            shown = [store for store in stores if store not in hidden]
            titles = [titles_of(plan.architecture, found, lang) for found in (hidden, shown)]
            yield code.folder, f"internal:{code.id}", titles[0], titles[1]
