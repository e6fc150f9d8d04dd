"""The effort of the layout engine, decided from the size of the graph before it starts.

Never from the clock: the same design gives the same bytes, however busy the machine is. A hard try places nodes by a
linear programme, which is what grows fastest, and looks for fewer crossings more often: of 60 nodes with 84 links it takes
some five times as long as a light one, and the picture is no better.
"""

from typing import Literal

from renderers.layout.scene import Scene

Effort = Literal["hard", "light", "none"]
#: Most work (links times items and frames) of a hard and of a light try. The largest story has a quarter of the first.
HARD, LIGHT = 1_500, 400_000


def work(scene: Scene) -> int:
    """Return the size of a scene for the layout: its links times its items and frames."""
    return len(scene.links) * (len(scene.items) + len(scene.frames))


def effort(scene: Scene) -> Effort:
    """Return the effort of the layout engine; `none` if the graph is too large for it."""
    amount = work(scene)
    return "hard" if amount <= HARD else "light" if amount <= LIGHT else "none"
