"""Views of one architecture: the same system by aspect, each drawn in every format.

A view takes what it says from the plan and the stack that projects are generated from, so that pictures and projects agree.
"""

from collections.abc import Callable
from dataclasses import replace

from advisor.design import Design
from advisor.text import Text
from advisor_bundle.views import failure, flow, network, security, settings
from advisor_bundle.views.subject import Subject, subject_of
from blueprints.plan import Plan
from renderers.view import View, reduced

__all__ = ["ALL", "TITLES", "VIEWS", "UnknownView", "all_views", "view_of", "viewed"]

#: The views in the order in which they are offered. A view of costs is one more function here.
VIEWS: dict[str, Callable[[Subject], View]] = {
    "overview": flow.overview,
    "detail": settings.detail,
    "network": network.network,
    "security": security.security,
    "failure": failure.failure,
    "decision": flow.decision,
}
#: What each view is called.
TITLES: dict[str, Text] = {
    "overview": flow.OVERVIEW,
    "detail": settings.TITLE,
    "network": network.TITLE,
    "security": security.TITLE,
    "failure": failure.TITLE,
    "decision": flow.DECISION,
}
#: What stands for all views, where a format holds several pictures.
ALL = "all"


class UnknownView(ValueError):
    """An unknown view was requested; `text` lists the known ones."""

    def __init__(self, name: str) -> None:
        names = [*VIEWS, ALL]
        listed, last = ", ".join(names[:-1]), names[-1]
        self.text = Text(
            f'"{name[:40]}" is not a view. It must be one of {listed} or {last}.',
            f"「{name[:40]}」というビューはありません。{'、'.join(names)} のいずれかを指定してください。",
        )
        super().__init__(self.text.en)


def view_of(design: Design, name: str, plan: Plan | None = None) -> View:
    """Return a view of a design; UnknownView if there is none with that name. An existing plan is reused."""
    if name not in VIEWS:
        raise UnknownView(name)
    return VIEWS[name](subject_of(design, plan))


def all_views(design: Design) -> dict[str, Design]:
    """Return the complete design under the name "", and each view under its name."""
    subject = subject_of(design)
    views = {name: reduced(make(subject)) for name, make in VIEWS.items()}
    return {"": design} | {name: replace(design, architecture=architecture) for name, architecture in views.items()}


def viewed(design: Design, name: str, plan: Plan | None = None) -> Design:
    """Return a design with its architecture reduced to a view; every output that draws it draws the view."""
    return replace(design, architecture=reduced(view_of(design, name, plan)))
