"""The effort of the layout engine, decided from the size of the graph before it starts.

Never from the clock: the same design gives the same bytes, however busy the machine is. The bounds are such that the
engine takes about 5 s at most where it tries hard and about 12 s where it does not (of a processor that needs 3.4 s for
69 items, 10 frames and 133 links); a hard try places nodes by a linear programme, which is what grows fastest.
"""

from typing import Literal

from renderers.layout.scene import Scene

Effort = Literal["hard", "light", "none"]
#: Most work (links times items and frames) of a hard and of a light try. The largest story has a fiftieth of the first.
HARD, LIGHT = 20_000, 400_000


def work(scene: Scene) -> int:
    """Return the size of a scene for the layout: its links times its items and frames."""
    return len(scene.links) * (len(scene.items) + len(scene.frames))


def effort(scene: Scene) -> Effort:
    """Return how hard the engine is to try; `none` is too large for it, and nobody could follow its lines either."""
    amount = work(scene)
    return "hard" if amount <= HARD else "light" if amount <= LIGHT else "none"
