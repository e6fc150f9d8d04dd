"""What is in a store: tables and buckets are read as their owner would, to see whether something arrived."""

import json
from collections.abc import Callable
from typing import Any

from prove.traffic.scene import Scene

TABLE, BUCKET = "AWS::DynamoDB::Table", "AWS::S3::Bucket"


def contents(scene: Scene, node: str) -> list[str]:
    """Return everything in a store, each thing as text; LookupError for a kind of store that cannot be read here."""
    return _READ[scene.node(node).service](scene, node)


def holds(scene: Scene, node: str, mark: str) -> bool:
    """Return whether something with a mark is in a store."""
    return any(mark in text for text in contents(scene, node))


def _table(scene: Scene, node: str) -> list[str]:
    pages = scene.client("dynamodb").get_paginator("scan").paginate(TableName=scene.deployment.of_node(node, TABLE))
    return [json.dumps(item, ensure_ascii=False, sort_keys=True) for page in pages for item in page["Items"]]


def _bucket(scene: Scene, node: str) -> list[str]:
    s3, bucket = scene.client("s3"), scene.deployment.of_node(node, BUCKET)
    found = []
    for one in s3.list_objects_v2(Bucket=bucket).get("Contents", ()):
        body = s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()
        found.append(f"{one['Key']}\n{body.decode('utf-8', 'replace')}")
    return found


_READ: dict[str, Callable[[Scene, str], list[str]]] = {"dynamodb": _table, "s3": _bucket}
READABLE = tuple(_READ)


def put_item(scene: Scene, node: str, item: dict[str, Any]) -> None:
    """Put a thing into a store as somebody outside would."""
    if scene.node(node).service == "dynamodb":
        stored = {key: {"N": str(value)} if isinstance(value, int) else {"S": value} for key, value in item.items()}
        scene.client("dynamodb").put_item(
            TableName=scene.deployment.of_node(node, TABLE), Item={**stored, "pk": {"S": item["id"]}}
        )
    else:
        bucket = scene.deployment.of_node(node, BUCKET)
        scene.client("s3").put_object(Bucket=bucket, Key=f"{item['id']}.json", Body=json.dumps(item).encode())
