"""Amazon MQ."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="amazon-mq",
    standing_cost=Text("Message broker: per hour", "メッセージブローカー: 時間課金"),
    emulated=False,
)
