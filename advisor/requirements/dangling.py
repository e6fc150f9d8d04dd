"""Parts that nothing uses: a consumer without a channel, a store that no component uses, a channel without a consumer.

They are allowed while requirements are entered. Each comes with the links that would connect it to another part.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.starts import start_of
from advisor.text import Text

_TAKES = frozenset(("message", "stream"))
_HEARS = frozenset(("message", "stream", "event"))
#: How many links are offered at most for one part.
MOST_LINKS = 4
#: How stores are accessed that clients can upload files to; a store of large items is one without being called so.
_UPLOADED_TO = ("objects", None)
#: What a part is that nothing uses, in a sentence about it.
SENTENCES = {
    "consumer": Text(
        "The component consumes messages or records, but no channel is linked to it, so it receives "
        "nothing from this workload.",
        "このコンポーネントはメッセージやレコードを受け取りますが、接続するチャネルがないため、このワーク"
        "ロードからは何も受け取りません。",
    ),
    "channel": Text(
        "This channel has no consumer: no component listens to it, and it has no external destination.",
        "このチャネルにはコンシューマーがありません。受信するコンポーネントも外部の宛先もありません。",
    ),
    "store": Text(
        "No component reads or writes this store.",
        "このストアを読み書きするコンポーネントがありません。",
    ),
    "caller": Text(
        "This site calls no other part, although the workload has an API. Connect it, or confirm that it needs none.",
        "このサイトはどの要素も呼び出していませんが、ワークロードには API があります。接続するか、接続が不要であることを確認してください。",
    ),
    "idle": Text(
        "This component reads and writes nothing, and it sends nothing to another part. Connect what it works on, or confirm "
        "that this lies outside the workload.",
        "このコンポーネントはデータを読み書きせず、他の要素への送信もありません。処理の対象に接続するか、対象がワークロードの外にあることを"
        "確認してください。",
    ),
    "uploads": Text(
        "Clients upload files directly (direct_uploads), but the component writes to no store of objects, so there is "
        "nowhere to upload to. Name such a store under writes.",
        "クライアントがファイルを直接アップロードしますが（direct_uploads）、コンポーネントが書き込むオブジェクトのストアがないため、"
        "アップロード先がありません。writes にそのストアを指定してください。",
    ),
}


class Link(NamedTuple):
    """An answer that would connect a part: the component that gets it, its questions, and the part that they then name."""

    component: str
    fields: tuple[str, ...]
    target: str


class Dangling(NamedTuple):
    """A part that nothing uses, its kind, and the links that would connect it."""

    subject: str
    kind: Literal["consumer", "channel", "store", "uploads", "caller", "idle"]
    links: tuple[Link, ...]

    @property
    def sentence(self) -> Text:
        """The missing link."""
        return SENTENCES[self.kind]


def dangling(answers: Answers) -> tuple[Dangling, ...]:
    """Return the parts of a workload that nothing uses, each once, in the order of its parts."""
    return tuple(_dangling(answers))


def _dangling(answers: Answers) -> Iterator[Dangling]:
    components = [*answers.of_kind("component")]
    for component in components:
        if _is_unfed(answers, component):
            channels = sorted(answers.of_kind("channel"), key=lambda channel: not _is_unread(answers, channel))
            yield Dangling(
                component.id, "consumer", _first(Link(component.id, ("listens_to",), c.id) for c in channels)
            )
        elif _issues_uploads(component) and not any(_takes_uploads(s) for s in _written(answers, component)):
            stores = (store for store in answers.of_kind("store") if _takes_uploads(store))
            yield Dangling(component.id, "uploads", _first(Link(component.id, ("writes",), s.id) for s in stores))
    for channel in answers.of_kind("channel"):
        if _is_unread(answers, channel):
            able = [c.id for c in components if "listens_to" not in c.answers and _can_hear(answers, c)]
            yield Dangling(channel.id, "channel", _first(Link(id, ("listens_to",), channel.id) for id in able))
    for store in answers.of_kind("store"):
        if not any(component.names(store.id) for component in components):
            yield Dangling(store.id, "store", _first(Link(c.id, ("reads", "writes"), store.id) for c in components))


def _first(links: Iterator[Link]) -> tuple[Link, ...]:
    return tuple(link for link, _ in zip(links, range(MOST_LINKS), strict=False))


def _issues_uploads(component: AnsweredSubject) -> bool:
    return bool(component.answers.get("direct_uploads")) and component.answers.get("protocol", "http") == "http"


def _written(answers: Answers, component: AnsweredSubject) -> Iterator[AnsweredSubject]:
    return (answers.subjects[id] for id in component.answers.get("writes", ()))


def _takes_uploads(store: AnsweredSubject) -> bool:
    return store.answers.get("access") in _UPLOADED_TO


def _is_unfed(answers: Answers, component: AnsweredSubject) -> bool:
    return "listens_to" not in component.answers and not _TAKES.isdisjoint(start_of(answers, component).trigger)


def _can_hear(answers: Answers, component: AnsweredSubject) -> bool:
    start = start_of(answers, component)
    return start.unknown or not _HEARS.isdisjoint(start.trigger)


def _is_unread(answers: Answers, channel: AnsweredSubject) -> bool:
    """Return whether a channel has no known consumers, including counted ones and those of other teams."""
    stated = channel.answers
    outside = stated.get("destinations") or stated.get("fan_out") or stated.get("other_teams")
    return not outside and all(c.answers.get("listens_to") != channel.id for c in answers.of_kind("component"))
