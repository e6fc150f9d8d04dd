"""Write advisor_account/regions.json: which resource types are missing in which Region, as the schemas of cfn-lint say.

python .ci/regions.py > advisor_account/regions.json
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import yaml
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

FOLDER = Path(__file__).parents[1] / "advisor_account"


def main() -> None:
    """Print the table, for the namespaces that advisor_account/services.yaml names."""
    import cfnlint

    folder = Path(cfnlint.__file__).parent / "data" / "schemas" / "providers"
    regions = sorted(path.stem for path in folder.glob("*-*.json"))
    spaces = yaml.safe_load((FOLDER / "services.yaml").read_text(encoding="utf-8"))["services"]
    known = {region: set(PROVIDER_SCHEMA_MANAGER.get_resource_types(region)) for region in regions}
    every = sorted(t for t in set().union(*known.values()) if t.split("::")[1] in spaces and t.startswith("AWS::"))
    missing = {t: " ".join(r for r in regions if t not in known[r]) for t in every}
    table = {
        "source": f"https://pypi.org/project/cfn-lint/{version('cfn-lint')}/",
        "version": version("cfn-lint"),
        "regions": " ".join(regions),
        "missing": missing,
    }
    sys.stdout.write(json.dumps(table, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
