"""Compiled templates: loaded while they are what would be compiled now, and never needed."""

import os
from pathlib import Path

import jinja2
import pytest

from blueprints.project import compiled_templates
from blueprints.project.compiled_templates import CompiledTemplates, own_folder

MAKER = "blueprints.project.render"


class Counting(jinja2.Environment):
    """Counts how often it compiles."""

    compiled = 0

    def _generate(self, *args: object, **kwargs: object) -> str:
        type(self).compiled += 1
        return super()._generate(*args, **kwargs)  # type: ignore[arg-type]


def compiled(folder: Path | None, source: str = "{{ a }}", maker: str = MAKER) -> int:
    """Render a template in an environment of a new process, and return how often it was compiled."""
    Counting.compiled = 0
    environment = Counting(
        loader=jinja2.DictLoader({"x": source}), bytecode_cache=CompiledTemplates(maker, folder), autoescape=False
    )
    assert environment.get_template("x").render(a=7) == source.replace("{{ a }}", "7")
    return Counting.compiled


def only_file(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert [compiled(tmp_path), compiled(tmp_path)] == [1, 0]


def test_a_changed_template_is_compiled_again_and_takes_the_place_of_the_former(tmp_path: Path) -> None:
    assert [compiled(tmp_path, source) for source in ("{{ a }}", "{{ a }}!", "{{ a }}!")] == [1, 1, 0]
    assert only_file(tmp_path)


def test_another_module_has_templates_of_its_own(tmp_path: Path) -> None:
    assert [compiled(tmp_path), compiled(tmp_path, maker="renderers.adr"), compiled(tmp_path)] == [1, 1, 0]


@pytest.mark.parametrize("part", ["module", "jinja"])
def test_another_version_of_what_compiles_compiles_again(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert compiled(tmp_path) == 1
    if part == "jinja":
        monkeypatch.setattr(jinja2, "__version__", "3.2.0", raising=False)
    else:
        was = compiled_templates._made_with(MAKER)
        monkeypatch.setattr(compiled_templates, "_made_with", lambda maker: was + b"# a filter has changed")
    assert compiled(tmp_path) == 1


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_a_damaged_file_is_compiled_again(damage: str, tmp_path: Path) -> None:
    assert compiled(tmp_path) == 1
    whole = only_file(tmp_path).read_bytes()
    only_file(tmp_path).write_bytes({"cut": whole[:-9], "changed": whole[:-1] + b"\xff", "empty": b""}[damage])
    assert [compiled(tmp_path), compiled(tmp_path)] == [1, 0]


def test_where_nothing_can_be_written_templates_are_compiled(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert [compiled(missing), compiled(missing)] == [1, 1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_the_folder_is_one_that_only_the_user_can_write_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = own_folder.__wrapped__()
    assert folder is not None
    assert folder.is_relative_to(tmp_path)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert own_folder.__wrapped__() is None
    folder.chmod(0o700)
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)  # as with `sudo -E`
    assert own_folder.__wrapped__() is None


def test_without_a_home_folder_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    monkeypatch.setenv("LOCALAPPDATA", str(file))
    assert own_folder.__wrapped__() is None
    with monkeypatch.context() as changed:
        changed.setattr(compiled_templates, "own_folder", lambda: None)
        assert compiled(None) == 1
