"""The linters of TypeScript: what one project does wrong hides nothing of another."""

from pathlib import Path

import pytest

from prove import typescript

SETTINGS = '{"compilerOptions": {"strict": true, "types": [], "module": "preserve", "noEmit": true}}'


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Four projects: two with an error of syntax, one of types, and one without any."""
    monkeypatch.setattr(typescript, "OUT", tmp_path)
    sources = {
        "unfinished": "export const a = {\n",
        "well": "export const a: number = 1;\n",
        "mistaken": "export const a = 1;\nexport const b: number = 'x';\n",
        "garbled": "export function (: {\n",
    }
    for name, source in sources.items():
        folder = tmp_path / "projects" / name / "src"
        folder.mkdir(parents=True)
        (folder / "a.ts").write_text(source)
        (folder.parent / "tsconfig.json").write_text(SETTINGS)
    return {name: str(tmp_path / "projects" / name) for name in sources}


def test_an_error_of_syntax_does_not_hide_the_types_of_other_projects(folders: dict[str, str]) -> None:
    said = dict(typescript.compiler(list(folders.values())))
    found = {name: [(row["rule"], row["place"]) for row in said[folder]] for name, folder in folders.items()}
    assert found["unfinished"] == [("TS1005", "src/a.ts:2")]
    assert found["mistaken"] == [("TS2322", "src/a.ts:2")]
    assert found["well"] == []
    assert {rule[:3] for rule, _ in found["garbled"]} == {"TS1"}
