"""What each program of a project does, in half a sentence."""

from collections.abc import Iterable

from advisor.text import EMPTY, Text
from blueprints.plan import Plan
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.project.programs.code import Code
from blueprints.project.programs.entry_point import LOOP

_DOING = {
    "items": Text("handles API requests for items{}", "{}項目に対する API リクエストを処理"),
    "summary": Text("aggregates all items", "全項目を集計"),
    "chat": Text("broadcasts messages to all connected clients", "接続中の全クライアントにメッセージを送信"),
}
_TO_OWNERS = Text(
    "sends each message to the connections of the user it belongs to; users receive only their own texts",
    "各メッセージを所有者の接続だけに送信（利用者が送ったテキストは本人の接続だけに送信）",
)
_ISSUES = Text(" and issues upload URLs", "し、アップロード用の URL を発行")
_SEARCHES = Text("stores and finds vectors for the callers of its API", "API の呼び出し元のベクトルを保存・検索")
_SEARCHES_TOO = Text(", and stores and finds vectors", "し、ベクトルを保存・検索")
_TURN = Text("runs its work every 60 seconds", "60 秒ごとに処理を実行")
_STARTED = Text("runs its work each time it is started", "起動のたびに処理を実行")
_STEP = Text('is a step of "{}"', "「{}」のステップを実行")
_EACH = {
    "work": Text('processes each message of "{}"', "「{}」のメッセージを 1 件ずつ処理"),
    "event": Text('processes each event of "{}"', "「{}」のイベントを 1 件ずつ処理"),
    "records": Text('processes each record of "{}"', "「{}」のレコードを 1 件ずつ処理"),
    "store": Text('processes each change of "{}"', "「{}」の変更を 1 件ずつ処理"),
}
_WEBHOOKS = Text("verifies webhooks", "Webhook の署名を検証")
_KEEPS, _FORWARDS = Text("stores them in {}", "{}に保存"), Text("publishes messages to {}", "{}にメッセージを発行")
_PUBLISHES = Text(" and publishes messages to {}", "し、メッセージを{}に発行")
_OF_STORE = Text(" of {}", "{}の")
_STORES = Text("stores the result in {}", "結果を{}に保存")
_SENDS = Text("publishes it to {}", "{}に発行")
_SENDS_RESULT = Text("publishes the result to {}", "結果を{}に発行")


def what_it_does(plan: Plan, code: Code) -> Text:
    """Return what a program does, with the names of what it works on."""
    if code.service != "work":
        doing = _TO_OWNERS if code.service == "chat" and code.own_only else _with_store(code, _DOING[code.service])
        if code.vectors is not None and not (code.can_read or code.can_create or code.uploads):
            return _SEARCHES
        further = [
            *([_ISSUES] if code.uploads is not None else []),
            *([_SEARCHES_TOO] if code.vectors is not None else []),
        ]
        doing = Text(doing.en + "".join(one.en for one in further), doing.ja + "".join(one.ja for one in further))
        if code.entry_point.webhook:
            return _with_results(plan, code, _WEBHOOKS, _KEEPS, _FORWARDS)
        return _with_results(plan, code, doing) if code.service == "summary" else _with_messages(plan, code, doing)
    return _with_results(plan, code, _task(plan, code))


def _with_store(code: Code, doing: Text) -> Text:
    """Return what a program does, with the data store whose items it serves, if it has one."""
    names = [code.primary.node.note] if code.primary is not None else [store.node.note for store in code.writes]
    of = Text(_OF_STORE.en.format(_listed(names).en), _OF_STORE.ja.format(_listed(names).ja)) if names else EMPTY
    return Text(doing.en.replace("{}", of.en), doing.ja.replace("{}", of.ja))


def _with_messages(plan: Plan, code: Code, doing: Text) -> Text:
    """Return what an API does, with the channels that it publishes to."""
    leaving = plan.architecture.leaving(code.plan.node.id, "publish")
    names = _listed(plan.node(edge.target).note for edge in leaving)
    if not leaving or code.service != "items":
        return doing
    return Text(doing.en + _PUBLISHES.en.format(names.en), doing.ja + _PUBLISHES.ja.format(names.ja))


def _with_results(plan: Plan, code: Code, task: Text, stores_it: Text = _STORES, sends_it: Text = _SENDS) -> Text:
    """Return what a program does, with where it stores and publishes the result."""
    leaving = plan.architecture.leaving(code.plan.node.id)
    stores = [plan.node(edge.target).note for edge in leaving if edge.verb in ("write", "read-write")]
    channels = [plan.node(edge.target).note for edge in leaving if edge.verb == "publish"]
    if sends_it is _SENDS and not stores:
        sends_it = _SENDS_RESULT
    parts = [task]
    parts += [
        Text(text.en.format(_listed(names).en), text.ja.format(_listed(names).ja))
        for text, names in ((stores_it, stores), (sends_it, channels))
        if names
    ]
    *first, last = parts
    return Text(
        f"{', '.join(one.en for one in first)} and {last.en}" if first else last.en, "、".join(one.ja for one in parts)
    )


def _task(plan: Plan, code: Code) -> Text:
    if code.entry_point.shell == LOOP:
        return _TURN
    subjects = {subject.id: (kind, subject) for kind, subject in plan.design.requirements.subjects()}
    machine = code.entry_point.workflow
    if machine is not None and machine.subject in subjects and machine.subject != code.plan.node.subject:
        title = subjects[machine.subject][1].name
        return Text(_STEP.en.format(title.en), _STEP.ja.format(title.ja))
    own = subjects.get(code.plan.node.subject)
    kind, target = subjects.get(str(own[1].answers.get("listens_to")), ("", None)) if own else ("", None)
    if target is None:
        return _STARTED
    kind = "store" if kind == "store" else str(target.answers.get("carries", "work"))
    title = subject_title(plan.architecture, target.id)
    return Text(_EACH[kind].en.format(title.en), _EACH[kind].ja.format(title.ja))


def _listed(names: Iterable[Text]) -> Text:
    quoted = [Text(f'"{name.en}"', f"「{name.ja}」") for name in dict.fromkeys(names)]
    return Text(" and ".join(one.en for one in quoted), "と".join(one.ja for one in quoted))
