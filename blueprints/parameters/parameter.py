"""Parameters of a deployment, as records: one that is asked for by name, and one that each node outside asks for.

Defaults are examples that are safe to print (RFC 2606 names, documentation account ids) and that AWS or the recipient
refuses, so a deployment that was not filled in sends nothing to anybody.
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
    """One parameter. `type` is CloudFormation's; `node` the node that it stands for, where there is one."""

    id: str
    type: str = "String"
    default: str
    description: Text
    pattern: str | None = None
    values: tuple[str, ...] = ()
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideParameter:
    """A parameter that a node outside asks for: its id is the node's name with `suffix`."""

    suffix: str
    default: str
    description: Text
    pattern: str

    def of(self, name: str, node: str | None = None) -> Parameter:
        """Return the parameter for a node of this name; `node` where it stands for the node as a whole."""
        return Parameter(
            id=f"{name}{self.suffix}",
            default=self.default,
            description=self.description,
            pattern=self.pattern,
            node=node,
        )
