"""Types for traits: the category of a service, its network location, and its retained resources."""

from dataclasses import dataclass
from typing import Literal

from advisor.text import Text

#: What a service runs programs as; empty for a service that runs none.
Compute = Literal["", "function", "container"]
#: As what a state of a state machine runs it: an invocation, a task of ECS, a job of Batch.
TaskState = Literal["", "function", "task", "job"]
LoadBalancer = Literal["", "application", "network"]
#: Who says which origin may call an API from a browser: the API itself, or for the most part the work behind it.
Cors = Literal["", "api", "handlers"]
#: Callers: users of a user pool, users of an existing OIDC provider, or holders of AWS credentials.
Identity = Literal["", "user-pool", "provider", "credentials"]
#: Who puts what failed into a dead-letter queue: the role of the service itself, or of the functions that read from it, or a
#: rule on the events of the service.
DeadLetterSender = Literal["", "itself", "reader", "rule"]
#: Where a service stands: in AWS's own network, in the VPC, or there too and reached from the VPC by an endpoint of its own.
Placement = Literal["aws", "vpc", "vpc-endpoint"]


@dataclass(frozen=True, slots=True)
class Port:
    """A port that a service is reached by."""

    number: int
    protocol: str = "tcp"


ITSELF = Text("{0}", "{0}")


@dataclass(frozen=True, slots=True)
class NamedResource:
    """A resource of an IAM action: an attribute of the node, its suffix, and its name.

    In the words, `{0}` is the node and `{1}` its part by its name alone. `of_user`: what is appended is the name of the program's role in the database.
    """

    attribute: str
    suffix: str = ""
    words: Text = ITSELF
    of_user: bool = False


@dataclass(frozen=True, slots=True)
class Retained:
    """A resource that is retained when the stack is deleted, and the command that deletes it.

    `output` ends the name of the stack's output that names it; `{output}` in the command is that output.
    """

    what: Text
    output: str
    command: str


@dataclass(frozen=True, slots=True)
class ClusterCosts:
    """Standing costs of a cluster: its control plane, and the KMS key of its secrets."""

    control_plane: Text
    key: Text
