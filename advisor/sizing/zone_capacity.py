"""What runs after the failure of an Availability Zone, and how many tasks or pods keep the full capacity.

Both zones have a subnet of the service. ECS starts the tasks of a service evenly in them, as far as it can, and so does
Kubernetes with the topology spread constraint of a pod. What the zone takes along is started again in the other.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html (read 2026-11-28)
"""

from dataclasses import replace

from advisor.architecture import Ground, Node
from advisor.sizing.node_updates import number
from advisor.sizing.sized import Sized, count
from advisor.text import Text

_KEY, _MOST = "desired_count", "most_tasks"
#: Availability Zones with a subnet of the service.
ZONES = 2


def keep_zone_capacity(
    sized: Sized, node: Node, needed: int | None, most: float, copy: Text, *, waits: bool = False
) -> None:
    """Set the minimum so that what remains of it carries the peak, and say what remains.

    `needed` tasks run at peak load, None if no load is stated; a service can have `most` at the same time. `waits` says that
    the work waits in a queue meanwhile, so that nothing more has to run.
    """
    usual = int(sized.settings.get(_KEY, number(node, _KEY, 2)))  # type: ignore[arg-type]
    ground: Ground | None = sized.grounds.get(_KEY, node.grounds.get(_KEY))
    if ground is None:
        return
    carries = not waits and needed is not None and 2 * needed <= most
    least = max(usual, ZONES * needed) if carries and needed is not None and usual else usual
    remains = _remaining(least, copy)
    full = _full_capacity(least // ZONES, needed, copy, waits=waits, raised=least > usual) if least else Text("", "")
    # The reason for two is none for more.
    said = (Text("", "") if least > usual else ground.reason, remains, full)
    reason = Text(" ".join(one.en for one in said).strip(), "".join(one.ja for one in said))
    sized.settings[_KEY], sized.grounds[_KEY] = least, replace(ground, reason=reason)
    if _MOST in sized.grounds:
        _raise_most(sized, least)


def _raise_most(sized: Sized, least: int) -> None:
    """Set the maximum to the minimum, which is above what the load needs with both zones."""
    if int(str(sized.settings[_MOST])) < least:
        ground, tasks = sized.grounds[_MOST], count(least)
        said = Text(
            f" The maximum is raised to the minimum of {tasks.en}.",
            f"最小数に合わせて、最大数を {tasks.ja} 個に引き上げています。",
        )
        sized.settings[_MOST] = least
        sized.grounds[_MOST] = replace(ground, reason=Text(ground.reason.en + said.en, ground.reason.ja + said.ja))


def _remaining(least: int, copy: Text) -> Text:
    en, ja = copy.en, copy.ja.strip()
    if least < 2:
        return Text(
            f"If its zone fails, no {en} runs until another one has started in the other zone.",
            f"稼働先のゾーンに障害が発生すると、もう一方のゾーンで新しい{ja}が起動するまで停止します。",
        )
    left = least // 2
    return Text(
        f"If a zone fails, half of the evenly distributed {en}s continue ({left} of the minimum of {least}). The others are "
        "started again in the other zone.",
        f"ゾーンに障害が発生すると、均等に配置した{ja}の半数（最小数の {least} 個なら {left} 個）が動作を続け、"
        "停止した分はもう一方のゾーンで起動し直されます。",
    )


def _full_capacity(left: int, needed: int | None, copy: Text, *, waits: bool, raised: bool) -> Text:
    en, ja = copy.en, copy.ja.strip()
    if waits:
        return Text(
            "Until then, messages wait in the queue, so the minimum does not have to be higher.",
            "それまでメッセージはキューで待つため、最小数を増やす必要はありません。",
        )
    if needed is None:
        return Text(
            f"To keep the full capacity during a zone failure, set the minimum to twice the number of {en}s that your peak load needs.",
            f"ゾーンの障害中も処理能力を維持するには、最小数をピーク負荷に必要な{ja}の数の 2 倍に設定してください。",
        )
    tasks = count(needed)
    if raised:
        return Text(
            f"The peak load needs {tasks.en} {en}{'' if needed == 1 else 's'}, so the minimum is twice as many at any load. If "
            "less capacity is acceptable until the others have been started again, reduce the minimum.",
            f"ピーク負荷に必要な{ja}は {tasks.ja} 個のため、負荷にかかわらずその 2 倍を最小数とします。ゾーンの障害後に再起動が終わるまで、処理能力の"
            "低下を許容できる場合は、最小数を減らしてください。",
        )
    if needed <= left:
        return Text(
            f"The peak load needs {tasks.en}, so the remaining {en}s are sufficient.",
            f"ピーク負荷に必要な{ja}は {tasks.ja} 個のため、残った{ja}で処理できます。",
        )
    return Text(
        f"The peak load needs {tasks.en} {en}s. Twice as many exceed the maximum of a service, so half of the {en}s cannot process this load.",
        f"ピーク負荷には{ja}が {tasks.ja} 個必要です。その 2 倍はサービスの上限を超えるため、半数では処理しきれません。",
    )
