"""A search index of OpenSearch Serverless as generated programs use it, with documents in memory."""

import json
import re
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import unquote

from prove.behaviour.running.cloud import Cloud, Json, NotRun, ordered

#: The path of a request: the index, what it asks for, and the id of a document.
_PATH = re.compile(r".*/([^/]+)/(_doc|_create|_search)/?(.*)")


def session() -> Any:
    """Return the session of the SDK, of which programs use the credentials and the Region to sign requests."""
    return SimpleNamespace(region_name="ap-northeast-1", get_credentials=lambda: None)


def modules(cloud: Cloud) -> dict[str, ModuleType]:
    """Return the modules by which programs make, sign and send requests to an index."""

    class AWSRequest(SimpleNamespace):
        def __init__(self, method: str, url: str, **options: Any) -> None:
            super().__init__(method=method, url=url, **options)

        def prepare(self) -> Any:
            return self

    class SigV4Auth:
        def __init__(self, *_words: Any) -> None:
            pass

        def add_auth(self, request: Any) -> None:
            request.headers["Authorization"] = "AWS4-HMAC-SHA256"

    class URLLib3Session:
        def __init__(self, **_options: Any) -> None:
            pass

        def send(self, request: Any) -> Any:
            index, kind, id = _PATH.fullmatch(request.url).groups()  # type: ignore[union-attr]
            status, answer = _answer(
                cloud, request.method, index, kind, unquote(id), json.loads(request.data or b"null")
            )
            text = json.dumps(answer)
            return SimpleNamespace(status_code=status, content=text.encode(), text=text)

    found = {"auth": SigV4Auth, "awsrequest": AWSRequest, "httpsession": URLLib3Session}
    made = {f"botocore.{name}": ModuleType(f"botocore.{name}") for name in found}
    for module, kind in zip(made.values(), found.values(), strict=True):
        setattr(module, kind.__name__, kind)
    return made


def _answer(cloud: Cloud, method: str, index: str, kind: str, id: str, value: Any) -> tuple[int, Json]:
    documents = cloud.documents.setdefault(index, {})
    if kind == "_search":
        cloud.listing(index, scan="owner.keyword" not in json.dumps(value))
        return 200, {"hits": {"hits": [{"_source": dict(one)} for one in _found(documents, value)]}}
    if kind not in ("_doc", "_create"):
        raise NotRun(f"a request to an index: {method} {kind}")
    if method == "GET":
        cloud.looked_up(index, id, id in documents)
        return (200, {"_source": dict(documents[id])}) if id in documents else (404, {})
    # Who is about to write a document has looked whether there is one.
    cloud.lookups[:] = [one for one in cloud.lookups if one != (cloud.program, index, id, False)]
    cloud.writing(index, id)
    if method == "DELETE":
        return (200, {}) if documents.pop(id, None) is not None else (404, {})
    if kind == "_create" and id in documents:
        return 409, {}
    documents[id] = value
    return 201, {}


def _found(documents: dict[str, Json], asked: Json) -> list[Json]:
    wanted, without = (asked["query"]["bool"][name][0] for name in ("must", "must_not"))
    terms = [(name.removesuffix(".keyword"), value) for name, value in wanted.get("term", {}).items()]
    ((excluded, kind),) = without["term"].items()
    (after,) = asked.get("search_after", [""])
    kept = (one for id, one in ordered(documents) if id > after and one.get(excluded.removesuffix(".keyword")) != kind)
    return [one for one in kept if all(one.get(name) == value for name, value in terms)][: asked["size"]]
