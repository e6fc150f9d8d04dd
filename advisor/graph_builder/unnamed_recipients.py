"""Warnings about emails to customers for which no item names a recipient."""

from collections.abc import Iterator, Mapping

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import identities
from advisor.architecture.passing import PASSING
from advisor.decision import Warning
from advisor.text import Text
from advisor.verdict.known import Known

#: Who receives emails about items.
_RECEIVER = "customer-email"


def unnamed_recipients(architecture: Architecture, facts: Mapping[str, Known], node: Node) -> Iterator[Warning]:
    """Warn of a program from which messages lead to emails to customers, and that takes items of anybody or from connections."""
    if node.role != "compute" or not architecture.entering(node.id, "invoke"):
        return
    known = facts.get(node.subject)
    connected = known is not None and known.values.get("protocol") == "websocket"
    if not connected and not _open_to_all(architecture, node):
        return
    if any(architecture.node(id).service == _RECEIVER for id in architecture.reached(node.id, PASSING)):
        words = connection_words if connected else recipient_words
        yield Warning(node.subject, node.role, "emails-without-a-recipient", words(node))


def _open_to_all(architecture: Architecture, node: Node) -> bool:
    """Return whether callers of a program are not authenticated: neither by its entry nor by a signature."""
    invoked = architecture.entering(node.id, "invoke")
    checked = any(identities(architecture, edge) for edge in invoked)
    return not checked and not architecture.leaving(node.id, "verify")


def connection_words(node: Node) -> Text:
    """Return the sentence on emails about messages that clients send over WebSocket connections."""
    name = node.note
    return Text(
        f'Emails follow what clients send to "{name.en}" over WebSocket connections. Only the request that opens a connection has '
        "the token of the user; a message contains no address, and the program takes none from it, because a client could then "
        "send emails to any address from your domain. Implement in the program how it finds the address; until then, the emails "
        "fail.",
        f"「{name.ja}」が WebSocket 接続で受け取ったメッセージについてメールが送信されますが、利用者のトークンは接続を開くリクエストにしか"
        "含まれません。メッセージに宛先はなく、メッセージ内のアドレスを使うとクライアントが任意の宛先に自社ドメインからメールを送信できるため、"
        "プログラムはこれを使いません。宛先を調べる処理をプログラムに実装してください。それまで、メールの送信は失敗します。",
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
