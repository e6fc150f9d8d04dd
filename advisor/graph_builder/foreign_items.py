"""Warnings about stores whose writers and readers have different kinds of identity: who finds and who sees the items."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.budgets.shared_items import MACHINES, authentication_of, shared_by, unseen_by
from advisor.decision import Warning
from advisor.text import Text
from advisor.verdict.known import Known


def foreign_items(architecture: Architecture, facts: Mapping[str, Known], store: Node) -> Iterator[Warning]:
    """Warn if callers read a store whose items callers with another kind of identity have sent."""
    if store.role != "store":
        return
    if (found := shared_by(architecture, facts, store)) is not None:
        sender, reader = (authentication_of(facts, one) for one in found)
        machines = sender in MACHINES and reader not in MACHINES
        words = shared_words if machines else shared_by_people_words
        id = "people-read-what-machines-send" if machines else "readers-share-no-identity-with-senders"
        if sender == "signature":
            id, words = "readers-find-no-items-of-others", webhook_words
        yield Warning(store.subject, store.role, id, words(store, *found))
    for hidden in unseen_by(architecture, facts, store):
        yield Warning(store.subject, store.role, "readers-find-no-items-of-others", hidden_words(store, *hidden))


def shared_words(store: Node, program: Node, reader: Node) -> Text:
    """Return the sentence on items that machines send and that all callers of another component can read."""
    return Text(
        f'"{program.note.en}" receives items from machines or other systems. These items have no owner. Everyone who signs in to "{reader.note.en}" '
        f'can list and read these items in "{store.note.en}". If a person is allowed to see only some of the items, set '
        f'the owner of each item in "{program.note.en}" to the user ID of this person.',
        f"「{program.note.ja}」が機器やシステムから受け取る項目には所有者がなく、「{reader.note.ja}」にサインインした人は全員、"
        f"「{store.note.ja}」でこれらの項目を一覧し、読み取れます。人ごとに参照できる項目を制限する場合は、「{program.note.ja}」で各項目の"
        "所有者にその人のユーザー ID を設定してください。",
    )


def webhook_words(store: Node, program: Node, reader: Node) -> Text:
    """Return the sentence on items of webhooks, which no caller finds until their program takes an owner from them."""
    return Text(
        f'"{program.note.en}" receives webhooks, which name no user. These items and what other components make of them therefore '
        f'stay internal: the callers of "{reader.note.en}" find none of them in "{store.note.en}". If these callers are allowed to see '
        f'some of the items, set `OWNER_FIELD` in the program of "{program.note.en}" to the field of a webhook that contains the user ID.',
        f"「{program.note.ja}」が受け取る Webhook からは利用者を識別できません。そのため、これらの項目と、ほかのコンポーネントがそこから作るものは内部に"
        f"とどまり、「{reader.note.ja}」の呼び出し元が「{store.note.ja}」で見ることはありません。一部を参照してよい場合は、ユーザー ID が入る "
        f"Webhook のフィールドを「{program.note.ja}」で指定してください（`OWNER_FIELD`）。",
    )


def shared_by_people_words(store: Node, program: Node, reader: Node) -> Text:
    """Return the sentence on items that no sender can be known by, where callers of another component read them."""
    return Text(
        f'The callers of "{program.note.en}" and of "{reader.note.en}" authenticate in different ways and have no identity in common, '
        f'so that no item in "{store.note.en}" belongs to its sender. Everyone who is let in by "{reader.note.en}" can list and '
        f'read all of them. If a caller is allowed to see only some of the items, set the owner of each item in "{program.note.en}" '
        f'to the identity that this caller has at "{reader.note.en}".',
        f"「{program.note.ja}」と「{reader.note.ja}」では呼び出し元の認証方法が異なり、共通する識別情報がありません。そのため"
        f"「{store.note.ja}」の項目は送信者の所有にはならず、「{reader.note.ja}」で認証された呼び出し元は全員、すべての項目を一覧し、"
        f"読み取れます。呼び出し元ごとに参照できる項目を制限する場合は、「{program.note.ja}」で各項目の所有者に、「{reader.note.ja}」での"
        "その呼び出し元の識別情報を設定してください。",
    )


def hidden_words(store: Node, program: Node, reader: Node) -> Text:
    """Return the sentence on items of people that callers of another component, who authenticate in another way, do not find."""
    return Text(
        f'The callers of "{program.note.en}" and of "{reader.note.en}" do not authenticate in the same way and have no identity in '
        f'common. Each item in "{store.note.en}" belongs to the user who created it, so the callers of "{reader.note.en}" cannot see any of '
        f"them. State the same authentication for both components. If the callers of "
        f'"{reader.note.en}" are allowed to read the items of everyone, have it list the items of all owners.',
        f"「{program.note.ja}」と「{reader.note.ja}」では呼び出し元の認証方法が異なり、共通する識別情報がありません。"
        f"「{store.note.ja}」の項目は、作成した利用者本人の所有となるため、「{reader.note.ja}」の呼び出し元には"
        f"表示されません。両方に同じ認証方法を指定してください。「{reader.note.ja}」の呼び出し元が全員の項目を読み取ってよい場合は、"
        f"「{reader.note.ja}」ですべての所有者の項目を一覧するようにしてください。",
    )
