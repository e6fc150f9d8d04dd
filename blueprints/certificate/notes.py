"""Notes on checks that a tier skipped, in both languages; the results table stores them in English."""

import re
from functools import cache

from advisor.text import Lang, Text

NO_CLUSTER = Text(
    "not tested: a cluster add-on collects the logs, and the emulator runs no cluster",
    "未検証。ログを収集するクラスターのアドオンは、エミュレーターでは動作しません",
)
EXTERNAL_PROVIDER = Text(
    "not tested: the existing identity provider is not part of the stack; the API was called with its tokens",
    "未検証。既存の ID プロバイダーはスタックに含まれません。API はそのトークンで呼び出しています",
)
NO_EMULATOR = Text(
    "not tested: the emulator does not support {0}; IAM policies and unit tests were checked",
    "未検証。エミュレーターが {0} に対応していません。IAM ポリシーと単体テストを確認しています",
)
NO_POLICY_CHECK = Text("not checked: the ARN of {0} is not known", "未確認。{0} の ARN が不明です")
SAME_QUEUE = Text(
    "not tested: an approval, not an event, starts this function; the same queue of another function was tested",
    "未検証。この関数は承認によって開始され、イベントでは開始されません。別の関数の同じキューで確認しています",
)
NO_DEAD_LETTERS = Text(
    "not tested: the emulator does not deliver to this dead-letter queue; its policy and the role were checked",
    "未検証。エミュレーターはこのデッドレターキューに配信しません。キューのポリシーとロールを確認しています",
)
NO_CONSUMER = Text(
    "not tested: no component of this workload consumes the queue",
    "未検証。このワークロードにキューのコンシューマーがありません",
)
NO_EFFECT = Text(
    "{0}: accepted by the emulator without an implementation; not tested: {1}",
    "{0}: エミュレーターは受け付けますが動作しません。{1} は未検証です",
)
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
)
_TODAY = (
    NO_CLUSTER,
    EXTERNAL_PROVIDER,
    NO_EMULATOR,
    NO_POLICY_CHECK,
    SAME_QUEUE,
    NO_DEAD_LETTERS,
    NO_CONSUMER,
    NO_EFFECT,
)


def note_words(note: str, lang: Lang) -> str:
    """Return a note of the table of proofs in a language; one that is not known stays as it is."""
    for pattern, text in _patterns():
        found = pattern.fullmatch(note)
        if found:
            place, *values = found.groups()
            return f"{place or ''}{text.in_(lang).format(*values)}"
    return note


@cache
def _patterns() -> list[tuple[re.Pattern[str], Text]]:
    sentences = [*((text.en, text) for text in _TODAY), *_EARLIER]
    return [(re.compile(f"(\\S+: )?{_open(sentence)}"), text) for sentence, text in sentences]


def _open(sentence: str) -> str:
    return re.escape(sentence).replace(r"\{0\}", "(.+?)").replace(r"\{1\}", "(.+?)")
