"""Contents of tables and buckets, read to check results."""

import json
from collections.abc import Callable
from typing import Any

from prove.traffic.session import Session

TABLE, BUCKET = "AWS::DynamoDB::Table", "AWS::S3::Bucket"


def contents(session: Session, node: str) -> list[str]:
    """Return the items or objects of a store as text. Raises KeyError for a service that is not in READABLE."""
    return _READ[session.node(node).service](session, node)


def holds(session: Session, node: str, mark: str) -> bool:
    """Return whether a store contains a mark."""
    return any(mark in text for text in contents(session, node))


def _table(session: Session, node: str) -> list[str]:
    pages = session.client("dynamodb").get_paginator("scan").paginate(TableName=session.deployment.of_node(node, TABLE))
    return [json.dumps(item, ensure_ascii=False, sort_keys=True) for page in pages for item in page["Items"]]


def _bucket(session: Session, node: str) -> list[str]:
    s3, bucket = session.client("s3"), session.deployment.of_node(node, BUCKET)
    texts = []
    for entry in s3.list_objects_v2(Bucket=bucket).get("Contents", ()):
        body = s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
        texts.append(f"{entry['Key']}\n{body.decode('utf-8', 'replace')}")
    return texts


_READ: dict[str, Callable[[Session, str], list[str]]] = {"dynamodb": _table, "s3": _bucket}
READABLE = tuple(_READ)


def put_item(session: Session, node: str, item: dict[str, Any]) -> None:
    """Put an item into a store as an external application would."""
    if session.node(node).service == "dynamodb":
        stored = {key: {"N": str(value)} if isinstance(value, int) else {"S": value} for key, value in item.items()}
        session.client("dynamodb").put_item(
            TableName=session.deployment.of_node(node, TABLE), Item={**stored, "pk": {"S": item["id"]}}
        )
    else:
        bucket = session.deployment.of_node(node, BUCKET)
        session.client("s3").put_object(Bucket=bucket, Key=f"{item['id']}.json", Body=json.dumps(item).encode())
