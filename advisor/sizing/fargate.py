"""The pairs of CPU and memory that a Fargate task can have.

Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (read 2026-11-25); the pairs
of 32 vCPU from the fact `fargate-max-size`. How large a pair may be on a day is said by the book.
"""

import math
from collections.abc import Iterator

from advisor.book import DatedBook

PAIRS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (256, (512, 1024, 2048)),
    (512, tuple(range(1024, 4097, 1024))),
    (1024, tuple(range(2048, 8193, 1024))),
    (2048, tuple(range(4096, 16385, 1024))),
    (4096, tuple(range(8192, 30721, 1024))),
    (8192, tuple(range(16384, 61441, 4096))),
    (16384, tuple(range(32768, 122881, 8192))),
    (32768, (61440, 122880, 249856)),
)
WINDOWS_UNITS = (1024, 2048, 4096)  # fact fargate-windows-limits
MOST = {
    "fargate": ("fargate-vcpu-max", "fargate-memory-max"),
    "eks-fargate": ("eks-fargate-vcpu-max", "eks-fargate-memory-max"),
}


def pairs(dated: DatedBook, engine: str, system: str) -> Iterator[tuple[int, int]]:
    """Yield the pairs (CPU units, MiB) that an engine offers an operating system, the smallest first."""
    facts = MOST.get(engine, MOST["fargate"])
    vcpu, memory = dated.most(facts[0], "vcpu"), dated.most(facts[1], "MiB")
    for units, sizes in PAIRS:
        if units > vcpu * 1024 or (system == "windows" and units not in WINDOWS_UNITS):
            continue
        yield from ((units, size) for size in sizes if size <= memory)


def task_size(vcpu: float, memory_mib: float, dated: DatedBook, engine: str, system: str) -> tuple[int, int]:
    """Return the smallest pair that holds the work.

    Where none does: the largest on Fargate, and what the work takes itself where instances are chosen.
    """
    offered = list(pairs(dated, engine, system))
    for units, size in offered:
        if units >= vcpu * 1024 and size >= memory_mib:
            return units, size
    if engine in MOST:
        return offered[-1]
    return math.ceil(vcpu * 1024), math.ceil(memory_mib)
