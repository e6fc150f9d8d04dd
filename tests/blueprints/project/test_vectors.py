"""A vector index: its resources, what its program may do, the routes that an API has, and what is refused."""

import ast
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

import blueprints
import rules
from advisor.advise import advise
from advisor.design import Design
from advisor.requirements import make_requirements
from blueprints.sam.translation import parse_template

Json = dict[str, Any]
ROUTES = {
    "reads": {"POST /queries", "GET /vectors/{id}"},
    "writes": {"PUT /vectors/{id}"},
    "both": {"POST /queries", "GET /vectors/{id}", "PUT /vectors/{id}", "DELETE /vectors/{id}"},
}
ACTIONS = {
    "reads": {"s3vectors:QueryVectors", "s3vectors:GetVectors"},
    "writes": {"s3vectors:PutVectors"},
    "both": {"s3vectors:QueryVectors", "s3vectors:GetVectors", "s3vectors:PutVectors", "s3vectors:DeleteVectors"},
}


def made(
    use: str = "both", workload: Json | None = None, stores: tuple[str, ...] = ("texts",), **answers: Any
) -> Design:
    used = {name: list(stores) for name in (("reads", "writes") if use == "both" else (use,))}
    search = {"id": "search", "trigger": "request", "logic": "code", "authentication": "sign-up", **used, **answers}
    parts: Json = {"components": [search], "stores": [{"id": id, "access": "vectors"} for id in stores]}
    return advise(make_requirements({"schema": 2, "workload": workload or {}, **parts}), rules.load_book())


def built(design: Design, target: str = "sam") -> dict[str, bytes]:
    return blueprints.build(design, target, lang="en", extras={})


def template(design: Design) -> Json:
    found: Json = parse_template(built(design)["template.yaml"].decode())
    return found


def of_type(found: Json, type: str) -> list[Json]:
    return [one for one in found["Resources"].values() if one["Type"] == type]


def test_an_index_has_the_dimensions_that_a_deployment_states() -> None:
    found = template(made())
    (index,), (bucket,) = (of_type(found, f"AWS::S3Vectors::{type}") for type in ("Index", "VectorBucket"))
    assert index["Properties"]["DataType"] == "float32"
    assert index["Properties"]["MetadataConfiguration"] == {"NonFilterableMetadataKeys": ["content"]}
    for name in ("VectorDimension", "VectorDistanceMetric"):
        # The embedding model decides: no value is right for most deployments.
        assert "Default" not in found["Parameters"][name]
    assert found["Parameters"]["VectorDistanceMetric"]["AllowedValues"] == ["cosine", "euclidean"]
    for one in (index, bucket):
        assert (one["DeletionPolicy"], one["UpdateReplacePolicy"]) == ("Retain", "Retain")
        # Another dimension replaces the index: a fixed name would be taken.
        assert not {"IndexName", "VectorBucketName"} & one["Properties"].keys()


@pytest.mark.parametrize("use", ROUTES)
@pytest.mark.parametrize("entry", ["api-gateway-http", "api-gateway-rest"])
def test_an_api_has_the_routes_of_its_program(use: str, entry: str) -> None:
    design = made(use, pins={"entry": entry, "compute": "lambda"}, validation=entry == "api-gateway-rest")
    found = template(design)
    if entry == "api-gateway-http":
        routes = {route["Properties"]["RouteKey"] for route in of_type(found, "AWS::ApiGatewayV2::Route")}
    else:
        body = of_type(found, "AWS::Serverless::Api")[0]["Properties"]["DefinitionBody"]
        paths = body["paths"].items()
        routes = {f"{method.upper()} {path}" for path, methods in paths for method in methods if method != "options"}
        sent = {
            f"{method} {path}": methods[method]
            for path, methods in paths
            for method in ("post", "put")
            if method in methods
        }
        schemas = {
            key: one["requestBody"]["content"]["application/json"]["schema"]["$ref"] for key, one in sent.items()
        }
        known = {"post /queries": "#/components/schemas/Query", "put /vectors/{id}": "#/components/schemas/Vector"}
        assert schemas == {key: known[key] for key in schemas}
    assert routes == {"GET /health", *ROUTES[use]}


@pytest.mark.parametrize("use", ACTIONS)
def test_a_program_may_do_what_it_does_with_the_index(use: str) -> None:
    (function,) = of_type(template(made(use)), "AWS::Serverless::Function")
    listed = [one for policy in function["Properties"]["Policies"] for one in policy["Statement"]]
    (statement,) = [one for one in listed if "s3vectors" in str(one["Action"])]
    actions = statement["Action"]
    assert ({actions} if isinstance(actions, str) else set(actions)) == ACTIONS[use]
    assert "IndexArn" in str(statement["Resource"])
    module = built(made(use))["src/search/vectors.py"].decode()
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    words = {"".join(part.title() for part in name.split("_")) for name in called if name.endswith("_vectors")}
    assert {f"s3vectors:{word}" for word in words} == ACTIONS[use]


def test_the_key_of_the_customer_encrypts_the_index() -> None:
    found = template(made(workload={"customer_managed_keys": True}))
    for type in ("Index", "VectorBucket"):
        (one,) = of_type(found, f"AWS::S3Vectors::{type}")
        assert one["Properties"]["EncryptionConfiguration"]["SseType"] == "aws:kms"
    key = found["Resources"]["DataKey"]["Properties"]["KeyPolicy"]["Statement"]
    (indexing,) = [one for one in key if one["Sid"] == "AllowVectorIndexing"]
    assert (indexing["Principal"], indexing["Action"]) == (
        {"Service": "indexing.s3vectors.amazonaws.com"},
        ["kms:Decrypt"],
    )
    assert "AllowVectorIndexing" not in str(template(made(workload={})))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"protocol": "graphql"}, "only for a component that answers HTTP requests"),
        (
            {"trigger": "schedule", "schedule_expression": "cron(0 3 * * ? *)", "authentication": "none"},
            "only for a component that answers HTTP requests",
        ),
        ({"stores": ("texts", "images")}, "uses several"),
        ({"use": "writes", "authentication": "signature"}, "webhooks sends no vectors"),
    ],
)
@pytest.mark.parametrize("target", [target.id for target in blueprints.TARGETS])
def test_other_uses_of_an_index_are_refused(answers: Json, words: str, target: str) -> None:
    design = made(**answers)
    assert any(words in one.reason.en for one in blueprints.check(design, target))


def test_the_readme_says_who_computes_the_vectors() -> None:
    text = built(made())["README.md"].decode()
    assert "The programs of this project do not call a model." in text
    assert "Callers can access only their own vectors." in text
    assert "`top_k` is at most 100" in text
    shared = built(made(authentication="none"))["README.md"].decode()
    assert "All callers share the vectors." in shared


@pytest.mark.parametrize("compute", ["lambda", "ecs"])
@pytest.mark.parametrize("entry", ["api-gateway-http", "api-gateway-rest"])
def test_everybody_queries_where_everybody_reads(entry: str, compute: str) -> None:
    design = made(open_reads=True, pins={"entry": entry, "compute": compute}, validation=entry == "api-gateway-rest")
    found = template(design)
    if entry == "api-gateway-http":
        routes = [one["Properties"] for one in of_type(found, "AWS::ApiGatewayV2::Route")]
        asked = {one["RouteKey"]: one.get("AuthorizationType", "NONE") != "NONE" for one in routes}
    else:
        paths = of_type(found, "AWS::Serverless::Api")[0]["Properties"]["DefinitionBody"]["paths"]
        asked = {
            f"{method.upper()} {path}": bool(one.get("security"))
            for path, methods in paths.items()
            for method, one in methods.items()
            if method != "options"
        }
    assert {key for key, checked in asked.items() if checked} == {"PUT /vectors/{id}", "DELETE /vectors/{id}"}
    files = built(design)
    shell = files["src/search/app.py" if compute == "lambda" else "src/search/main.py"].decode()
    assert "service.query(reader(), " in shell
    queries, store = (
        next(line for line in files["README.md"].decode().splitlines() if line.startswith("curl") and path in line)
        for path in ("$API/queries", "$API/vectors/first")
    )
    assert ("authorization" in store, "authorization" in queries) == (True, False)


def test_everybody_queries_a_private_api_where_callers_sign() -> None:
    answers = {
        "exposure": "private",
        "authentication": "aws-iam",
        "pins": {"entry": "api-gateway-rest", "compute": "lambda"},
    }
    for open_reads in (True, False):
        found = template(made(open_reads=open_reads, **answers))
        policy = of_type(found, "AWS::Serverless::Api")[0]["Properties"]["DefinitionBody"]["x-amazon-apigateway-policy"]
        opened = [one for one in policy["Statement"] if one["Resource"] == "execute-api:/*/POST/queries"]
        assert [(one["Effect"], one["Principal"]) for one in opened] == [("Allow", "*")] * open_reads


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_command_of_the_readme_deletes_a_bucket_with_a_replaced_index(lang: str, tmp_path: Path) -> None:
    text = blueprints.build(made(), "sam", lang=lang, extras={})["README.md"].decode()
    (command,) = [part for part in text.split("`") if "delete-vector-bucket" in part]
    variable = command.partition("${")[2].partition("%")[0]
    aws = tmp_path / "aws"
    aws.write_text(
        "#!/bin/bash\n"
        'case "$2" in\n'
        '  list-indexes) echo "$4/index/old"; echo "$4/index/new";;\n'
        '  *) echo "$2 $4" >> "$CALLS";;\n'
        "esac\n"
    )
    aws.chmod(0o755)
    bucket, calls = "arn:aws:s3vectors:us-east-1:123456789012:bucket/b", tmp_path / "calls"
    known = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "CALLS": str(calls), variable: f"{bucket}/index/new"}
    subprocess.run(["bash", "-euc", command], check=True, env=known)
    assert calls.read_text().splitlines() == [
        f"delete-index {bucket}/index/old",
        f"delete-index {bucket}/index/new",
        f"delete-vector-bucket {bucket}",
    ]


@pytest.mark.parametrize("use", ROUTES)
@pytest.mark.parametrize("compute", ["lambda", "ecs"])
@pytest.mark.parametrize(
    ("target", "tested", "program", "replaced", "defined"),
    [
        (
            "sam",
            "tests/test_search.py",
            "src/search/service.py",
            r'program\.service, "(\w+)"',
            r"^(?:def )?(\w+)(?:\(| =)",
        ),
        (
            "cdk-typescript",
            "tests/search.test.ts",
            "src/search/service.ts",
            r"program\.service, '(\w+)'",
            r"^export (?:async )?function (\w+)",
        ),
    ],
)
def test_the_tests_of_a_program_replace_only_what_it_has(
    use: str, compute: str, target: str, tested: str, program: str, replaced: str, defined: str
) -> None:
    files = built(made(use, pins={"entry": "api-gateway-http", "compute": compute}), target)
    names = set(re.findall(replaced, files[tested].decode()))
    assert names <= set(re.findall(defined, files[program].decode(), re.MULTILINE))
    # What a service does not answer, throttles or refuses: the first of the functions that the program has.
    assert ({"put_vector" if use == "writes" else "query"} if target == "sam" else set()) <= names


@pytest.mark.parametrize("compute", ["lambda", "ecs"])
def test_a_program_that_everybody_only_reads_asks_nobody_who_they_are(compute: str) -> None:
    design = made("reads", open_reads=True, pins={"entry": "api-gateway-http", "compute": compute})
    shell, other = ("app", "caller, reader") if compute == "lambda" else ("main", "function caller")
    typescript = built(design, "cdk-typescript")[f"src/search/{shell}.ts"].decode()
    # A name that nothing uses is an error of the linters.
    assert other not in built(design)[f"src/search/{shell}.py"].decode() + typescript
    assert "reader()" in typescript


def test_programs_are_told_the_dimension_in_every_target() -> None:
    for target, file in (("cdk-python", "stacks/components/search.py"), ("cdk-typescript", "lib/components/search.ts")):
        text = built(made(), target)[file].decode()
        # A variable is a text, although the parameter is a number.
        assert "vector_dimension.value_as_string" in text or "vectorDimension.valueAsString" in text
