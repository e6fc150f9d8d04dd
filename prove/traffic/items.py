"""Maps: every item is handed to the work once, be it an object of a bucket or a part with a number."""

import re

from advisor.architecture import Edge
from blueprints.traits import step_functions_distributed_map
from prove.traffic import messages, stores
from prove.traffic.scene import Scene

OBJECTS = 3


def mapped(scene: Scene, workflow: str) -> bool:
    """Whether a workflow goes over items."""
    return any(state.kind == "map" for state in scene.node(workflow).states)


def distributed(scene: Scene, workflow: str) -> bool:
    """Whether a workflow starts executions of its own for items."""
    return scene.node(workflow).service == step_functions_distributed_map.DISTRIBUTED


def seed(scene: Scene, workflow: str) -> None:
    """Put objects into the bucket whose objects are the items."""
    bucket = step_functions_distributed_map.bucket_of(scene.architecture, scene.node(workflow))
    for _ in range(OBJECTS - 1) if bucket else ():
        mark = scene.mark()
        stores.put_item(scene, str(bucket), {"id": mark, "name": mark})


def done(scene: Scene, run: Edge) -> None:
    """See that there is a result of every item in each store that the work writes."""
    workflow = scene.node(run.source)
    over_objects = step_functions_distributed_map.bucket_of(scene.architecture, workflow)
    many = OBJECTS if over_objects else int(str(workflow.settings["parallel_items"]))
    for kept in scene.architecture.leaving(run.target):
        if kept.verb in messages.KEPT and scene.node(kept.target).service in stores.READABLE:
            got = scene.until(lambda e=kept: (found := _numbers(scene, e)) == set(range(many)) and found)  # type: ignore[misc]
            scene.check(kept, bool(got), f"each of {many} items has its result in the store", _numbers(scene, kept))


def _numbers(scene: Scene, kept: Edge) -> set[int]:
    """Return the numbers of the items whose results are in a store: in a table a number is spelled with its type."""
    texts = stores.contents(scene, kept.target)
    return {int(found[1]) for text in texts if (found := re.search(r'"index": ?(?:\{"N": ")?(\d+)', text))}
