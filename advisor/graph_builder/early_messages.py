"""A warning about work that starts before the file that it reads has been uploaded."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.architecture.passing import PASSING
from advisor.decision import Warning
from advisor.text import Text

#: The states in which a workflow waits before it does any work; a person or another system takes longer than an upload.
_WAITING = ("wait", "callback")


def early_messages(architecture: Architecture, node: Node) -> Iterator[Warning]:
    """Warn if a program reads files that clients upload, but the API that issues the URLs starts it, and not the new files.

    An upload belongs to an item, which the API creates and announces before it issues the URL. Where a workflow waits for an
    answer before its first step, the file has been there for long.
    """
    if node.role != "compute" or any(_waits_first(machine) for machine in _machines(architecture, node)):
        return
    leading = architecture.reaching(node.id, PASSING) - {node.id}
    for edge in architecture.leaving(node.id, "read"):
        store = architecture.node(edge.target)
        issuing = sorted(one.source for one in architecture.entering(store.id, "presign") if one.source in leading)
        if issuing and store.id not in leading:
            words = early_words(node, store, architecture.node(issuing[0]))
            yield Warning(node.subject, node.role, "starts-before-the-upload", words)


def _machines(architecture: Architecture, node: Node) -> list[Node]:
    return [architecture.node(edge.source) for edge in architecture.entering(node.id, "run")]


def _waits_first(machine: Node) -> bool:
    first = next((state for state in machine.states if state.kind != "start"), None)
    return first is not None and first.kind in _WAITING


def early_words(node: Node, store: Node, api: Node) -> Text:
    """Return the sentence on work that does not find its file yet, with what starts it later."""
    return Text(
        f'"{api.note.en}" sends a message when a client creates an item, and the client uploads the file to "{store.note.en}" only after that. '
        f'"{node.note.en}" can therefore start before the file exists, and then continues without it. If the work needs the file, let new files '
        f"start it (`trigger: event`, `event_source: s3-object`, `listens_to: {store.subject}`).",
        f"「{api.note.ja}」は、クライアントが項目を作成した時点でメッセージを送信しますが、クライアントが「{store.note.ja}」にファイルをアップロードするのはその後です。"
        f"そのため「{node.note.ja}」は、ファイルがないうちに開始し、ファイルなしで処理を続けることがあります。処理にファイルが必要な場合は、新しいファイルで"
        f"開始してください（`trigger: event`、`event_source: s3-object`、`listens_to: {store.subject}`）。",
    )
