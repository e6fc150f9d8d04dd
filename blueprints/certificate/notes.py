"""Notes on checks that a tier skipped, in both languages; the results table stores them in English."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from advisor.text import Lang, Text

NO_CLUSTER = Text(
    "Not tested. A cluster add-on collects the logs, and the emulator does not run a cluster.",
    "未検証。ログはクラスターのアドオンが収集しますが、エミュレーターではクラスターが動作しません。",
)
EXTERNAL_PROVIDER = Text(
    "Not tested. The existing identity provider is not part of the stack. The API was called with tokens of this provider.",
    "未検証。既存の ID プロバイダーはスタックに含まれません。API は、このプロバイダーのトークンを使って呼び出しました。",
)
NO_EMULATOR = Text(
    "Not tested. The emulator does not support {0}. The IAM policies were checked, and the unit tests were run.",
    "未検証。エミュレーターは {0} に対応していません。IAM ポリシーの検査と単体テストは実施しました。",
)
NO_SIGN_IN = Text(
    "Not tested. The load balancers of the emulator do not sign in users. The IAM policies were checked, and the unit tests were run.",
    "未検証。エミュレーターのロードバランサーは、ユーザーをサインインさせません。IAM ポリシーの検査と単体テストは実施しました。",
)
NO_POLICY_CHECK = Text(
    "Not checked: the permissions on the {0}. The verification could not determine its ARN.",
    "{0}に対する権限は未検査。検証で ARN を特定できませんでした。",
)
SAME_QUEUE = Text(
    "Not tested. An approval, not an event, starts this function. The equivalent queue of another function was tested.",
    "未検証。この関数は、イベントではなく承認によって開始されます。別の関数の同様のキューを検証しました。",
)
NO_DEAD_LETTERS = Text(
    "Not tested. The emulator does not deliver messages to this dead-letter queue. The queue policy and the role were checked.",
    "未検証。エミュレーターは、このデッドレターキューにメッセージを配信しません。キューのポリシーとロールは検査しました。",
)
NO_CONSUMER = Text(
    "Not tested. No component of this workload consumes messages from this queue.",
    "未検証。このワークロードには、このキューのコンシューマーがありません。",
)
NO_EFFECT = Text(
    "{0}: Not tested: {1}. The emulator accepts this resource type but does not implement it.",
    "{0}: {1}は未検証。エミュレーターはこのリソースタイプを受け付けますが、実装していません。",
)
NO_IMAGES = Text(
    "Not run in the verification of this configuration. `make build` builds the images.",
    "この構成の検証では未実施。`make build` でイメージをビルドできます。",
)
NO_DEPLOYMENT = Text(
    "Not run. The verification of this configuration did not include a deployment, so no permission or connection was tested in a deployed stack. To test them, deploy to a test account.",
    "未実施。この構成の検証にはデプロイが含まれないため、デプロイしたスタックでの権限と接続は検証していません。テスト用アカウントにデプロイして確認してください。",
)
NOT_RUN = Text("Not run in the verification of this configuration.", "この構成の検証では未実施。")
#: What notes name, in both languages: behaviors that the emulator does not implement, and ARNs without a lookup.
_NAMED: Mapping[str, Text] = {
    "scaling": Text("scaling", "スケーリング"),
    "gradual releases of functions": Text("gradual releases of functions", "関数の段階的リリース"),
    "the log of what a web ACL stops": Text("the log of blocked requests", "ブロックしたリクエストのログ"),
    "CloudFront before a load balancer": Text(
        "CloudFront before a load balancer", "ロードバランサーの前段の CloudFront"
    ),
    "the way of CloudFront to an internal load balancer": Text(
        "the connection of CloudFront to an internal load balancer", "CloudFront から内部ロードバランサーへの接続"
    ),
    "CloudFront before API Gateway": Text("CloudFront before API Gateway", "API Gateway の前段の CloudFront"),
    "any-task of step-functions-standard": Text("tasks that wait for a callback", "コールバックを待つタスク"),
}
#: Sentences of earlier versions, which tables of proofs may still have.
_EARLIER = (
    ("an add-on inside the cluster collects the logs, and there is no cluster", NO_CLUSTER),
    ("the provider exists already and is no part of the stack: the entry is called with its tokens", EXTERNAL_PROVIDER),
    ("the emulator runs no {0}: its policy is asked, its unit tests run", NO_EMULATOR),
    ("the emulator runs no {0}", NO_EMULATOR),
    ("not asked: {0}", NO_POLICY_CHECK),
    ("what callers start is approved here; the same queue of another function is used", SAME_QUEUE),
    ("the emulator sets nothing aside here: proven by the policy of the queue or role", NO_DEAD_LETTERS),
    ("nobody of this workload consumes the queue", NO_CONSUMER),
    ("{0} is accepted with nothing behind it: {1} is not seen to work", NO_EFFECT),
    ("{0}: accepted by the emulator without an implementation; {1} was not tested", NO_EFFECT),
    ("not tested: a cluster add-on collects the logs, and the emulator runs no cluster", NO_CLUSTER),
    (
        "not tested: the existing identity provider is not part of the stack; the API was called with its tokens",
        EXTERNAL_PROVIDER,
    ),
    ("not tested: the emulator does not support {0}; IAM policies and unit tests were checked", NO_EMULATOR),
    ("not checked: the ARN of {0} is not known", NO_POLICY_CHECK),
    ("Not checked. The verification could not determine the ARN: {0}.", NO_POLICY_CHECK),
    (
        "not tested: an approval, not an event, starts this function; the same queue of another function was tested",
        SAME_QUEUE,
    ),
    (
        "not tested: the emulator does not deliver to this dead-letter queue; its policy and the role were checked",
        NO_DEAD_LETTERS,
    ),
    ("not tested: no component of this workload consumes the queue", NO_CONSUMER),
    ("{0}: accepted by the emulator without an implementation; not tested: {1}", NO_EFFECT),
)
_TODAY = (
    NO_CLUSTER,
    EXTERNAL_PROVIDER,
    NO_EMULATOR,
    NO_SIGN_IN,
    NO_POLICY_CHECK,
    SAME_QUEUE,
    NO_DEAD_LETTERS,
    NO_CONSUMER,
    NO_EFFECT,
)


def note_words(note: str, lang: Lang, services: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a note of the table of proofs in a language; one that is not known stays as it is.

    `services` are the names of services by their ids.
    """
    for pattern, text in _patterns():
        found = pattern.fullmatch(note)
        if found:
            place, *values = found.groups()
            named = [_NAMED[value].in_(lang) if value in _NAMED else services.get(value, value) for value in values]
            return f"{place or ''}{text.in_(lang).format(*named)}"
    return note


@cache
def _patterns() -> list[tuple[re.Pattern[str], Text]]:
    sentences = [*((text.en, text) for text in _TODAY), *_EARLIER]
    return [(re.compile(f"(\\S+: )?{_open(sentence)}"), text) for sentence, text in sentences]


def _open(sentence: str) -> str:
    return re.escape(sentence).replace(r"\{0\}", "(.+?)").replace(r"\{1\}", "(.+?)")
