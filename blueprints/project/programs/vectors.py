"""The vector index that a program uses for its callers: its environment variables, and the limits of a request."""

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.architecture import Edge, Node
from blueprints.plan.environment import variable_name
from blueprints.traits import s3_vectors


@dataclass(frozen=True, slots=True)
class Vectors:
    """The index in which a program keeps and finds vectors of its callers.

    `variable` and `dimension` are the environment variables with the ARN of the index and with its number of dimensions.
    """

    subject: str
    variable: str
    dimension: str
    verbs: frozenset[str]
    most_results: int = s3_vectors.MOST_RESULTS
    results: int = s3_vectors.RESULTS
    largest_content: int = s3_vectors.LARGEST_CONTENT
    longest_id: int = s3_vectors.LONGEST_ID
    owner: str = s3_vectors.OWNER
    content: str = s3_vectors.CONTENT

    @property
    def reads(self) -> bool:
        """Whether callers query vectors and read them."""
        return "read" in self.verbs

    @property
    def writes(self) -> bool:
        """Whether callers store vectors."""
        return "write" in self.verbs

    @property
    def removes(self) -> bool:
        """Whether callers delete vectors."""
        return self.reads and self.writes


def vectors_of(reached: Iterable[tuple[Edge, Node]]) -> Vectors | None:
    """Return the vector index that a program uses, or None; one that uses several is refused before."""
    found = [(edge, node) for edge, node in reached if edge.verb in s3_vectors.VERBS and s3_vectors.holds_vectors(node)]
    if not found:
        return None
    node = found[0][1]
    verbs = frozenset(word for edge, one in found if one == node for word in edge.verb.split("-"))
    variable, dimension = (variable_name(node.subject, suffix) for suffix in ("INDEX_ARN", "DIMENSION"))
    return Vectors(node.subject, variable, dimension, verbs)
