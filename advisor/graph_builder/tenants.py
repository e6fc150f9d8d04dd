"""Warnings about isolated tenants beside callers without sign-in, which no program can tell apart."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import READING
from advisor.budgets.shared_items import NOBODY, authentication_of, senders_without_identity
from advisor.decision import Warning
from advisor.text import Text
from advisor.verdict.known import Known


def unknown_tenants(facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn if the tenants of a component are isolated and its callers need no sign-in."""
    if node.role != "compute" or node.kind != "service" or not _is_isolated(facts, node):
        return
    if authentication_of(facts, node) in NOBODY:
        yield Warning(node.subject, node.role, "tenants-without-sign-in", unknown_words(node))


def items_of_no_tenant(architecture: Architecture, facts: Mapping[str, Known], store: Node) -> Iterator[Warning]:
    """Warn if isolated tenants read a store to which callers without sign-in send items: no tenant finds these."""
    if store.role != "store":
        return
    readers = [architecture.node(edge.source) for edge in architecture.entering(store.id) if edge.verb in READING]
    asked = [one for one in readers if _is_isolated(facts, one) and authentication_of(facts, one) not in ("", *NOBODY)]
    for sender in senders_without_identity(architecture, facts, store) if asked else ():
        words = unowned_words(store, sender, asked[0])
        yield Warning(store.subject, store.role, "tenants-find-no-items-of-callers-without-sign-in", words)


def _is_isolated(facts: Mapping[str, Known], node: Node) -> bool:
    known = facts.get(node.subject)
    return known is not None and known.values.get("isolation") == "per-tenant"


def unknown_words(node: Node) -> Text:
    """Return the sentence on isolated tenants of a component without sign-in."""
    return Text(
        f'The tenants of "{node.note.en}" must be isolated from each other, but its callers need no sign-in. The program does not know '
        "from which tenant a request comes, so all callers share all items. Require a sign-in.",
        f"「{node.note.ja}」のテナントは互いに分離する必要がありますが、呼び出し元の認証がありません。プログラムはどのテナントのリクエストかを判別できず、"
        "すべての呼び出し元がすべての項目を共有します。認証を必須にしてください。",
    )


def unowned_words(store: Node, sender: Node, reader: Node) -> Text:
    """Return the sentence on items of callers without sign-in, which isolated tenants do not find."""
    return Text(
        f'The callers of "{sender.note.en}" need no sign-in, so their items in "{store.note.en}" name no tenant. The tenants of '
        f'"{reader.note.en}" are isolated from each other: they find none of these items, and "{sender.note.en}" finds none of '
        f'theirs. If a tenant is allowed to see some of these items, set the owner of each item in "{sender.note.en}" to the user ID of '
        "this tenant.",
        f"「{sender.note.ja}」の呼び出し元には認証がないため、「{store.note.ja}」に送信される項目はテナントを示しません。「{reader.note.ja}」の"
        f"テナントは互いに分離されているため、これらの項目はどのテナントにも表示されず、「{sender.note.ja}」からもテナントの項目は見えません。テナントが"
        f"一部の項目を参照してよい場合は、「{sender.note.ja}」で各項目の所有者にそのテナントのユーザー ID を設定してください。",
    )
