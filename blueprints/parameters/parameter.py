"""Deployment parameters as records: one that is requested by name, and one per external node.

A parameter has a default where one value is right for most deployments. Every other has an example that is safe to print
(RFC 2606 names, documentation account ids): a deployment is refused until it names a value.
"""

from dataclasses import dataclass

from advisor.text import Text

#: An AWS account number for examples, as the documentation of AWS has it.
ACCOUNT = "111122223333"
MAILBOX = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
ROLE_ARN = r"^arn:aws[a-z-]*:iam::\d{12}:role/.+$"
ADDRESS_RANGE = r"^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter. `type` is that of CloudFormation; `node` is the node that it represents, if any.

    `default` is empty where a deployment has to name a value; `example` then shows one.
    """

    id: str
    type: str = "String"
    default: str = ""
    example: str = ""
    description: Text
    pattern: str | None = None
    values: tuple[str, ...] = ()
    node: str | None = None

    @property
    def likely(self) -> str:
        """A value of the right form: the default, or the example."""
        return self.default or self.example


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideParameter:
    """A parameter of an external node: its id is the name of the node with `suffix`."""

    suffix: str
    example: str
    description: Text
    pattern: str

    def of(self, name: str, node: str | None = None) -> Parameter:
        """Return the parameter of a node with this name; `node` if it represents the whole node."""
        return Parameter(
            id=f"{name}{self.suffix}",
            example=self.example,
            description=self.description,
            pattern=self.pattern,
            node=node,
        )
