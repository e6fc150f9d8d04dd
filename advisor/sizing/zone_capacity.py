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

_KEY = "desired_count"


def state_zone_capacity(sized: Sized, node: Node, needed: int | None, most: float, copy: Text) -> None:
    """Add to the reason for the minimum what remains of it.

    `needed` tasks run at peak load, None if no load is stated; a service can have `most` at the same time.
    """
    least = int(sized.settings.get(_KEY, number(node, _KEY, 2)))  # type: ignore[arg-type]
    ground: Ground | None = sized.grounds.get(_KEY, node.grounds.get(_KEY))
    if ground is None:
        return
    remains = _remaining(least, copy)
    full = _full_capacity(least // 2, needed, most, copy) if least else Text("", "")
    reason = Text(
        " ".join((ground.reason.en, remains.en, full.en)).strip(), "".join((ground.reason.ja, remains.ja, full.ja))
    )
    sized.settings[_KEY], sized.grounds[_KEY] = least, replace(ground, reason=reason)


def _remaining(least: int, copy: Text) -> Text:
    en, ja = copy.en, copy.ja.strip()
    if least < 2:
        return Text(
            f"If its zone fails, no {en} runs until another one has started in the other zone.",
            f"稼働先のゾーンに障害が発生すると、もう一方のゾーンで新しい{ja}が起動するまで停止します。",
        )
    left = least // 2
    return Text(
        f"If a zone fails, half of the evenly distributed {en}s continue ({left} of the minimum of {least}), until the others have "
        "been started again in the other zone.",
        f"ゾーンに障害が発生すると、均等に配置した{ja}の半数（最小数の {least} 個なら {left} 個）が動作を続け、"
        "残りはもう一方のゾーンで起動し直されます。",
    )


def _full_capacity(left: int, needed: int | None, most: float, copy: Text) -> Text:
    en, ja = copy.en, copy.ja.strip()
    if needed is None:
        return Text(
            f"To keep the full capacity meanwhile, set the minimum to twice the number of {en}s that your peak load needs.",
            f"その間も処理能力を維持するには、最小数をピーク負荷に必要な{ja}の数の 2 倍に設定してください。",
        )
    tasks = count(needed)
    if needed <= left:
        return Text(
            f"The peak load needs {tasks.en}, so these are sufficient.",
            f"ピーク負荷に必要な{ja}は {tasks.ja} 個のため、これで足ります。",
        )
    if 2 * needed > most:
        limit = count(most)
        return Text(
            f"The peak load needs {tasks.en} {en}s. A service can have {limit.en}, so half of them cannot carry this load.",
            f"ピーク負荷には{ja}が {tasks.ja} 個必要です。サービスの上限は {limit.ja} 個のため、その半数では処理しきれません。",
        )
    twice = count(2 * needed)
    return Text(
        f"The peak load needs {tasks.en} {en}s. To keep this capacity meanwhile, set the minimum to {twice.en}, and the maximum "
        "to at least as many.",
        f"ピーク負荷には{ja}が {tasks.ja} 個必要です。その間もこの処理能力を維持するには、最小数を {twice.ja}、最大数をそれ以上に"
        "設定してください。",
    )
