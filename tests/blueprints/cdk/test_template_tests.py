"""The tests of a project's template: what they expect of each design, and that they find what they are for."""

import re
from collections.abc import Mapping
from pathlib import Path

from advisor.design import Design
from advisor.text import Lang
from blueprints import build
from blueprints.cdk.acceptance import accepted
from blueprints.cdk.lifting.short_forms import resources_of
from blueprints.cdk.template_tests import _ENCRYPTION, expected_of
from blueprints.plan import Plan
from blueprints.stack.assembly import stack_of
from prove import tools

#: A story with a load balancer, a bucket and a table.
STORY = "container-web-service"
#: CDK's own validation of a template takes half of a run: that of this story is validated where all are synthesised.
QUICK = {"CDK_VALIDATION": "false"}
#: What a careless change does -> the test that finds it.
FAULTS = {
    "removal_policy=cdk.RemovalPolicy.RETAIN": ("removal_policy=cdk.RemovalPolicy.DESTROY", "retain"),
    "removalPolicy: cdk.RemovalPolicy.RETAIN": ("removalPolicy: cdk.RemovalPolicy.DESTROY", "retain"),
    "encryption=dynamodb.TableEncryption.AWS_MANAGED": ("encryption=dynamodb.TableEncryption.DEFAULT", "encrypted"),
    "encryption: dynamodb.TableEncryption.AWS_MANAGED": ("encryption: dynamodb.TableEncryption.DEFAULT", "encrypted"),
    "block_public_access=s3.BlockPublicAccess.BLOCK_ALL": (
        "block_public_access=s3.BlockPublicAccess.BLOCK_ACLS_ONLY",
        "public",
    ),
    "blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL": (
        "blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY",
        "public",
    ),
    "enforce_ssl=True": ("enforce_ssl=False", "nag"),
    "enforceSSL: true": ("enforceSSL: false", "nag"),
}


def test_every_design_is_asked_what_matters(plans_to_synthesise: Mapping[str, tuple[Plan, Lang]]) -> None:
    for name, (plan, lang) in plans_to_synthesise.items():
        scope = stack_of(plan, lang)
        resources = resources_of(scope)
        expected = expected_of(scope, {})
        types = {resource["Type"] for resource in resources.values()}
        # An instance of a cluster is encrypted as its cluster is.
        assert types & set(_ENCRYPTION) - set(expected.encrypted) <= {"AWS::RDS::DBInstance"}, name
        # What was sent to people is remembered for a time only, and goes with the stack.
        stores = {resource["Type"] for id, resource in resources.items() if not id.endswith("SentTable")}
        assert set(expected.kept) >= stores & {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::RDS::DBCluster"}, name
        assert expected.alarms == len(plan.alarms), name
        assert ("network" in expected.blocks) == ("AWS::EC2::SecurityGroup" in types), name


def test_what_is_accepted_has_its_reason_in_both_languages() -> None:
    for rule, row in accepted().items():
        assert row.reason.en.endswith("."), rule
        assert row.reason.ja.endswith("。"), rule
        assert row.types, rule


def written(design: Design, target: str, folder: Path) -> Path:
    for path, content in build(design, target, lang="en", extras={}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def careless(folder: Path) -> set[str]:
    """Plant every fault in the infrastructure of a project, and return which tests have to find them."""
    found = set()
    for file in [*folder.glob("stacks/**/*.py"), *folder.glob("lib/**/*.ts")]:
        text = file.read_text("utf-8")
        for sound, (faulty, test) in FAULTS.items():
            if sound in text:
                text = text.replace(sound, faulty)
                found.add(test)
        file.write_text(text, "utf-8")
    return found


def test_a_careless_change_fails_the_tests_in_python(
    designs: Mapping[str, Design], project_python: Path, tmp_path: Path
) -> None:
    folder = written(designs[STORY], "cdk-python", tmp_path)
    command: list[str | Path] = [
        project_python,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "-rf",
        "tests/test_infrastructure.py",
    ]

    def failed() -> list[str]:
        done = tools.run(command, cwd=folder, env=QUICK)
        assert " passed" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
        return re.findall(r"^FAILED [^:]+::(.*)$", done.stdout, re.MULTILINE)

    assert failed() == []
    expected, names = careless(folder), failed()
    assert expected == {"retain", "encrypted", "public", "nag"}
    assert all(any(test in name for name in names) for test in expected), names


def test_a_careless_change_fails_the_tests_in_typescript(
    designs: Mapping[str, Design], node_modules: Path, tmp_path: Path
) -> None:
    folder = written(designs[STORY], "cdk-typescript", tmp_path)
    (folder / "node_modules").symlink_to(node_modules)
    command: list[str | Path] = [
        node_modules / ".bin" / "vitest",
        "run",
        "--root",
        folder,
        "tests/infrastructure.test.ts",
    ]

    def failed() -> set[str]:
        done = tools.run([*command, "--reporter", "verbose"], cwd=folder, env={"NO_COLOR": "1", **QUICK})
        assert " passed" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
        return set(re.findall(r"^ FAIL .*? > (.*)$", done.stdout + done.stderr, re.MULTILINE))

    assert failed() == set()
    expected, names = careless(folder), failed()
    assert expected == {"retain", "encrypted", "public", "nag"}
    assert all(any(test in name for name in names) for test in expected), names
