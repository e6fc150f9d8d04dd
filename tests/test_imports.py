"""The rooms' borders are held by contracts, and each contract catches a violation."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("advisor", "rules", "renderers", "blueprints", "ui", "prove")
VIOLATIONS = {
    "advisor/stray.py": "import renderers\nimport streamlit\n",
    "rules/stray.py": "import blueprints\nimport prove\n",
    "renderers/stray.py": "import ui\n",
}


def contracts(folder: Path) -> "subprocess.CompletedProcess[str]":
    tool = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [str(tool), "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def copy(folder: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            target = folder / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)


def test_every_contract_is_kept_and_every_contract_catches_a_violation(tmp_path: Path) -> None:
    copy(tmp_path)
    kept = contracts(tmp_path)
    assert kept.returncode == 0, kept.stdout
    for name, content in VIOLATIONS.items():
        (tmp_path / name).write_text(content)
    broken = contracts(tmp_path)
    assert broken.returncode == 1
    assert "Contracts: 0 kept, 5 broken." in broken.stdout, broken.stdout
