"""What each program of a project does, in half a sentence."""

from collections.abc import Iterable, Sequence

from advisor.architecture import Node
from advisor.architecture.passing import WRITING
from advisor.text import EMPTY, Text
from advisor.vocabulary.formats import listed
from blueprints.plan import Plan
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import LOOP, SOCKET
from blueprints.traits import s3, traits_of

_DOING = {
    "items": Text("handles API requests for items{}", "{}項目に対する API リクエストを処理"),
    "summary": Text("aggregates all items", "全項目を集計"),
    "chat": Text("broadcasts messages to all connected clients", "接続中の全クライアントにメッセージを送信"),
}
_TO_OWNERS = Text(
    "sends each message to the connections of the user it belongs to; users receive only their own texts",
    "各メッセージを所有者の接続だけに送信（利用者が送ったテキストは本人の接続だけに送信）",
)
_ISSUES = Text("issues upload URLs", "し、アップロード用の URL を発行")
_SEARCHES = Text("stores and finds vectors for the callers of its API", "API の呼び出し元のベクトルを保存・検索")
_SEARCHES_TOO = Text("stores and finds vectors", "し、ベクトルを保存・検索")
_TURN = Text("does its work every 60 seconds", "60 秒ごとに処理を実行")
_STARTED = Text("does its work each time it is started", "起動のたびに処理を実行")
_CONNECTIONS = Text("accepts TCP connections and UDP datagrams", "TCP 接続と UDP データグラムを受信")
_STEP = Text('is a step of "{}"', "「{}」のステップを実行")
_EACH = {
    "work": Text('processes each message of "{}"', "「{}」のメッセージを 1 件ずつ処理"),
    "event": Text('processes each event of "{}"', "「{}」のイベントを 1 件ずつ処理"),
    "records": Text('processes each record of "{}"', "「{}」のレコードを 1 件ずつ処理"),
    "store": Text('processes each change of "{}"', "「{}」の変更を 1 件ずつ処理"),
    "objects": Text('processes each new object in "{}"', "「{}」の新しいオブジェクトを 1 件ずつ処理"),
}
_WEBHOOKS = Text("verifies webhooks", "Webhook の署名を検証")
_KEEPS, _FORWARDS = Text("stores them in {}", "{}に保存"), Text("publishes messages to {}", "{}にメッセージを発行")
_PUBLISHES = Text("publishes messages to {}", "し、メッセージを{}に発行")
_OF_STORE = Text(" of {}", "{}の")
_STORES = Text("stores the result in {}", "結果を{}に保存")
_SENDS = Text("publishes it to {}", "{}に発行")
_SENDS_RESULT = Text("publishes the result to {}", "結果を{}に発行")
#: Words on messages that go to queues: nothing is published to a queue.
_TO_QUEUES = {
    _FORWARDS: Text("sends messages to {}", "{}にメッセージを送信"),
    _PUBLISHES: Text("sends messages to {}", "し、メッセージを{}に送信"),
    _SENDS: Text("sends it to {}", "{}に送信"),
    _SENDS_RESULT: Text("sends the result to {}", "結果を{}に送信"),
}


def what_it_does(plan: Plan, code: Code) -> Text:
    """Return what a program does, with the names of what it works on."""
    if code.service != "work":
        doing = (
            _TO_OWNERS if code.service == "chat" and code.own_only else _with_store(plan, code, _DOING[code.service])
        )
        if code.vectors is not None and not (code.can_read or code.can_create or code.uploads):
            return _SEARCHES
        if code.entry_point.webhook:
            return _with_results(plan, code, _WEBHOOKS, _KEEPS, _FORWARDS)
        if code.service == "summary":
            return _with_results(plan, code, doing)
        further = [
            *([_ISSUES] if code.uploads is not None else []),
            *([_SEARCHES_TOO] if code.vectors is not None else []),
            *([_messages(plan, code)] if code.service == "items" else []),
        ]
        said = [doing, *(one for one in further if one != EMPTY)]
        return Text(listed(said).en, "".join(one.ja for one in said))
    return _with_results(plan, code, _task(plan, code))


def _with_store(plan: Plan, code: Code, doing: Text) -> Text:
    """Return what a program does, with the data store whose items it serves, if it has one."""
    stores = [code.primary] if code.primary is not None else code.writes
    names = [_data_of(plan, store.node) for store in stores]
    of = Text(_OF_STORE.en.format(_listed(names).en), _OF_STORE.ja.format(_listed(names).ja)) if names else EMPTY
    return Text(doing.en.replace("{}", of.en), doing.ja.replace("{}", of.ja))


def _data_of(plan: Plan, node: Node) -> Text:
    """Return the title of the data behind a node: a proxy has a note of its own."""
    return subject_title(plan.architecture, node.subject) if node.role == "proxy" else node.note


def _messages(plan: Plan, code: Code) -> Text:
    """Return what an API does with messages: to which channels it sends or publishes them."""
    targets = [edge.target for edge in plan.architecture.leaving(code.plan.node.id, "publish")]
    return _sent(plan, _PUBLISHES, targets)


def _sent(plan: Plan, words: Text, targets: Sequence[str]) -> Text:
    """Return words on messages to channels, or other words if all of them are queues; empty without channels."""
    if not targets:
        return EMPTY
    queues = all(traits_of(plan.node(target).service).queue for target in targets)
    said, names = _TO_QUEUES[words] if queues else words, _listed(plan.node(target).note for target in targets)
    return Text(said.en.format(names.en), said.ja.format(names.ja))


def _with_results(plan: Plan, code: Code, task: Text, stores_it: Text = _STORES, sends_it: Text = _SENDS) -> Text:
    """Return what a program does, with where it stores and publishes the result."""
    leaving = plan.architecture.leaving(code.plan.node.id)
    stores = [_data_of(plan, plan.node(edge.target)) for edge in leaving if edge.verb in WRITING]
    channels = [edge.target for edge in leaving if edge.verb == "publish"]
    kept = _listed(stores)
    if sends_it is _SENDS and not stores:
        sends_it = _SENDS_RESULT
    parts = [task]
    parts += [Text(stores_it.en.format(kept.en), stores_it.ja.format(kept.ja))] if stores else []
    parts += [_sent(plan, sends_it, channels)] if channels else []
    *first, last = parts
    return Text(
        f"{', '.join(one.en for one in first)} and {last.en}" if first else last.en, "、".join(one.ja for one in parts)
    )


def _task(plan: Plan, code: Code) -> Text:
    if code.entry_point.shell == LOOP:
        return _TURN
    if code.entry_point.shell == SOCKET:
        return _CONNECTIONS
    subjects = {subject.id: (kind, subject) for kind, subject in plan.design.requirements.subjects()}
    machine = code.entry_point.workflow
    if machine is not None and machine.subject in subjects and machine.subject != code.plan.node.subject:
        title = subjects[machine.subject][1].name
        return Text(_STEP.en.format(title.en), _STEP.ja.format(title.ja))
    own = subjects.get(code.plan.node.subject)
    kind, target = subjects.get(str(own[1].answers.get("listens_to")), ("", None)) if own else ("", None)
    if target is None:
        return _STARTED
    kind = _kind_of_store(plan, target.id) if kind == "store" else str(target.answers.get("carries", "work"))
    title = subject_title(plan.architecture, target.id)
    return Text(_EACH[kind].en.format(title.en), _EACH[kind].ja.format(title.ja))


def _kind_of_store(plan: Plan, store: str) -> str:
    """Return whether a store that starts a program does so by new objects or by changes of items."""
    nodes = (node for node in plan.architecture.nodes if node.subject == store and node.role == "store")
    return "objects" if any(node.service == s3.TRAITS.service for node in nodes) else "store"


def _listed(names: Iterable[Text]) -> Text:
    quoted = [Text(f'"{name.en}"', f"「{name.ja}」") for name in dict.fromkeys(names)]
    return Text(" and ".join(one.en for one in quoted), "と".join(one.ja for one in quoted))
