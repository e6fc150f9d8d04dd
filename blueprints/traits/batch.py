"""AWS Batch: jobs in containers, on Fargate or on instances."""

from blueprints.traits import NamedResource, Traits

TRAITS = Traits(
    service="batch",
    compute="container",
    starts_hosts=True,
    placement="vpc",
    resources={
        "batch:SubmitJob": (NamedResource("job-definition-arn"), NamedResource("job-queue-arn")),
        # AWS knows no resource that this action could be confined to.
        "batch:DescribeJobs": (NamedResource("any"),),
        "batch:TerminateJob": (NamedResource("jobs-arn", "/*"),),
    },
    log_group=True,
    image_tag=True,
    emulated=False,
)
