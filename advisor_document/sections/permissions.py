"""IAM permissions: the actions of each role, and the connection that requires them."""

from advisor.text import Text
from advisor_document.context import Context
from advisor_document.model import Cell, Line, Paragraph, Section, Table, cell, line, span
from advisor_document.titles import TITLES
from blueprints.permissions import Permission, permissions, permissions_of

_INTRO = Text(
    "Each row is one policy statement. AWS managed policies (for logs, traces, network interfaces in a VPC and "
    "images, where a part needs these) and key policies are not listed here.",
    "各行は 1 つのポリシーステートメントです。AWS 管理ポリシー（各要素に必要な、ログ、トレース、VPC のネットワークインターフェイス、イメージ用）と"
    "キーポリシーは含みません。",
)
_ROLES, _RESOURCES = (
    Text("Permissions of roles", "ロールの権限"),
    Text("Resource-based policies", "リソースベースのポリシー"),
)
_HEADS = (
    Text("Principal", "プリンシパル"), Text("Actions", "アクション"), Text("Resources", "リソース"), Text("Purpose", "目的"),
)  # fmt: skip
_NONE = Text("No part of this design requires permissions.", "権限が必要な要素はありません。")


def section(context: Context) -> Section:
    """Return the chapter."""
    rows = permissions(context.stack) if context.stack is not None else permissions_of(context.plan)
    if not rows:
        return Section("permissions", context.say(TITLES["permissions"]), (Paragraph(context.line(_NONE)),))
    tables = []
    for title, by_resource in ((_ROLES, False), (_RESOURCES, True)):
        listed = tuple(_row(context, row) for row in rows if row.by_resource is by_resource)
        if listed:
            heads = tuple(context.say(head) for head in _HEADS)
            tables.append(Table(context.say(title), heads, listed, (3, 4, 4, 4)))
    return Section("permissions", context.say(TITLES["permissions"]), (Paragraph(context.line(_INTRO)), *tables))


def _row(context: Context, permission: Permission) -> tuple[Cell, ...]:
    actions = tuple((span(action, code=True),) for action in permission.actions)
    resources = tuple(
        one for r in permission.resources for one in _resource(context.one_pair(context.say(r.words)), r.template)
    )
    principal = (line(context.one_pair(context.say(permission.words))), (span(permission.role, code=True),))
    return principal, actions, resources, cell(context.say(permission.why))


def _resource(words: str, template: str) -> tuple[Line, ...]:
    spelled = (span(template, code=True),)
    return (line(words), spelled) if words else (spelled,)
