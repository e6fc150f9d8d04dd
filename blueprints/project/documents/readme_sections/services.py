"""What the README says of the services of a project, why they were selected, and which components they serve."""

from advisor.architecture import Node
from advisor.architecture.balancing import sharing
from advisor.text import Lang, repeats
from blueprints.plan import Plan
from blueprints.project.render import one_line

#: The roles of services that a project has once for all of its programs.
_SHARED_BY_ALL = ("registry", "observability", "secrets")


def identical_parts(plan: Plan) -> list[tuple[str, int]]:
    """Return the parts that represent several identical ones, with their number; what exists already is not in the project."""
    represented = {node.subject for node in plan.architecture.nodes if node.count > 1}
    return [(s.id, s.count) for s in plan.design.decision.subjects if s.count > 1 and s.id in represented]


def served_by(plan: Plan, node: Node) -> str:
    """Return which components a part belongs to or serves, as code of Markdown without its ends."""
    users = [plan.node(edge.source) for edge in plan.architecture.entering(node.id) if node.role in _SHARED_BY_ALL]
    served = dict.fromkeys([node.subject, *(user.subject for user in users if user.kind == "service")])
    return "`, `".join(sharing(node) or served)


def service_title(node: Node, lang: Lang) -> str:
    """Return the heading of a service, with its note unless that says the same."""
    note = "" if repeats(node.heading, node.note) else node.note.in_(lang)
    return f"{node.heading.in_(lang)}: {note}" if note else node.heading.in_(lang)


def choices(plan: Plan, lang: Lang) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return for each role its purpose, the service, and the reasons with their sources."""
    choices = []
    for subject in plan.design.decision.subjects:
        for choice in subject.choices:
            if choice.service in (None, "none"):
                continue
            name = plan.design.book.services[str(choice.service)].name.in_(lang)
            role = plan.design.book.role(choice.role).title.in_(lang)
            # Two rules can give the same reason.
            reasons = [*dict.fromkeys((r.sentence.in_(lang), r.source.url if r.source else "") for r in choice.because)]
            choices.append((f"{one_line(subject.title.in_(lang) or subject.id)}: {role}", name, reasons))
    return choices
