"""Read back what a project makes: a template becomes a stack in one form, and the graph that it was made from.

`read` takes a template as CloudFormation gets it, `normal` brings it into the form in which stacks are compared, and
`differences` says in what two of them differ. So that the targets of a design are proven equal, and not assumed to be.
"""

from prove.readback.compare import Difference, differences
from prove.readback.normal import normal
from prove.readback.stack import Stack, read

__all__ = ["Difference", "Stack", "differences", "normal", "read"]
