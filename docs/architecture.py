"""The drawing of `docs/architecture.md`, made by the product's own renderer.

`pytest tests/docs/test_docs.py --accept` writes `docs/architecture.svg` anew.
"""

from advisor.architecture import Architecture, Edge, Group, Node
from advisor.text import Text
from renderers import svg
from renderers.layout import arrange

TITLE = "From a requirements file to diagrams and projects"

#: Package (a border) -> its nodes: id, title, note.
_STAGES = {
    "rules/": (("book", "Rule book", "YAML"),),
    "advisor/": (
        ("requirements", "Requirements", "advisor/requirements"),
        ("verdict", "Verdict", "advisor/verdict"),
        ("decision", "Decision", "advisor/explanation"),
        ("architecture", "Architecture", "graph_builder"),
        ("design", "Design", "advisor/design.py"),
        ("report", "Report", "advisor/report"),
    ),
    "renderers/": (("drawing", "Renderers", "SVG, Mermaid, ADR"),),
    "blueprints/": (
        ("plan", "Plan", "traits/, plan/"),
        ("stack", "Stack", "parts/, stack/"),
        ("sam", "SAM template", "sam/"),
        ("cdk", "CDK programs", "cdk/lifts/"),
        ("project", "Handlers and tests", "project/"),
    ),
    "advisor_bundle/": (("zip", "Project (ZIP)", "one per target"),),
}
#: Source, target, label, sentence.
_FLOWS = (
    ("file", "requirements", "read", "A requirements file is read and checked"),
    ("requirements", "verdict", "decide", "Derived facts and the rule matrix choose a service for each role"),
    ("book", "verdict", "as of a date", "Rules, facts and services apply as of a date"),
    ("verdict", "decision", "explain", "Every choice receives its reasons and their evaluation"),
    ("verdict", "architecture", "connect", "Services become nodes and links become connections, with their settings"),
    ("decision", "design", "part of", "The design holds the decision"),
    ("architecture", "design", "part of", "The design holds the architecture"),
    ("design", "report", "print", "The decision is printed as JSON or text"),
    ("design", "drawing", "draw", "The design is drawn"),
    ("design", "plan", "plan", "Names, permissions, variables and parameters are fixed for every target"),
    ("plan", "stack", "parts", "Each service and connection adds its resources"),
    ("stack", "sam", "print", "The stack is printed as a SAM template"),
    ("stack", "cdk", "lift", "A lift maps each resource to its L2 construct; other resources use their L1 class"),
    ("plan", "project", "write", "Handlers, tests and documents are written"),
    ("drawing", "zip", "add", "The drawing and the decision record are added"),
    ("sam", "zip", "add", "The template is added"),
    ("cdk", "zip", "add", "The CDK program is added"),
    ("project", "zip", "add", "Handlers, tests and documents are added"),
)


def graph() -> Architecture:
    """Return the product's stages as a graph that the renderer draws."""
    nodes = [Node("file", "file", "outside", "", "", Text.same("Requirements file"), Text.same("YAML"), "client")]
    for package, stages in _STAGES.items():
        nodes += [
            Node(id, id, "part", "", "", Text.same(title), Text.same(note), "application", group=package)
            for id, title, note in stages
        ]
    edges = [
        Edge(f"{source}>{target}", source, label, target, Text.same(label), Text.same(sentence), "sync", step=number)
        for number, (source, target, label, sentence) in enumerate(_FLOWS, 1)
    ]
    # The renderer puts a border of AWS around everything unless there is an outermost one.
    groups = [Group("repository", "cloud", Text.same("This repository"), service="application")]
    groups += [Group(package, "component", Text.same(package), "repository") for package in _STAGES]
    return Architecture(tuple(nodes), tuple(edges), tuple(groups))


def drawing() -> bytes:
    """Return the drawing as SVG."""
    return svg.write(arrange(graph(), TITLE))
