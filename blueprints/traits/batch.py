"""AWS Batch: jobs in containers, on Fargate or on instances."""

from blueprints.traits import Traits

TRAITS = Traits(service="batch", compute="container", starts_hosts=True, placement="vpc")
