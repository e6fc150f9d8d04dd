"""Sizes of direct uploads that are stated as a request size: these bytes pass no endpoint, whatever the request says."""

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.requirements.answers import AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.text import Text, spaced
from advisor.vocabulary import FIELDS
from advisor.vocabulary.formats import quantity

#: The answers of a component from which the size of its uploads follows.
UPLOADED_BY = ("direct_uploads", "request_bytes")
#: What every endpoint passes to every program, in bytes: the smallest payload limit of all endpoints for HTTP is that of a
#: load balancer before a function (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html).
PASSED_BYTES = 2.0**20
# The request for an upload URL: as large as any request is assumed to be.
_REQUEST_BYTES = next(float(str(field.default)) for field in FIELDS["component"] if field.id == "request_bytes")
_OF_COMPONENT = Text(
    'the request size stated for "{subject}", whose clients upload files directly',
    "クライアントが直接アップロードする「{subject}」のリクエストサイズとして回答された値",
)


def uploaded_bytes(answers: Answers, component: AnsweredSubject, values: Mapping[str, Any]) -> float | None:
    """Return the size of the direct uploads of a component, if it is stated as the size of its requests.

    Where its store of objects states the largest item, which is the largest upload, a stated request size is its own. `values` is
    what is known of the component: direct uploads that do not apply are not among these.
    """
    size = component.answers.get("request_bytes")
    if size is None or size <= PASSED_BYTES or not values.get("direct_uploads"):
        return None
    return None if are_sized(answers, component, values) else float(size)


def are_sized(answers: Answers, component: AnsweredSubject, values: Mapping[str, Any]) -> bool:
    """Return whether clients upload files directly to a store of objects that states its largest item."""
    uploads = bool(values.get("direct_uploads"))
    return uploads and any("item_bytes" in store.answers for store in _object_stores(answers, component))


def request_beside_uploads(size: float) -> tuple[float, Because]:
    """Return the size of a request for an upload URL, in bytes, and why it is not the stated size of the uploads."""
    stated = quantity(size, "B")
    said = Text(
        f"the stated {stated.en} is the size of the direct uploads",
        f"回答された{stated.ja}は直接アップロードのサイズ",
    )
    return _REQUEST_BYTES, Because(spaced(said))


def uploading(answers: Answers, store: AnsweredSubject) -> Iterator[AnsweredSubject]:
    """Yield the components that state direct uploads and write to a store of objects, and to no other one."""
    for component in answers.of_kind("component"):
        if component.answers.get("direct_uploads") and [s.id for s in _object_stores(answers, component)] == [store.id]:
            yield component


def _object_stores(answers: Answers, component: AnsweredSubject) -> list[AnsweredSubject]:
    written = [answers.subjects[id] for id in component.answers.get("writes", ())]
    return [store for store in written if store.answers.get("access") == "objects"]


def stated_at(component: AnsweredSubject) -> Because:
    """Return why the maximum item size of a store is the request size of a component."""
    return Because(_OF_COMPONENT, component.id)
