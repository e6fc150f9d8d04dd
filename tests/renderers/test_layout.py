"""The layout process: the same from every thread and process, on slow machines too; an error where it gives no answer."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import renderers
from advisor.advise import advise
from advisor.book import Book
from advisor.design import Design
from advisor.requirements import make_requirements
from renderers import svg
from renderers.layout import arrange, clear_cache
from renderers.layout.bounded_cache import BoundedCache
from renderers.layout.check import violations
from renderers.layout.drawing import place
from renderers.layout.machines import state_id
from renderers.layout.measure import build
from renderers.layout.picture import Direction, Picture
from renderers.layout.picture_cache import MOST
from renderers.layout.placing import effort
from renderers.layout.placing.engine import ENGINE, Engine, LayoutUnavailable
from tests.renderers.samples import SAMPLES

HANGS = (sys.executable, "-c", "import sys, time; print('{\"ready\": true}', flush=True); time.sleep(60)")
ABSENT = (sys.executable, "-c", "print('{\"ready\": false}')")
#: Hands on each line of another program, but later: the first, which says that it is ready, and then each answer.
LATE = """
import subprocess, sys, time
start, answer = map(float, sys.argv[1:3])
worker = subprocess.Popen(sys.argv[3:], stdout=subprocess.PIPE, text=True)
for number, line in enumerate(worker.stdout):
    time.sleep(answer if number else start)
    print(line, end="", flush=True)
"""
DIES = (sys.executable, "-c", "print('{\"ready\": true}', flush=True)")
SAMPLE = SAMPLES["chat"].architecture


def test_an_engine_that_hangs_is_killed_and_no_other_picture_is_drawn_instead() -> None:
    engine = Engine(HANGS, limit_s=0.5)
    started = time.monotonic()
    with pytest.raises(renderers.LayoutFailed, match=r"did not respond within 0\.5 s") as failed:
        arrange(SAMPLE, "Chat", engine=engine)
    assert "負荷" in failed.value.reason.ja
    assert time.monotonic() - started < 10
    assert engine._process is None


def test_a_dying_engine_is_said_to_have_ended_each_time() -> None:
    engine = Engine(DIES)
    for _ in range(2):
        with pytest.raises(renderers.LayoutFailed, match="stopped before"):
            engine.layout({"id": "root"})


DIES_ONCE = """
import os, sys
print('{"ready": true}', flush=True)
for line in sys.stdin:
    if not os.path.exists(sys.argv[1]):
        open(sys.argv[1], "w").close()
        os.kill(os.getpid(), 9)
    print('{"id": "root", "children": []}', flush=True)
"""


def test_an_engine_killed_in_the_middle_of_a_layout_is_replaced_and_nobody_sees_it(tmp_path: Path) -> None:
    engine = Engine((sys.executable, "-c", DIES_ONCE, str(tmp_path / "killed")))
    try:
        assert engine.layout({"id": "root"}) == {"id": "root", "children": []}
        assert (tmp_path / "killed").exists()
    finally:
        engine.stop()


def test_who_waits_for_another_layout_longer_than_the_limit_is_told_so() -> None:
    engine = Engine(HANGS, limit_s=0.5)
    with engine._lock, pytest.raises(renderers.LayoutFailed, match=r"did not respond within 0\.5 s"):
        engine.layout({"id": "root"})


def test_an_engine_is_started_before_it_is_needed_and_says_nothing_where_it_cannot_be() -> None:
    for command, started in ((HANGS, True), (DIES, True), (ABSENT, False), (("no-such-program",), False)):
        engine = Engine(command)
        engine.start()
        assert (engine._process is not None) is started
        engine.stop()


def test_a_graph_is_laid_out_once() -> None:
    graph = {"id": "root", "children": [{"id": "a", "width": 10, "height": 10}]}
    assert ENGINE.layout(graph) is ENGINE.layout({**graph})


@pytest.mark.parametrize("command", [ABSENT, ("no-such-program",)])
def test_without_an_engine_every_picture_is_drawn_without_it(command: tuple[str, ...]) -> None:
    engine = Engine(command)
    for _ in range(2):
        assert arrange(SAMPLE, "Chat", engine=engine).engine == "layered"
        with pytest.raises(LayoutUnavailable):
            engine.layout({"id": "root"})


def test_a_slow_machine_draws_the_same_bytes() -> None:
    """The start, and each answer, comes later than the 5 s after which another layout used to be drawn.

    Both are waited for at the same time.
    """
    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(_drawn_late, (("5.5", "0"), ("0", "5.5"))))
    assert {svg.write(picture, "light") for picture in drawn} == {svg.write(arrange(SAMPLE, "Chat"), "light")}


def _drawn_late(seconds: tuple[str, str]) -> Picture:
    """Return the picture by an engine whose start and answers are so many seconds late."""
    slow = Engine((sys.executable, "-c", LATE, *seconds, *ENGINE._command))
    started = time.monotonic()
    try:
        drawn = arrange(SAMPLE, "Chat", engine=slow)
    finally:
        slow.stop()
    assert time.monotonic() - started > 5
    return drawn


@pytest.mark.parametrize("direction", ["right", "down"])
def test_what_is_tried_is_decided_by_the_size_of_the_graph(
    direction: Direction, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    class Listening(Engine):
        def layout(self, graph: dict[str, Any]) -> dict[str, Any]:
            asked.append(graph)
            return ENGINE.layout(graph)

    scene = build(SAMPLES["web-and-batch"].architecture, "en", direction)
    amount = effort.work(scene)
    assert amount == len(scene.links) * (len(scene.items) + len(scene.frames))
    found = []
    for hard, light in ((amount, amount), (amount - 1, amount), (amount - 2, amount - 1)):
        monkeypatch.setattr(effort, "HARD", hard)
        monkeypatch.setattr(effort, "LIGHT", light)
        _, by = place(scene, direction, Listening())
        found.append((by, *({strategy for graph in asked for strategy in strategies(graph)})))
        asked.clear()
    assert found == [("elk", "NETWORK_SIMPLEX"), ("elk", "BRANDES_KOEPF"), ("layered",)]


def strategies(node: dict[str, Any]) -> Iterator[str]:
    """How a graph asks for its nodes to be placed, and each frame in it."""
    if "children" in node:
        yield node["layoutOptions"]["elk.layered.nodePlacement.strategy"]
        for child in node["children"]:
            yield from strategies(child)


def test_every_story_is_within_the_budget_of_a_hard_try(designs: dict[str, Design]) -> None:
    for name, design in designs.items():
        for direction in ("right", "down"):
            assert effort.work(build(design.architecture, "en", direction)) * 4 <= effort.HARD, name


@pytest.mark.parametrize("name", ["web-and-batch", "chat"])
def test_a_light_try_is_sound(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "HARD", 0)
    for direction in ("right", "down"):
        clear_cache()
        picture = arrange(SAMPLES[name].architecture, "Light", direction=direction)
        assert picture.engine == "elk"
        assert violations(picture) == []
    clear_cache()


def test_the_engine_answers_again_after_a_graph_that_it_refuses() -> None:
    with pytest.raises(LayoutUnavailable):
        ENGINE.layout(
            {"id": "root", "children": [{"id": "a"}], "edges": [{"id": "e", "sources": ["x"], "targets": ["a"]}]}
        )
    assert ENGINE.layout({"id": "root", "children": [{"id": "a", "width": 10, "height": 10}]})["width"] > 0


def test_sixteen_threads_get_the_same_picture() -> None:
    expected = arrange(SAMPLE, "Chat")

    def fresh(_: int) -> bool:
        clear_cache()
        return arrange(SAMPLE, "Chat") == expected

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(fresh, range(16)))


def test_the_same_picture_is_not_made_twice_and_not_too_many_are_kept() -> None:
    assert arrange(SAMPLE, "Chat") is arrange(SAMPLE, "Chat")
    assert arrange(SAMPLE, "Chat") is not arrange(SAMPLE, "Talk")
    memory: BoundedCache[Picture] = BoundedCache(MOST)
    for number in range(200):
        memory.keep(number, arrange(SAMPLE, "Chat"))
    assert memory.get(0) is None
    assert memory.get(199) is not None


SCRIPT = """
import hashlib, renderers
from tests.renderers.samples import SAMPLES
for name in ("web-and-batch", "hostile"):
    for suffix in (".svg", ".png", ".pdf", ".drawio", ".drawio.svg", ".pptx", ".html", ".mmd", ".py"):
        print(name, suffix, hashlib.sha256(renderers.draw(SAMPLES[name], suffix, lang="ja", theme="dark")).hexdigest())
"""


def test_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    made = set()
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        result = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True)
        made.add(hashlib.sha256(result.stdout).hexdigest())
    assert len(made) == 1


def test_a_line_leaves_the_state_that_runs_its_target(book: Book) -> None:
    flow = {"id": "flow", "trigger": "schedule", "steps": 2, "calls": ["fetch", "score"]}
    requirements = make_requirements({"components": [flow, {"id": "fetch"}, {"id": "score"}]})
    scene = build(advise(requirements, book).architecture, "en", "right")
    sources = {link.target: link.source for link in scene.links if ">run>" in link.id}
    assert sources == {f"{step}.compute": state_id("flow.workflow", f"run-{step}") for step in ("fetch", "score")}
