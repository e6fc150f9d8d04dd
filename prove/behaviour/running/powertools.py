"""Powertools for AWS Lambda as the entry points of generated programs use it: routes, resolvers and batches."""

import base64
import json
import re
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

Json = dict[str, Any]


class Logger:
    """A logger without output."""

    def __init__(self, **_options: Any) -> None:
        pass

    def inject_lambda_context(self, handler: Any = None, **_options: Any) -> Any:
        """Decorate a handler."""
        return handler if handler is not None else lambda decorated: decorated

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_words, **_options: None


class Metrics:
    """Metrics without output."""

    def __init__(self, **_options: Any) -> None:
        pass

    def log_metrics(self, **_options: Any) -> Callable[[Any], Any]:
        """Decorate a handler."""
        return lambda decorated: decorated

    def __getattr__(self, _name: str) -> Callable[..., None]:
        return lambda *_words, **_options: None


class Response:
    """The answer of a route."""

    def __init__(self, status_code: int, content_type: str = "", body: Any = None, **_options: Any) -> None:
        self.status_code, self.body = status_code, body

    def __class_getitem__(cls, _item: Any) -> type["Response"]:
        return cls


class Headers(dict[str, str]):
    """Headers of a request, whose names are the same in capitals and in small letters."""

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a header."""
        return next((value for key, value in self.items() if key.lower() == name.lower()), default)


class HttpError(Exception):
    """A response from an exception."""

    status = 500


def _error(name: str, status: int) -> type[HttpError]:
    return type(name, (HttpError,), {"status": status})


ERRORS = {
    "BadRequestError": _error("BadRequestError", 400),
    "UnauthorizedError": _error("UnauthorizedError", 401),
    "NotFoundError": _error("NotFoundError", 404),
    "RequestEntityTooLargeError": _error("RequestEntityTooLargeError", 413),
    "ServiceError": _error("ServiceError", 409),
}


class Resolver:
    """Routes of an HTTP API, or resolvers of a GraphQL API."""

    def __init__(self, **_options: Any) -> None:
        self._routes: list[tuple[str, re.Pattern[str], Callable[..., Any]]] = []
        self._fields: dict[str, Callable[..., Any]] = {}
        self._handlers: list[tuple[type[Exception], Callable[[Any], Any]]] = []
        self.current_event: Any = None

    def __getattr__(self, name: str) -> Callable[[str], Callable[[Any], Any]]:
        if name not in ("get", "post", "put", "delete"):
            raise AttributeError(name)

        def register(path: str) -> Callable[[Any], Any]:
            pattern = re.compile(re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", path))

            def decorate(function: Any) -> Any:
                self._routes.append((name.upper(), pattern, function))
                return function

            return decorate

        return register

    def resolver(self, type_name: str, field_name: str) -> Callable[[Any], Any]:
        """Register the resolver of a field."""

        def decorate(function: Any) -> Any:
            self._fields[field_name] = function
            return function

        return decorate

    def use(self, middlewares: list[Callable[..., Any]]) -> None:
        """Take what changes only the headers of responses."""

    def exception_handler(self, kind: type[Exception]) -> Callable[[Any], Any]:
        """Register a handler for an exception."""

        def decorate(function: Any) -> Any:
            self._handlers.append((kind, function))
            return function

        return decorate

    def resolve(self, event: Json, _context: Any) -> Any:
        """Answer one event."""
        self.current_event = _event(event)
        if "info" in event:
            return self._fields[event["info"]["fieldName"]](**event["arguments"])
        for method, pattern, function in self._routes:
            matched = pattern.fullmatch(event["path"])
            if matched and method == event["method"]:
                return self._answer(function, matched.groupdict())
        return {"statusCode": 404, "body": ""}

    def _handler(self, error: Exception) -> Callable[[Any], Any] | None:
        """Return the handler of the closest class of an exception, as Powertools looks it up."""
        handlers = {
            one: handle
            for kind, handle in self._handlers
            for one in (kind if isinstance(kind, (list, tuple)) else [kind])
        }
        return next((handlers[one] for one in type(error).__mro__ if one in handlers), None)

    def _answer(self, function: Callable[..., Any], words: Json) -> Json:
        try:
            return _plain(function(**words))
        except HttpError as error:
            return {"statusCode": error.status, "body": str(error)}
        except Exception as error:
            handler = self._handler(error)
            if handler is None:
                raise
            try:
                return _plain(handler(error))
            except HttpError as answer:
                return {"statusCode": answer.status, "body": str(answer)}


def _event(event: Json) -> Any:
    asked = event.get("queryStringParameters") or {}
    return SimpleNamespace(
        raw_event=event,
        decoded_body=event.get("body"),
        json_body=json.loads(event.get("body") or "null"),
        query_string_parameters=asked,
        headers=Headers(event.get("headers") or {}),
        request_headers=Headers(event.get("request", {}).get("headers") or {}),
        get_query_string_value=lambda name, default_value=None: asked.get(name, default_value),
    )


def _plain(answer: Any) -> Json:
    if isinstance(answer, Response):
        return {"statusCode": answer.status_code, "body": answer.body or ""}
    body, status = answer if isinstance(answer, tuple) else (answer, 200)
    return {"statusCode": status, "body": json.dumps(body)}


class Processor:
    """A batch processor."""

    def __init__(self, **_options: Any) -> None:
        pass


def _in_batches(event: Json, record_handler: Callable[[Any], Any], **_options: Any) -> Json:
    for record in event["Records"]:
        record_handler(_record(record))
    return {"batchItemFailures": []}


def _record(record: Json) -> Any:
    if "kinesis" in record:
        text = base64.b64decode(record["kinesis"]["data"]).decode()
        number = record["kinesis"]["sequenceNumber"]
        key = record["kinesis"]["partitionKey"]
        about = SimpleNamespace(data_as_text=lambda: text, sequence_number=number, partition_key=key)
        return SimpleNamespace(kinesis=about, event_id=record["eventID"])
    if "dynamodb" in record:
        change = TypeDeserializer()
        image = record["dynamodb"].get("NewImage")
        plain = {name: change.deserialize(value) for name, value in image.items()} if image else None
        return SimpleNamespace(dynamodb=SimpleNamespace(new_image=plain), event_id=record["eventID"])
    about = record.get("attributes", {})
    sent, number = about.get("SentTimestamp"), about.get("SequenceNumber")
    return SimpleNamespace(
        body=record["body"],
        message_id=record["messageId"],
        attributes=SimpleNamespace(sent_timestamp=sent, sequence_number=number),
    )


def modules() -> dict[str, ModuleType]:
    """Return the modules by their names."""
    root = "aws_lambda_powertools"
    batch = {"BatchProcessor": Processor, "SqsFifoPartialProcessor": Processor, "process_partial_response": _in_batches}
    event_type = SimpleNamespace(SQS="SQS", KinesisDataStreams="Kinesis", DynamoDBStreams="DynamoDB")
    resolvers = (
        "APIGatewayRestResolver",
        "APIGatewayHttpResolver",
        "LambdaFunctionUrlResolver",
        "ALBResolver",
        "AppSyncResolver",
    )
    contents: dict[str, Json] = {
        root: {"Logger": Logger, "Metrics": Metrics},
        f"{root}.metrics": {"MetricUnit": Anything()},
        f"{root}.event_handler": {
            **dict.fromkeys(resolvers, Resolver), "Response": Response, "CORSConfig": Processor,
            "content_types": SimpleNamespace(APPLICATION_JSON="application/json"),
        },
        f"{root}.event_handler.exceptions": ERRORS,
        f"{root}.event_handler.middlewares": {"NextMiddleware": object},
        f"{root}.logging": {"correlation_paths": Anything()},
        f"{root}.utilities": {},
        f"{root}.utilities.typing": {"LambdaContext": object},
        f"{root}.utilities.batch": {**batch, "EventType": event_type},
        f"{root}.utilities.data_classes": {},
        **{
            f"{root}.utilities.data_classes.{name}": {record: staticmethod(_record)}
            for name, record in (
                ("sqs_event", "SQSRecord"), ("kinesis_stream_event", "KinesisStreamRecord"),
                ("dynamo_db_stream_event", "DynamoDBRecord"),
            )
        },
    }  # fmt: skip
    made = {}
    for name, content in contents.items():
        made[name] = ModuleType(name)
        vars(made[name]).update(content)
    return made


class Anything:
    """Has every attribute, each a word of its own."""

    def __getattr__(self, name: str) -> str:
        return name
