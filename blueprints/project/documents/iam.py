"""The table of IAM permissions, as text for a terminal, as Markdown and as data."""

from collections.abc import Iterable
from typing import Any

from advisor.text import Lang, Text
from blueprints.permissions import Permission
from blueprints.project.render import markdown

_TITLE = Text("IAM permissions", "IAM 権限一覧")
_NOTE = Text(
    "Each row shows one policy statement and the connection that requires it. In addition, roles have AWS managed policies (for "
    "logs, traces and images), and KMS keys have key policies. The AWS CDK appends an eight-character hash to most logical IDs. "
    "The actions follow the requirements (a component reads a store, writes it, or both) and not the generated program, which "
    "you replace. Before production, remove the actions that your own program does not use.",
    "各行に、1 つのポリシーステートメントと、それを必要とする接続を示します。このほか、ロールには AWS 管理ポリシー（ログ、トレース、イメージ用）が、"
    "KMS キーにはキーポリシーがあります。AWS CDK のテンプレートでは、ほとんどの論理 ID の末尾に 8 文字のハッシュが付きます。"
    "アクションは、生成されたプログラムではなく要件（ストアを読み取る、書き込む、またはその両方）に基づきます。"
    "本番運用の前に、実際のプログラムが使わないアクションを削除してください。",
)
_BY_ROLE = Text("Role permissions", "ロールの権限")
_BY_RESOURCE = Text("Resource-based policies", "リソースベースのポリシー")
_HEADS = (
    Text("part", "構成要素"),
    Text("role", "ロール"),
    Text("actions", "アクション"),
    Text("resources", "リソース"),
    Text("connection", "接続"),
    Text("purpose", "目的"),
)
_CALLER = Text("principal", "プリンシパル")
_NOBODY = Text("No permissions are required.", "必要な権限はありません。")


def to_data(table: Iterable[Permission], lang: Lang) -> list[dict[str, Any]]:
    """Return the table as plain values."""
    return [
        {
            "principal": {"node": permission.principal or None, "words": permission.words.in_(lang)},
            "kind": "resource-policy" if permission.by_resource else "role",
            "role" if not permission.by_resource else "caller": permission.role,
            "actions": [*permission.actions],
            "resources": [{"words": _words(r.words, lang), "template": r.template} for r in permission.resources],
            "connection": None
            if permission.edge is None
            else dict(zip(("from", "verb", "to"), permission.edge, strict=True)),
            "because": permission.why.in_(lang),
        }
        for permission in table
    ]


def to_text(table: Iterable[Permission], lang: Lang) -> str:
    """Return the table for a terminal: a paragraph for each statement."""
    lines = []
    for permission in table:
        lines.append(f"{permission.words.in_(lang)}  [{permission.role}]")
        lines.append(f"  {', '.join(permission.actions)}")
        lines += [f"  {_HEADS[3].in_(lang)}: {_words(r.words, lang)}  {r.template}" for r in permission.resources]
        lines.append(f"  {_HEADS[5].in_(lang)}: {permission.why.in_(lang)}{_key(permission)}")
        lines.append("")
    return "\n".join(lines) if lines else _NOBODY.in_(lang) + "\n"


def _words(text: Text, lang: Lang) -> str:
    """Return a text in a language; Japanese has no space after a full-width bracket."""
    return text.in_(lang).replace("） ", "）")


def _key(permission: Permission) -> str:
    return f"  ({' '.join(permission.edge)})" if permission.edge else ""


def to_markdown(table: Iterable[Permission], lang: Lang, *, heading: bool = True) -> str:
    """Return the table in Markdown; without a heading and HTML, as a part of a page."""
    rows = tuple(table)
    parts = [f"# {_TITLE.in_(lang)}\n\n{_NOTE.in_(lang)}\n"] if heading else []
    if not rows:
        parts.append(_NOBODY.in_(lang) + "\n")
    for title, by_resource in ((_BY_ROLE, False), (_BY_RESOURCE, True)):
        listed = [row for row in rows if row.by_resource is by_resource]
        if listed:
            mark = "## " if heading else "**"
            rest = _rows(listed, lang, by_resource, "<br>" if heading else ", ")
            parts.append(f"{mark}{title.in_(lang)}{'' if heading else '**'}\n\n{rest}")
    return "\n".join(parts)


def _rows(listed: list[Permission], lang: Lang, by_resource: bool, between: str) -> str:
    heads = [head.in_(lang) for head in _HEADS]
    if by_resource:
        heads[1] = _CALLER.in_(lang)
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for permission in listed:
        resources = between.join(f"{markdown(_words(r.words, lang))}: `{r.template}`" for r in permission.resources)
        actions = between.join(f"`{action}`" for action in permission.actions)
        edge = f"`{' '.join(permission.edge)}`" if permission.edge else ""
        who, why = markdown(permission.words.in_(lang)), markdown(permission.why.in_(lang))
        lines.append(f"| {who} | `{permission.role}` | {actions} | {resources} | {edge} | {why} |")
    return "\n".join(lines) + "\n"
