"""Database engines that no generated program speaks to: refused rather than replaced by PostgreSQL."""

from collections.abc import Iterator

from advisor.text import Text
from advisor.vocabulary.many import EXISTS
from blueprints import settings
from blueprints.errors import Unsupported
from blueprints.plan import Plan

_GENERATED = ("any", "postgresql")


def unspoken_engines(plan: Plan) -> Iterator[Unsupported]:
    """Yield the relational stores whose engine is not PostgreSQL, for which drivers, migrations and tests are generated."""
    subjects = plan.design.verdict.subjects
    for node in plan.architecture.nodes:
        engine = subjects[node.subject].known.values.get("database_engine") if node.subject in subjects else None
        if node.role == "store" and engine not in (None, *_GENERATED) and not settings.flag(node, EXISTS):
            yield Unsupported(node.id, _only_postgresql(node.note))


def _only_postgresql(name: Text) -> Text:
    return Text(
        f'"{name.en}" needs another database engine than PostgreSQL, but the drivers, migrations and tests of generated '
        "projects are for PostgreSQL. The decision, its record and its diagrams remain available.",
        f"「{name.ja}」には PostgreSQL 以外のデータベースエンジンが必要ですが、生成されるプロジェクトのドライバー、マイグレーション、テストは "
        "PostgreSQL 用です。選定結果、決定記録、構成図は利用できます。",
    )
