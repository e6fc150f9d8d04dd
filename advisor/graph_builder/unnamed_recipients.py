"""A warning about emails to customers about items that anyone on the internet can send."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import identities
from advisor.decision import Warning
from advisor.text import Text

#: How an item gets from a program to the next.
_LEADING = ("publish", "deliver", "consume", "stream", "start", "run", "emit", "call", "write", "read-write")
#: Who receives emails about items.
_RECEIVER = "customer-email"


def unnamed_recipients(architecture: Architecture, node: Node) -> Iterator[Warning]:
    """Warn of a program that takes items of anybody and from which messages lead to emails to customers."""
    if node.role != "compute" or not _open_to_all(architecture, node):
        return
    if any(architecture.node(id).service == _RECEIVER for id in architecture.reached(node.id, _LEADING)):
        yield Warning(node.subject, node.role, "emails-without-a-recipient", recipient_words(node))


def _open_to_all(architecture: Architecture, node: Node) -> bool:
    """Return whether callers of a program are not authenticated: neither by its entry nor by a signature."""
    invoked = architecture.entering(node.id, "invoke")
    return (
        bool(invoked)
        and not architecture.leaving(node.id, "verify")
        and not any(identities(architecture, edge) for edge in invoked)
    )


def recipient_words(node: Node) -> Text:
    """Return the sentence on emails about items of callers who are not authenticated."""
    name = node.note
    return Text(
        f'Emails follow what callers send to "{name.en}", and these callers are not authenticated. The program takes no '
        "address from a request, because anyone could then send emails to any address from your domain. Require a sign-in "
        "or signed requests, or implement in the program how it finds the address; until then, the emails fail.",
        f"「{name.ja}」が受け取った内容についてメールが送信されますが、呼び出し元は認証されません。リクエスト内のアドレスを使うと、誰でも任意の宛先に"
        "自社ドメインからメールを送信できるため、プログラムはこれを使いません。サインインまたは署名付きリクエストを必須にするか、宛先を調べる処理を"
        "プログラムに実装してください。それまで、メールの送信は失敗します。",
    )
