"""What callers reach without a program: the targets of an endpoint without code, and what a CDN delivers."""

from collections.abc import Callable, Mapping
from typing import Any

from advisor.requirements.answers import LINKS, AnsweredSubject, Answers
from advisor.requirements.pages import calls_from_pages
from advisor.requirements.starts import REQUESTS, starts

#: Returns the answers about a subject, with the defaults of what is not answered.
Filled = Callable[[AnsweredSubject], Mapping[str, Any]]
#: Items this large are rarely read by key; an assumption where the access is not stated.
MOST_KEYED_BYTES = 400 * 2**10
# What an API checks or keeps, and content delivery in this product does not.
_ASKED_OF_AN_API = ("caching", "validation", "throttling", "api_keys")
# Sign-ins by which each caller has items of its own; machines with AWS credentials share theirs.
_OF_USERS = ("sign-up", "existing-provider")
# Entries that hand requests to a program only.
_BEFORE_PROGRAMS = ("alb", "nlb", "lambda-function-url")


def derive_delivery(answers: Answers, subject: AnsweredSubject, values: dict[str, Any], filled: Filled) -> None:
    """Add whether a site is hosted apart from the program, a CDN delivers it, and the CDN is all that there is.

    A specified endpoint that forwards to programs serves pages without code by a program.
    """
    outside = starts(values, *REQUESTS) and values["exposure"] != "private"
    coded, entry = values["logic"] == "code", subject.pins.get("entry")
    values["hosts_site"] = bool(outside and values["static_site"] and (coded or entry not in _BEFORE_PROGRAMS))
    values["at_edge"] = bool(values["hosts_site"] or (outside and values.get("cdn")))
    alone = not coded and entry is None and set(values["trigger"]) == {"request"} and values.get("protocol") == "http"
    checked = values.get("authentication", "none") != "none" and not values["checked_elsewhere"]
    asked = checked or any(values.get(answer) for answer in _ASKED_OF_AN_API)
    values["edge_only"] = bool(values["at_edge"] and alone and not asked and _only_objects(answers, subject, filled))
    values["out_of_reach"] = values["out_of_reach"] and not values["edge_only"]


def _only_objects(answers: Answers, subject: AnsweredSubject, filled: Filled) -> bool:
    """Whether all that a component is linked to are object stores, which a CDN reads and writes itself, or what its pages call."""
    if calls_from_pages(answers, subject):
        return True
    targets = [answers.subjects[id] for field in LINKS for id in subject.answers.get(field, ())]
    return all(t.kind == "store" and access_of(t, filled(t)) == "objects" for t in targets)


def out_of_reach(answers: Answers, subject: AnsweredSubject, values: Mapping[str, Any], filled: Filled) -> bool:
    """Whether an entry without code cannot perform the operations of a component on its stores and channels.

    It hands a request to one place: API Gateway to a table whose items have no owners, a queue, a topic or a bus, without a key that orders messages;
    AppSync to a table that it reads. WebSocket messages only go to other clients. Pages that only the own network may load are
    served by a program: content delivery is public. A specified endpoint that only forwards to programs needs one.
    """
    protocol, inside = values["protocol"], values["exposure"] == "private"
    linked = {id for field in LINKS for id in subject.answers.get(field, ())}
    pages_inside = inside and values["static_site"]
    if pages_inside or subject.pins.get("entry") in _BEFORE_PROGRAMS:
        return True
    if protocol == "websocket" or len(linked) > 1:
        return bool(linked)
    reads, targets = bool(subject.answers.get("reads")), [answers.subjects[id] for id in linked]
    if protocol == "http" and any(_has_owners(answers, id, values) for id in subject.answers.get("reads", ())):
        return True
    return any(
        (not inside and _is_unheard(answers, t)) or not _within_reach(t, filled(t), protocol, reads=reads)
        for t in targets
    )


def _has_owners(answers: Answers, store: str, values: Mapping[str, Any]) -> bool:
    """Whether a caller may read only some items of a store by their ids: users sign in, or tenants of a component are isolated.

    An integration of API Gateway gets whatever item has the id; AppSync compares the owner.
    """
    users = [
        c for c in answers.of_kind("component") if store in (*c.answers.get("reads", ()), *c.answers.get("writes", ()))
    ]
    isolated = any(user.answers.get("isolation") == "per-tenant" for user in users)
    return isolated or values["authentication"] in _OF_USERS


def _is_unheard(answers: Answers, target: AnsweredSubject) -> bool:
    """Whether a target publishes events with no known subscriber, which requires a topic that an HTTP API cannot publish to."""
    heard = target.answers.get("destinations") or any(
        c.answers.get("listens_to") == target.id for c in answers.of_kind("component")
    )
    return target.answers.get("carries") == "event" and not heard


def _within_reach(target: AnsweredSubject, values: Mapping[str, Any], protocol: str, *, reads: bool) -> bool:
    if target.kind == "store":
        return access_of(target, values) == "key-value" and (protocol != "graphql" or reads)
    plain = target.kind == "channel" and values["ordering"] == "none" and values["carries"] != "records"
    return plain and protocol != "graphql" and values.get("duplicates_ok") is not False


def access_of(subject: AnsweredSubject, values: Mapping[str, Any]) -> Any:
    """Return how a store is accessed: large items are not assumed to be read by key."""
    large = "access" not in subject.answers and values["item_bytes"] > MOST_KEYED_BYTES
    return "objects" if large else values["access"]
