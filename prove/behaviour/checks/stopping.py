"""A container finishes its current work within the stop timeout of its platform.

ECS sends SIGTERM, and SIGKILL after `StopTimeout`, at most 120 s where AWS manages the hosts; work that takes longer is cut
there, and taken up again by who started it:
<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html> (2026-11-27). Kubernetes counts
the hook `preStop` in `terminationGracePeriodSeconds`:
<https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination> (2026-11-27).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.health_checks import answers_checks
from prove.behaviour.stopping import Stop, given_up, kind_of, programs, stopped

MOST_S = 120
ECS_DEFAULT_S, KUBERNETES_DEFAULT_S = 30, 30
_DEPLOYMENT = "Deployment"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Stop every program of a container, and compare the time that it gets with the longest run that was stated."""
    for folder in programs(evidence.folder):
        place = str(folder.relative_to(evidence.folder))
        yield from _graceful(place, stopped(folder))
        if kind_of(folder) == "worker":
            yield from _given_up(place, given_up(folder))
        if kind_of(folder) == "server" and not _on_lambda(folder) and not answers_checks(folder):
            yield Problem("busy-unhealthy", place, "It answers no health check while all its threads work on requests.")
    longest = _longest_runs(evidence)
    for resource in evidence.stack.of_type("AWS::ECS::TaskDefinition"):
        component = resource.owner.node.partition(".")[0]
        own_hosts = "EC2" in resource.properties.get("RequiresCompatibilities", ())
        for container in resource.properties["ContainerDefinitions"]:
            given = int(container.get("StopTimeout", ECS_DEFAULT_S))
            wanted = longest.get(component, 0.0)
            yield from _enough(resource.id, given, wanted if own_hosts else min(wanted, MOST_S))
    yield from _pods(evidence, longest)


def _on_lambda(folder: Path) -> bool:
    """Return whether the Lambda Web Adapter passes requests on: one at a time, and it asks for the health before the first only."""
    return "aws-lambda-adapter" in (folder / "Dockerfile").read_text("utf-8")


def _graceful(place: str, stop: Stop) -> Iterator[Problem]:
    if not stop.before:
        yield Problem("not-started", place, f"It began no work: {stop.output}")
        return
    if not stop.ended or stop.answered is False:
        what = "dropped a request" if stop.answered is False else "left its work undone"
        yield Problem(
            "cut-off",
            place,
            f"Told to stop, it {what} that took {stop.hold_s:g} s: it ended after {stop.took_s:.1f} s.",
        )
    if stop.begun and stop.kind != "server":
        yield Problem("begins-more", place, f"Told to stop, it began {stop.begun} more pieces of work.")
    if stop.code is None:
        yield Problem("stays", place, f"Told to stop, it was still running after {stop.took_s:.0f} s.")
    if stop.kind == "worker" and "deleted 1" in stop.reports[: stop.reports.index("ends") if stop.ended else None]:
        yield Problem(
            "deleted-early", place, "It deletes a message before its work has ended, and loses it with an error."
        )
    if stop.kind == "worker" and stop.ended:
        lost = {"deleted 1", "returned 2", "returned 3"} - set(stop.reports)
        if lost:
            message = f"Messages that it holds stay hidden until their visibility timeout: {', '.join(sorted(lost))} is missing."
            yield Problem("not-returned", place, message)


def _given_up(place: str, stop: Stop) -> Iterator[Problem]:
    """Work that would be cut off is given up before: its messages do not stay hidden until their visibility timeout."""
    lost = {f"returned {number}" for number in (1, 2, 3)} - set(stop.reports)
    if stop.before and (lost or stop.ended or stop.code is None):
        message = (
            f"Told to stop during work of {stop.hold_s:g} s, it does not give back what it holds before it is killed."
        )
        yield Problem("not-given-back", place, message)


def _longest_runs(evidence: Evidence) -> Mapping[str, float]:
    """Return the longest run of each component, in seconds, as it was stated."""
    components: tuple[Any, ...] = evidence.requirements.components
    runs = {component.id: _longest(component) for component in components}
    return {id: run for id, run in runs.items() if run is not None}


def _longest(component: Any) -> float | None:
    value = component.answers.get("longest_run_s")
    return float(value) if isinstance(value, int | float) else None


def _enough(place: str, given: int, wanted: float) -> Iterator[Problem]:
    if given < wanted:
        yield Problem(
            "too-short",
            place,
            f"It is ended {given} s after it is told to stop, and its work takes up to {wanted:g} s.",
        )


def _pods(evidence: Evidence, longest: Mapping[str, float]) -> Iterator[Problem]:
    for file in sorted(evidence.folder.glob("kubernetes/base/*.yaml")):
        for manifest in yaml.safe_load_all(file.read_text("utf-8")):
            if manifest and manifest["kind"] == _DEPLOYMENT:
                pod = manifest["spec"]["template"]["spec"]
                given = int(pod.get("terminationGracePeriodSeconds", KUBERNETES_DEFAULT_S))
                waits = max((_before(container) for container in pod["containers"]), default=0)
                yield from _enough(
                    str(file.relative_to(evidence.folder)),
                    given - waits,
                    longest.get(manifest["metadata"]["name"], 0.0),
                )


def _before(container: Mapping[str, Any]) -> int:
    """Return the seconds that a hook takes before the signal."""
    hook = container.get("lifecycle", {}).get("preStop", {})
    return int(hook.get("sleep", {}).get("seconds", 0))
