"""Print the product's own requirements without the page's, one a line: what the command line needs."""

import sys
import tomllib
from pathlib import Path

PAGE = "streamlit"

if __name__ == "__main__":
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    sys.stdout.writelines(f"{line}\n" for line in project["dependencies"] if not line.startswith(PAGE))
