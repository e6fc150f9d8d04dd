"""A warning about sites of files that get programs, because users sign in to them in different ways and they call one API."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.decision import Warning
from advisor.requirements.pages import differing_sites
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.vocabulary.formats import english


def differing_sign_ins(architecture: Architecture, verdict: Verdict, node: Node) -> Iterator[Warning]:
    """Warn if sites have programs only because what they call would have to verify the tokens of several providers."""
    sites = [architecture.find(f"{site.id}.compute") for site in differing_sites(verdict.answers, node.subject)]
    programs = [site for site in sites if site is not None]
    if programs:
        words = sign_in_words(node, programs)
        yield Warning(node.subject, node.role, "sites-sign-in-differently", words)


def sign_in_words(called: Node, sites: list[Node]) -> Text:
    """Return the sentence on an API and the sites that call it through programs of their own."""
    en = english.listed([f'"{one.note.en}"' for one in sites])
    ja = "、".join(f"「{one.note.ja}」" for one in sites)
    return Text(
        f'The pages of {en} do not call "{called.note.en}" from the browser: users sign in to these sites in different ways, and the '
        "API of a project verifies the tokens of one provider. A program for each site calls it instead. If these sites are only "
        f'files, use one sign-in for all of them, or give each sign-in an API of its own beside "{called.note.en}".',
        f"{ja}はサインインの方法が異なり、プロジェクトの API が検証するのは 1 つのプロバイダーのトークンだけです。そのため、ページがブラウザから"
        f"「{called.note.ja}」を呼び出すのではなく、サイトごとのプログラムが呼び出します。サイトがファイルだけで構成されるなら、サインインの"
        f"方法を統一するか、「{called.note.ja}」のほかにサインインの方法ごとの API を用意してください。",
    )
