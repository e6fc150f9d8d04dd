"""The AWS SDK for Python as generated programs use it, over stores and channels in memory."""

import hashlib
import io
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any
from zlib import crc32

from boto3.dynamodb import conditions, types
from botocore.exceptions import ClientError

from prove.behaviour.running import search, uploads
from prove.behaviour.running.cloud import PAGE, Cloud, Json, NotRun, Stored, Table, holds, ordered, pages
from prove.behaviour.running.senders import Messages, Starts
from prove.behaviour.running.sql import DataApi


class Conditional(ClientError):  # type: ignore[misc]
    """A condition of a write that was not met."""

    def __init__(
        self, operation: str, code: str = "ConditionalCheckFailedException", found: Json | None = None
    ) -> None:
        super().__init__(
            {"Error": {"Code": code, "Message": code}, **({} if found is None else {"Item": found})}, operation
        )


class NoSuchKey(ClientError):  # type: ignore[misc]
    """A bucket has no such object."""

    def __init__(self) -> None:
        super().__init__({"Error": {"Code": "NoSuchKey", "Message": "NoSuchKey"}}, "GetObject")


class TableResource:
    """A table as `boto3.resource("dynamodb").Table(name)` gives it."""

    def __init__(self, cloud: Cloud, table: Table) -> None:
        self._cloud, self._table = cloud, table
        self.name = table.name
        exceptions = SimpleNamespace(ConditionalCheckFailedException=Conditional)
        self.meta = SimpleNamespace(client=SimpleNamespace(exceptions=exceptions))

    def get_item(self, Key: Json, **_options: Any) -> Json:
        """Return the item of a key."""
        id = Key[self._table.key]
        item = self._table.items.get(id)
        self._cloud.looked_up(self._table.name, id, item is not None)
        return {} if item is None else {"Item": dict(item)}

    def put_item(self, Item: Json, **options: Any) -> Json:
        """Keep an item, if its condition is met; as DynamoDB it takes no float."""
        types.TypeSerializer().serialize(Item)
        id = str(Item[self._table.key])
        self._cloud.writing(self._table.name, id)
        self._check("PutItem", id, options)
        self._table.items[id] = dict(Item)
        return {}

    def update_item(self, Key: Json, UpdateExpression: str, **options: Any) -> Json:
        """Set and remove attributes of an item, if the condition is met; an item that is not there is made."""
        id = str(Key[self._table.key])
        self._cloud.writing(self._table.name, id)
        self._check("UpdateItem", id, options)
        names, values = options.get("ExpressionAttributeNames", {}), options.get("ExpressionAttributeValues", {})
        if not UpdateExpression.startswith("SET "):
            raise NotRun(f"an update of a table: {UpdateExpression}")
        item = self._table.items.setdefault(id, dict(Key))
        assignments, _, removed = UpdateExpression.removeprefix("SET ").partition(" REMOVE ")
        for assignment in assignments.split(","):
            name, value = (word.strip() for word in assignment.split("="))
            item[names.get(name, name)] = values[value]
        for name in removed.split(",") if removed else ():
            item.pop(names.get(name.strip(), name.strip()), None)
        types.TypeSerializer().serialize(item)
        return {}

    def delete_item(self, Key: Json, **options: Any) -> Json:
        """Remove an item, if its condition is met."""
        id = str(Key[self._table.key])
        self._cloud.writing(self._table.name, id)
        self._check("DeleteItem", id, options)
        self._table.items.pop(id, None)
        return {}

    def scan(self, ExclusiveStartKey: Json | None = None, Limit: int = PAGE, **options: Any) -> Json:
        """Return a page of all items, or of a segment; a filter comes after the page is read, as in DynamoDB."""
        self._cloud.listing(self._table.name, scan=True)
        segment, segments = options.get("Segment", 0), options.get("TotalSegments", 1)
        if segment >= segments:
            raise Conditional("Scan", f"ValidationException: there is no segment {segment} of {segments}")
        found = [dict(item) for id, item in ordered(self._table.items) if crc32(id.encode()) % segments == segment]
        for item in found:
            self._cloud.looked_up(self._table.name, str(item[self._table.key]), True)
        return self._page(found, ExclusiveStartKey, Limit, options)

    def query(self, KeyConditionExpression: Any, IndexName: str = "", Limit: int = PAGE, **options: Any) -> Json:
        """Return a page of the items under a key of the table or of an index that the template has."""
        if IndexName and IndexName not in self._table.indexes:
            raise Conditional("Query", f"ValidationException: the table has no index {IndexName}")
        self._cloud.listing(self._table.name, scan=False)
        keys = self._table.indexes.get(IndexName, (self._table.key,))
        if IndexName and options.get("ConsistentRead"):
            raise Conditional("Query", "ValidationException: no consistent reads on a global secondary index")
        names, values = options.get("ExpressionAttributeNames", {}), options.get("ExpressionAttributeValues", {})
        kept = self._table.projected.get(IndexName)
        found = [
            {name: value for name, value in item.items() if kept is None or name in kept}
            for _, item in ordered(self._table.items)
            if all(key in item for key in keys) and holds(KeyConditionExpression, item, names, values)
        ]
        return self._page(found, options.pop("ExclusiveStartKey", None), Limit, options)

    def _page(self, found: list[Json], start: Json | None, limit: int, options: Json) -> Json:
        key = self._table.key
        page, last = pages(found, start[key] if start else None, min(limit, PAGE), key)
        kept = options.get("FilterExpression")
        names, values = options.get("ExpressionAttributeNames", {}), options.get("ExpressionAttributeValues", {})
        items = [item for item in page if kept is None or holds(kept, item, names, values)]
        return {"Items": items, **({"LastEvaluatedKey": {key: last}} if last else {})}

    def _check(self, operation: str, id: str, options: Json) -> None:
        condition = options.get("ConditionExpression")
        names, values = options.get("ExpressionAttributeNames", {}), options.get("ExpressionAttributeValues", {})
        item = self._table.items.get(id)
        if condition is not None and not holds(condition, item, names, values):
            asked = options.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD"
            shown = types.TypeSerializer().serialize(item)["M"] if asked and item is not None else None
            raise Conditional(operation, found=shown)


def _tag(stored: Stored) -> str:
    """Return the entity tag of an object."""
    return f'"{hashlib.sha256(stored.body).hexdigest()}"'


class Body(io.BytesIO):
    """The body of an object."""

    def iter_lines(self, chunk_size: int = 1024) -> Iterator[bytes]:
        """Yield the lines without their ends."""
        return (line.rstrip(b"\n") for line in self)


class Objects:
    """The client of S3."""

    def __init__(self, cloud: Cloud, config: Any = None) -> None:
        self._cloud, self._config = cloud, config
        self.exceptions = SimpleNamespace(NoSuchKey=NoSuchKey)

    def generate_presigned_url(self, operation: str, Params: Json, ExpiresIn: int = 3600) -> str:
        """Return the URL that the SDK signs."""
        return uploads.presigned(operation, Params, ExpiresIn, self._config)

    def get_object(self, Bucket: str, Key: str, Range: str = "", **_options: Any) -> Json:
        """Return an object, or a piece of it: "bytes=0-9" are the first ten bytes."""
        stored = self._cloud.buckets[Bucket].get(Key)
        self._cloud.looked_up(Bucket, Key, stored is not None)
        if stored is None:
            raise NoSuchKey
        first, _, last = Range.removeprefix("bytes=").partition("-")
        body = stored.body[int(first) : int(last) + 1] if Range else stored.body
        return {
            "Body": Body(body),
            "ContentType": stored.content_type,
            "ContentLength": len(body),
            "ETag": _tag(stored),
        }

    def put_object(self, Bucket: str, Key: str, Body: bytes, ContentType: str = "", **options: Any) -> Json:
        """Keep an object, unless one is there and the caller wants none."""
        self._cloud.writing(Bucket, Key)
        present = Key in self._cloud.buckets[Bucket]
        if options.get("IfNoneMatch") and present:
            raise Conditional("PutObject", "PreconditionFailed")
        self._expect("PutObject", Bucket, Key, options.get("IfMatch"))
        self._cloud.buckets[Bucket][Key] = Stored(Body, ContentType)
        return {}

    def head_object(self, Bucket: str, Key: str) -> Json:
        """Return the metadata of an object."""
        if Key not in self._cloud.buckets[Bucket]:
            raise Conditional("HeadObject", "404")
        stored = self._cloud.buckets[Bucket][Key]
        return {"ETag": _tag(stored), "ContentType": stored.content_type, "ContentLength": len(stored.body)}

    def delete_object(self, Bucket: str, Key: str, IfMatch: str | None = None) -> Json:
        """Remove an object, if it has the entity tag."""
        self._cloud.writing(Bucket, Key)
        self._expect("DeleteObject", Bucket, Key, IfMatch)
        self._cloud.buckets[Bucket].pop(Key, None)
        return {}

    def _expect(self, operation: str, bucket: str, key: str, tag: str | None) -> None:
        stored = self._cloud.buckets[bucket].get(key)
        if tag is not None and (stored is None or _tag(stored) != tag):
            raise Conditional(operation, "PreconditionFailed")

    def list_objects_v2(self, Bucket: str, Prefix: str = "", StartAfter: str = "", MaxKeys: int = PAGE) -> Json:
        """Return a page of the keys of a bucket."""
        held = ordered(self._cloud.buckets[Bucket])
        keys: list[Json] = [
            {"Key": key, "Size": len(one.body), "LastModified": one.at} for key, one in held if key.startswith(Prefix)
        ]
        self._cloud.listing(Bucket, scan=not Prefix)
        page, last = pages(keys, StartAfter or None, min(MaxKeys, PAGE), "Key")
        return {"Contents": page, "IsTruncated": last is not None}

    def get_paginator(self, _name: str) -> Any:
        """Return the paginator of the keys of a bucket."""

        def paginate(Bucket: str, **options: Any) -> Any:
            start = ""
            while True:
                page = self.list_objects_v2(Bucket, StartAfter=start, **options)
                yield page
                if not page["IsTruncated"]:
                    return
                start = page["Contents"][-1]["Key"]

        return SimpleNamespace(paginate=paginate)


_MESSAGES = ("sqs", "sns", "events", "kinesis", "firehose", "sesv2")
_STARTS = ("stepfunctions", "lambda", "secretsmanager")


def module(cloud: Cloud) -> ModuleType:
    """Return the module `boto3` over a cloud in memory."""

    def client(name: str, **options: Any) -> Any:
        if name == "s3":
            return Objects(cloud, options.get("config"))
        if name in _MESSAGES:
            return Messages(cloud)
        if name in _STARTS:
            return Starts(cloud)
        if name == "rds-data":
            return DataApi(cloud)
        if name == "rds":
            return SimpleNamespace(generate_db_auth_token=lambda **_words: "token")
        if name == "dsql":
            meta = SimpleNamespace(region_name="ap-northeast-1")
            return SimpleNamespace(meta=meta, generate_db_connect_auth_token=lambda **_words: "token")
        raise NotRun(f"the client of {name}")

    def resource(name: str, **_options: Any) -> Any:
        if name != "dynamodb":
            raise NotRun(f"the resource of {name}")
        return SimpleNamespace(Table=lambda table: TableResource(cloud, cloud.tables[table]))

    def session(**_options: Any) -> Any:
        return search.session()

    made = ModuleType("boto3")
    dynamodb = ModuleType("boto3.dynamodb")
    vars(dynamodb).update(conditions=conditions, types=types)
    vars(made).update(client=client, resource=resource, Session=session, dynamodb=dynamodb)
    return made
