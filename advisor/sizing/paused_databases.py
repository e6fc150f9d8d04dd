"""Stores that pause at zero capacity: whether callers can wait until one resumes, and time for work to outlast it."""

import math

from advisor.architecture import Edge, Node
from advisor.sizing.compute_settings import longest_function_s
from advisor.sizing.node_updates import NodeUpdates, number, variant
from advisor.sizing.sized import Sized, count, seconds
from advisor.text import ASSUMED, EMPTY

PAUSING = "aurora-serverless"
SEARCHING = "opensearch-serverless"
VERBS = ("read", "write", "read-write")
RESUME, LONG_RESUME, SEARCH_RESUME = "aurora-sv2-resume", "aurora-sv2-long-resume", "aoss-resume"
#: Service -> the fact that states how long its first request after a pause takes.
RESUMES = {PAUSING: RESUME, SEARCHING: SEARCH_RESUME}
#: A program asks at intervals whether the database is awake, so it waits for longer than a resume takes.
SPARE = 1.4
LONG_SPARE = 1.5
LEAST_AWAKE_ACU = 0.5
_IDLE_DEMAND = "must.nothing-while-idle"


def keep_awake(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Disable pausing of a database whose resume time exceeds the response time.

    If no charges are allowed while idle, it still pauses, and the time of the caller is what does not fit.
    """
    known = updates.facts_of(target).values
    if target.service == PAUSING and edge.verb == "pool":
        updates.change(target, _pooled())
        return
    if target.service != PAUSING or edge.verb not in VERBS or known.get(_IDLE_DEMAND):
        return
    if known.get("always_awake"):
        updates.change(target, _awake(updates))
        return
    fronts = [e for e in updates.edges if e.verb == "invoke" and e.target == source.id]
    answer = updates.facts_of(source).values.get("response_s") if fronts else None
    if answer is None or float(answer) >= _resume_s(updates, RESUME, SPARE):
        return
    given = ASSUMED if "response_s" in updates.facts_of(source).assumed else EMPTY
    sized = Sized()
    sized.put(
        "least_capacity_acu", LEAST_AWAKE_ACU, unit="count",
        en=(
            "A response is required within {answer}" + given.en + ". With a minimum of 0 ACUs, the database pauses "
            "automatically, and resuming takes about {resume}."),
        ja=(
            "{answer}" + given.ja + "以内の応答が必要です。最小キャパシティーが 0 ACU の場合、データベースは自動的に一"
            "時停止し、再開に約{resume}かかります。"),
        source=RESUME, answer=seconds(float(answer)), resume=seconds(updates.dated.whole(RESUME, "s", 15)),
    )  # fmt: skip
    updates.change(target, sized)


def pause_search(updates: NodeUpdates, edge: Edge, _source: Node, target: Node) -> None:
    """Let a search collection scale to zero if no charges are allowed while idle."""
    if target.service != SEARCHING or edge.verb not in VERBS or not updates.facts_of(target).values.get(_IDLE_DEMAND):
        return
    sized = Sized()
    sized.put(
        "least_capacity_ocu", 0, unit="count",
        en=(
            "There must be no charges while idle. A collection group of the next generation scales to 0 after 10 minutes "
            "without requests, and the first request then takes up to {resume}."),
        ja=(
            "アイドル時に料金がかからないことが必須です。次世代版のコレクショングループは、リクエストのない状態が 10 分続くと "
            "0 に縮小し、その後の最初のリクエストには最長{resume}かかります。"),
        source=SEARCH_RESUME, resume=seconds(updates.dated.whole(SEARCH_RESUME, "s", 30)),
    )  # fmt: skip
    updates.change(target, sized)


def _awake(updates: NodeUpdates) -> Sized:
    """Return the minimum capacity of a database for which no query is allowed to wait."""
    sized = Sized()
    sized.put(
        "least_capacity_acu", LEAST_AWAKE_ACU, unit="count",
        en="No query may wait after an idle period. At 0, the database pauses, and resuming takes about {resume}.",
        ja="アイドル後にクエリを待たせないことが必要です。0 では一時停止し、再開に約{resume}かかります。",
        source=RESUME, resume=seconds(updates.dated.whole(RESUME, "s", 15)),
    )  # fmt: skip
    return sized


def _pooled() -> Sized:
    """Return the minimum capacity of a database behind a proxy, which never pauses."""
    sized = Sized()
    sized.put(
        "least_capacity_acu", LEAST_AWAKE_ACU, unit="count",
        en="RDS Proxy keeps connections to the database open, so the database would not pause at a minimum of 0 either.",
        ja="RDS Proxy がデータベースへの接続を開いたままにするため、最小値を 0 にしても一時停止しません。",
        source=RESUME,
    )  # fmt: skip
    return sized


def outlast_resume(updates: NodeUpdates, edge: Edge, source: Node, target: Node) -> None:
    """Extend the timeout of an asynchronous function beyond the longest resume time of a database."""
    fronted = any(e.verb == "invoke" and e.target == source.id for e in updates.edges)
    paused = target.service == PAUSING and number(target, "least_capacity_acu") == 0
    if not paused or edge.verb not in VERBS or fronted or not source.service.startswith("lambda"):
        return
    fact = longest_function_s(variant(source))
    resume, most = _resume_s(updates, LONG_RESUME, LONG_SPARE), updates.dated.whole(fact, "s", 900)
    longest = math.ceil(float(updates.facts_of(source).values["longest_run_s"]))
    batch = int(number(source, "batch_size", 1))
    needed = min(most, batch * longest + resume)
    if needed <= number(source, "timeout_s"):
        return
    sized = Sized()
    sized.put(
        "timeout_s", needed, unit="s",
        en=(
            "{resume} to resume a database that was paused for more than a day ({least} or longer according to AWS, plus a reserve), and {batch} × "
            "{longest} of processing time."),
        ja=(
            "1 日を超えて一時停止したデータベースの再開を待つ{resume}（AWS の目安は{least}以上で、余裕を加えた値）に、処理時間（{longest} × "
            "{batch} 件）を加えた値です。"),
        source=LONG_RESUME, resume=seconds(resume), least=seconds(_resume_s(updates, LONG_RESUME, 1.0)), batch=count(batch), longest=seconds(longest),
    )  # fmt: skip
    updates.change(source, sized)


def _resume_s(updates: NodeUpdates, fact: str, spare: float) -> int:
    return math.ceil(updates.dated.whole(fact, "s", 15) * spare)
