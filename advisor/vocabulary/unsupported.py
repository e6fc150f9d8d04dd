"""Requirements that no candidate service meets, such as SFTP: how they are named, and the alternatives.

No option of a question holds them. The sentence takes the place of an error that only lists the options.
"""

import re
from dataclasses import dataclass

from advisor.text import Text

_SEPARATORS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """One such requirement: its question, its names in lower case, and the sentence with the alternatives."""

    field: str
    names: tuple[str, ...]
    sentence: Text


# The services of the alternatives and where they deliver (all read on 2026-11-28):
# https://docs.aws.amazon.com/transfer/latest/APIReference/Welcome.html
# https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-actions.html
# https://docs.aws.amazon.com/boto3/latest/guide/ses-rules.html
UNSUPPORTED = (
    Unsupported(
        "protocol",
        ("sftp", "ftps", "ftp", "as2"),
        Text(
            "No candidate service accepts SFTP, FTPS, FTP or AS2. AWS Transfer Family accepts them and stores the files in "
            "Amazon S3. Alternatives: set it up in addition to the project, and let an object in S3 start the component; or let "
            "clients upload files over HTTP (direct uploads)",
            "SFTP、FTPS、FTP、AS2 を受け付けるサービスは候補にありません。AWS Transfer Family はこれらを受け付け、"
            "ファイルを Amazon S3 に保存します。代替案: Transfer Family を別途構築して「S3 のオブジェクト」を処理の起点にするか、"
            "クライアントが HTTP でファイルをアップロードする方式（直接アップロード）にしてください",
        ),
    ),
    Unsupported(
        "protocol",
        ("mqtt", "mqtts"),
        Text(
            "No candidate service accepts MQTT. AWS IoT Core accepts it and forwards messages to queues, streams and functions. "
            "Alternatives: set it up in addition to the project, and let a message or a stream of records start the component; or "
            "let clients use HTTP or WebSocket",
            "MQTT を受け付けるサービスは候補にありません。AWS IoT Core は MQTT を受け付け、メッセージをキュー、ストリーム、関数に転送します。"
            "代替案: IoT Core を別途構築して「メッセージ」または「レコードのストリーム」を処理の起点にするか、"
            "クライアントが HTTP か WebSocket を使うようにしてください",
        ),
    ),
    Unsupported(
        "protocol",
        ("smtp",),
        Text(
            "No candidate service receives email. Amazon SES receives it and stores it in Amazon S3. Alternative: set up receiving "
            "in addition to the project, and let an object in S3 start the component. To send email, add a channel with an email "
            "destination",
            "メールを受信するサービスは候補にありません。Amazon SES はメールを受信して Amazon S3 に保存します。"
            "代替案: 受信を別途設定し、「S3 のオブジェクト」を処理の起点にしてください。メールの送信には、"
            "メールを送信先とするチャネルを追加します",
        ),
    ),
    Unsupported(
        "protocol",
        ("amqp", "jms", "kafka"),
        Text(
            "Clients that use AMQP, JMS or Kafka connect to a broker and not to a component. Alternative: add a channel, and state "
            "there what it is migrated from and whether existing clients are kept",
            "AMQP、JMS、Kafka のクライアントは、コンポーネントではなくブローカーに接続します。代替案: チャネルを追加し、"
            "移行元と、既存クライアントを維持するかどうかを回答してください",
        ),
    ),
    Unsupported(
        "access",
        ("graph", "gremlin", "sparql", "opencypher"),
        Text(
            "No candidate service is a graph database. AWS offers Amazon Neptune. Alternatives: add it to the project yourself and "
            "remove this store; or select relational access, if SQL can follow the relationships",
            "グラフデータベースは候補にありません。AWS のサービスは Amazon Neptune です。代替案: Neptune を自分でプロジェクトに追加して"
            "このストアを削除するか、関係を SQL でたどれる場合は「リレーショナル」を選択してください",
        ),
    ),
    Unsupported(
        "access",
        ("document", "documents", "mongodb"),
        Text(
            "No candidate service is compatible with MongoDB. AWS offers Amazon DocumentDB. Alternatives: add it to the project "
            "yourself and remove this store; or select access by key, if documents are read by their key",
            "MongoDB と互換のサービスは候補にありません。AWS のサービスは Amazon DocumentDB です。代替案: DocumentDB を自分でプロジェクトに"
            "追加してこのストアを削除するか、ドキュメントをキーで読み取る場合は「キーによる読み書き」を選択してください",
        ),
    ),
)  # fmt: skip


def unsupported(field: str, answer: object) -> Text | None:
    """Return why no service meets an answer to a question, with the alternatives, or None if nothing is known about it."""
    words = _SEPARATORS.split(str(answer).casefold().strip()) if isinstance(answer, str) else []
    found = (one for one in UNSUPPORTED if one.field == field and set(words) & set(one.names))
    return next((one.sentence for one in found), None)


def unsupported_in(line: str) -> Text | None:
    """Return the same for a line of text that names such a protocol; other names have more meanings than one."""
    words = set(re.findall(r"[a-z0-9]+", line.casefold()))
    found = (one for one in UNSUPPORTED if one.field == "protocol" and words & set(one.names))
    return next((one.sentence for one in found), None)
