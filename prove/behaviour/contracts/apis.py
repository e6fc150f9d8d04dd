"""Programs that serve items to callers: over HTTP, or as resolvers of a GraphQL API."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prove.behaviour.running.cloud import NotRun
from prove.behaviour.running.program import Program
from prove.behaviour.running.system import System

#: More pages than these are an answer that never ends.
MOST_PAGES = 50


@dataclass(frozen=True)
class Api:
    """A program that answers callers."""

    program: Program
    graphql: bool

    @property
    def reads(self) -> bool:
        """Whether callers can list items."""
        return hasattr(self.program.service, "listing")

    @property
    def creates(self) -> bool:
        """Whether callers can make items."""
        return hasattr(self.program.service, "create")

    @property
    def changes(self) -> bool:
        """Whether callers can replace and remove items."""
        return hasattr(self.program.service, "replace")

    @property
    def names_entities(self) -> bool:
        """Whether callers have to name the entity that a message is about, as no item can be changed."""
        return hasattr(self.program.service, "ORDERING_KEY") and not self.changes

    @property
    def anonymous(self) -> bool:
        """Whether the program has no authentication, so that all callers are the same."""
        who = getattr(self.program.entry, "caller", None)
        # Whoever knows the secret of a sender is the sender.
        if self.program.webhook:
            return True
        return bool(who is not None and who({"who": "alice"}) == "everyone")

    def create(self, who: str, values: Any, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """Make an item. Where items cannot be changed, callers may have to name the entity that a message is about."""
        if self.names_entities and isinstance(values, dict):
            values = {"ordering_key": "entity-1", **values}
        if self.graphql:
            return 201, self.program.field("createItem", who, {"input": values}, headers)
        return self.program.request("POST", "/items", who, body=values, headers=headers)

    def replace(self, who: str, id: str, values: Any, match: str = "*") -> int:
        """Replace an item, of any version or of those in `match`, and return the status, which is 404 if it does not exist."""
        if self.graphql:
            try:
                self.program.field("replaceItem", who, {"id": id, "input": values, "etag": match})
            except Exception:
                return 404
            return 200
        return self.program.request("PUT", f"/items/{id}", who, body=values, headers={"If-Match": match})[0]

    def remove(self, who: str, id: str) -> None:
        """Remove an item."""
        if self.graphql:
            self.program.field("removeItem", who, {"id": id, "etag": "*"})
        else:
            self.program.request("DELETE", f"/items/{id}", who, headers={"If-Match": "*"})

    def read(self, who: str, id: str) -> Any:
        """Return an item, or None."""
        if self.graphql:
            return self.program.field("item", who, {"id": id})
        status, value = self.program.request("GET", f"/items/{id}", who)
        return value if status == 200 else None

    def everything(self, who: str) -> list[Any]:
        """Return the items of all pages of a list, following `next`."""
        found: list[Any] = []
        after = None
        for _ in range(MOST_PAGES):
            page = self._page(who, after)
            found += page["items"]
            after = page.get("next")
            if not after:
                return found
        return found

    def _page(self, who: str, after: str | None) -> Any:
        asked = {"after": after} if after else {}
        if self.graphql:
            answer = self.program.field("items", who, asked)
            return answer if isinstance(answer, dict) else {"items": answer}
        return self.program.request("GET", "/items", who, query=asked)[1]

    def store(self, who: str) -> str:
        """Return the store that a list comes from."""
        self.program.cloud.listed.clear()
        self._page(who, None)
        return next((store for program, store, _ in self.program.cloud.listed if program == self.program.id), "")


def apis(system: System) -> Iterator[Api]:
    """Yield the programs that answer callers; those that cannot run here are noted as unproven."""
    for program in system.programs.values():
        try:
            entry = program.entry
        except NotRun as error:
            system.unproven.append(str(error))
            continue
        app = getattr(entry, "app", None)
        if hasattr(entry, "application") or getattr(app, "_routes", None):
            yield Api(program, graphql=False)
        elif getattr(app, "_fields", None):
            yield Api(program, graphql=True)
