"""How often and for how long a workflow asks another system whether it has finished."""

import math

from advisor.book import DatedBook
from advisor.sizing.sized import Sized, count, seconds
from advisor.text import Text

#: Events in the history of a Standard workflow for each check: the pause two, the invocation of the function five (scheduled,
#: started, succeeded, entered and exited), the choice two
#: (https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html, read 2026-12-01).
EVENTS = 9
#: The pause where the wait is long, until the number of checks decides: the number at which a short wait is divided, and the
#: most checks, which take a good third of the history.
_PAUSE_S, _SHORT_CHECKS, MOST_CHECKS = 10, 30, 1000
#: How long the other system may take if no answer says so: in a Standard workflow, and in an Express workflow of 5 minutes.
UNTOLD_S, UNTOLD_EXPRESS_S = 3600, 120
_HISTORY, _MOST_EVENTS = "sfn-history", 25000
_INTERVAL = Text(
    "In {within}, the workflow checks up to {checks} times. Each check adds {events} events to the execution history, which is limited to "
    "{most}.",
    "{within}の間に最大 {checks} 回確認します。実行履歴（最大{most}）には、確認 1 回につき {events} イベントが記録されます。",
)
_BILLED = Text(
    "In {within}, the workflow checks up to {checks} times. Each check is billed as duration and as one invocation of the function.",
    "{within}の間に最大 {checks} 回確認します。確認は、実行時間と関数の呼び出し 1 回として課金されます。",
)
_STATED = Text(
    "The other system has {within} to finish. After that, the check fails with the error OtherSystemNotDone, and the run is handled like "
    "any failed step.",
    "他システムの完了を待つ期限は{within}です。期限を過ぎると、確認はエラー OtherSystemNotDone で失敗し、実行はステップの失敗時と同様に扱われます。",
)
_UNTOLD = Text(
    "The other system has {within} to finish (assumed). After that, the check fails with the error OtherSystemNotDone, and the run is "
    "handled like any failed step.",
    "他システムの完了を待つ期限は{within}です（想定値）。期限を過ぎると、確認はエラー OtherSystemNotDone で失敗し、"
    "実行はステップの失敗時と同様に扱われます。",
)


def untold_s(*, express: bool) -> int:
    """Return how long the other system is assumed to take, in seconds."""
    return UNTOLD_EXPRESS_S if express else UNTOLD_S


def interval_s(within_s: int) -> int:
    """Return the pause between checks in seconds: of a short wait a part, of a long one what keeps the checks few."""
    return max(min(_PAUSE_S, math.ceil(within_s / _SHORT_CHECKS)), math.ceil(within_s / MOST_CHECKS))


def put_polling(sized: Sized, dated: DatedBook, within_s: int, *, stated: bool, express: bool = False) -> None:
    """Set the pause between the checks of another system, and the time that it has to finish, both in seconds."""
    pause = interval_s(within_s)
    most = count(dated.whole(_HISTORY, "count", _MOST_EVENTS))
    checking = _BILLED if express else _INTERVAL
    sized.put(
        "poll_interval_s", pause, unit="s", en=checking.en, ja=checking.ja, source=_HISTORY, within=seconds(within_s),
        checks=count(within_s // pause), events=count(EVENTS), most=Text(f"{most.en} events", f" {most.ja} イベント"),
    )  # fmt: skip
    ground = _STATED if stated else _UNTOLD
    sized.put("poll_within_s", within_s, unit="s", en=ground.en, ja=ground.ja, within=seconds(within_s))
