"""Read back the templates of a project, to compare them with each other and with the graph.

`read` parses a template as CloudFormation gets it, `normal` returns the normal form in which stacks are compared, and
`differences` yields the differences between two stacks. So the targets of a design are proven equal.
"""

from prove.readback.compare import Difference, differences
from prove.readback.normal import normal
from prove.readback.stack import Stack, read

__all__ = ["Difference", "Stack", "differences", "normal", "read"]
