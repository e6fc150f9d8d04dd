"""The linters of TypeScript: an error of one project hides no error of another project or linter."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from prove.static import typescript

#: One rule that has to know types: a promise that nobody waits for.
CONFIG = """\
import tseslint from 'typescript-eslint';

export default [
  { ...tseslint.configs.base, files: ['**/*.ts'] },
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'error' } },
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
];
"""
SETTINGS = '{"compilerOptions": {"strict": true, "types": [], "module": "preserve", "noEmit": true}}'


@pytest.fixture
def folders(node_modules: Path, cdk_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Four projects: two with an error of syntax, one of types, and one without any."""
    monkeypatch.setattr(typescript, "OUT", tmp_path)
    sources = {
        "unfinished": "export const a = {\n",
        "well": "export const a: number = 1;\n",
        "mistaken": "export const a = 1;\nexport const b: number = 'x';\nPromise.resolve(a);\n",
        "garbled": "export function (: {\n",
    }
    for name, source in sources.items():
        folder = tmp_path / "projects" / name / "src"
        folder.mkdir(parents=True)
        (folder / "a.ts").write_text(source)
        (folder.parent / "tsconfig.json").write_text(SETTINGS)
        (folder.parent / "eslint.config.mjs").write_text(CONFIG)
    return {name: str(tmp_path / "projects" / name) for name in sources}


def test_an_error_of_syntax_does_not_hide_the_types_of_other_projects(folders: dict[str, str]) -> None:
    rows = dict(typescript.linted(list(folders.values())))
    findings = {
        name: [(row["tool"], row["rule"], row["place"]) for row in rows[folder]] for name, folder in folders.items()
    }
    assert findings["unfinished"] == [("tsc", "TS1005", "src/a.ts:2"), ("eslint", "None", "src/a.ts:2")]
    assert findings["mistaken"] == [
        ("tsc", "TS2322", "src/a.ts:2"),
        ("eslint", "@typescript-eslint/no-floating-promises", "src/a.ts:3"),
    ]
    assert findings["well"] == []
    assert {rule[:3] for tool, rule, _ in findings["garbled"] if tool == "tsc"} == {"TS1"}


def test_an_error_without_a_file_raises(folders: dict[str, str]) -> None:
    settings = Path(folders["unfinished"]) / "tsconfig.json"
    settings.write_text(SETTINGS.replace('"types": []', '"types": ["nowhere"]'))
    with pytest.raises(RuntimeError, match="TS2688"):
        list(typescript.linted(list(folders.values())))


def test_a_driver_is_whole_while_another_worker_places_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typescript, "OUT", tmp_path)
    whole = typescript.placed("forge.mjs").stat().st_size
    with ThreadPoolExecutor(1) as workers:
        placing = workers.submit(lambda: [typescript.placed("forge.mjs") for _ in range(300)])
        sizes = set()
        while not placing.done():
            sizes.add(len((tmp_path / "forge.mjs").read_bytes()))
    assert placing.result()
    assert sizes == {whole}
