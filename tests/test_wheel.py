"""What is shipped: every file of every room, and the compiled rule book that fits it."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import rules
from advisor_ui import example_cards

ROOT = Path(__file__).parents[1]
ROOMS = (
    "advisor",
    "rules",
    "renderers",
    "blueprints",
    "advisor_bundle",
    "advisor_document",
    "advisor_account",
    "advisor_cli",
    "advisor_ui",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_every_file_of_every_room(wheel: zipfile.ZipFile) -> None:
    listed = subprocess.run(["git", "ls-files", *ROOMS], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    absent = sorted(set(listed.split("\n")) - {""} - set(wheel.namelist()))
    assert not absent, "is it git-ignored by a pattern that is not anchored?"


def test_the_wheel_holds_templates_assets_page_and_licence(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    for ending in (".j2", ".ttf", ".svg", "elk-worker.min.js", "app.py", "streamlit.toml", "LICENSE", "NOTICE"):
        assert any(name.endswith(ending) for name in names), ending


def test_the_compiled_rule_book_is_the_one_in_the_yaml_files(wheel: zipfile.ZipFile) -> None:
    held = json.loads(wheel.read("rules/book.json"))
    assert held["version"] == rules.load_book().version


def test_the_cards_of_the_gallery_are_shipped_and_fit(wheel: zipfile.ZipFile) -> None:
    made = json.loads(wheel.read(f"advisor_ui/{example_cards.MADE}"))
    assert made["digest"] == example_cards.digest()
    assert set(made["pictures"]["ja"]["dark"]) == set(rules.STORIES)


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    strays = [n for n in wheel.namelist() if n.split("/")[0] not in ROOMS and ".dist-info/" not in n]
    assert strays == []
    assert not [n for n in wheel.namelist() if n.endswith((".pyc", ".md~")) or "__pycache__" in n]
