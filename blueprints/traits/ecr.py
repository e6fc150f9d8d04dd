"""Image repositories of Amazon ECR."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="ecr",
    noun="Repository",
    used_by_all=True,
    interface_endpoints=("ecr.api", "ecr.dkr"),
    gateway_endpoint="s3",
    standing_cost=Text("Image repository: storage of the images", "イメージリポジトリ: イメージのストレージ"),
)
