"""The one line that lists the answers that change nothing."""

from collections.abc import Sequence

from advisor.decision import UnusedAnswer
from advisor.requirements import Requirements
from advisor.requirements.answers import WORKLOAD
from advisor.text import EMPTY, Text, spaced
from advisor.vocabulary.formats import clauses, listed

_WHOLE = Text("the workload", "ワークロード全体")
_LINE = Text(
    "Changing one of the following answers to another value changes no service, warning, setting or connection of this "
    "design: {listed}.",
    "次の回答を 1 つずつ他の値に変えて確認しましたが、この設計のサービス、警告、設定、接続は変わりませんでした: {listed}。",
)


def unused_line(requirements: Requirements, unused: Sequence[UnusedAnswer]) -> Text:
    """Return the text by subject; empty if every answer has an effect."""
    if not unused:
        return EMPTY
    names = {WORKLOAD: _WHOLE} | {subject.id: subject.name for _, subject in requirements.subjects()}
    by_subject: dict[str, list[Text]] = {}
    for answer in unused:
        by_subject.setdefault(answer.subject, []).append(answer.sentence)
    each = clauses([_named(names[id], said) for id, said in by_subject.items()])
    return spaced(Text(_LINE.en.replace("{listed}", each.en), _LINE.ja.replace("{listed}", each.ja)))


def _named(name: Text, said: Sequence[Text]) -> Text:
    row = listed(said)
    return Text(f"{name.en} ({row.en})", f"{name.ja}（{row.ja}）")
