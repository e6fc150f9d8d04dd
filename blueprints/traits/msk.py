"""Amazon MSK."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="msk",
    standing_cost=Text("Amazon MSK brokers: per hour", "Amazon MSK ブローカー: 時間課金"),
    emulated=False,
)
