"""The layout process: replaced when it hangs, done without when missing, the same from every thread and process."""

import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from renderers.layout import arrange, forget
from renderers.layout.engine import ENGINE, Engine, LayoutUnavailable
from renderers.layout.memory import Memory
from tests.renderers.samples import SAMPLES

HANGS = (sys.executable, "-c", "import sys, time; print('{\"ready\": true}', flush=True); time.sleep(60)")
DIES = (sys.executable, "-c", "print('{\"ready\": true}', flush=True)")
SAMPLE = SAMPLES["chat"].architecture


def test_a_hanging_engine_is_killed_and_the_picture_drawn_all_the_same() -> None:
    engine = Engine(HANGS, limit_s=0.5)
    started = time.monotonic()
    picture = arrange(SAMPLE, "Chat", engine=engine)
    assert picture.engine == "layered"
    assert time.monotonic() - started < 10
    assert engine._process is None


def test_a_dying_engine_is_said_to_be_unavailable_each_time() -> None:
    engine = Engine(DIES)
    for _ in range(2):
        with pytest.raises(LayoutUnavailable):
            engine.layout({"id": "root"})


def test_the_engine_answers_again_after_a_graph_that_it_refuses() -> None:
    with pytest.raises(LayoutUnavailable):
        ENGINE.layout(
            {"id": "root", "children": [{"id": "a"}], "edges": [{"id": "e", "sources": ["x"], "targets": ["a"]}]}
        )
    assert ENGINE.layout({"id": "root", "children": [{"id": "a", "width": 10, "height": 10}]})["width"] > 0


def test_sixteen_threads_get_the_same_picture() -> None:
    expected = arrange(SAMPLE, "Chat")

    def fresh(_: int) -> bool:
        forget()
        return arrange(SAMPLE, "Chat") == expected

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(fresh, range(16)))


def test_the_same_picture_is_not_made_twice_and_not_too_many_are_kept() -> None:
    assert arrange(SAMPLE, "Chat") is arrange(SAMPLE, "Chat")
    assert arrange(SAMPLE, "Chat") is not arrange(SAMPLE, "Talk")
    memory = Memory()
    for number in range(200):
        memory.keep(number, arrange(SAMPLE, "Chat"))
    assert memory.get(0) is None
    assert memory.get(199) is not None


SCRIPT = """
import hashlib, renderers
from tests.renderers.samples import SAMPLES
for name in ("web-and-batch", "hostile"):
    for suffix in (".svg", ".png", ".pdf", ".mmd", ".py"):
        print(name, suffix, hashlib.sha256(renderers.draw(SAMPLES[name], suffix, lang="ja", theme="dark")).hexdigest())
"""


def test_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    made = set()
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        result = subprocess.run([sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True)
        made.add(hashlib.sha256(result.stdout).hexdigest())
    assert len(made) == 1
