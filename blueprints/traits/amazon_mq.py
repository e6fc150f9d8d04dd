"""Amazon MQ."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="amazon-mq",
    standing_cost=Text("Amazon MQ broker: per hour", "Amazon MQ ブローカー: 時間課金"),
    emulated=False,
)
