"""Functions of isolated tenants that something invokes without a tenant: refused rather than generated without isolation."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.text import Text
from blueprints.errors import Unsupported
from blueprints.plan import Plan
from blueprints.plan.callers.tenants import has_tenants, passes_tenant


def without_tenant(plan: Plan, node: Node) -> Iterator[Unsupported]:
    """Yield the refusal of a function with an environment for each tenant, unless only authenticated requests invoke it."""
    entering = plan.architecture.entering(node.id)
    if has_tenants(plan, node) and not (entering and all(passes_tenant(plan, edge) for edge in entering)):
        yield Unsupported(node.id, _words(node))


def _words(node: Node) -> Text:
    name = node.note
    return Text(
        f'Each tenant of "{name.en}" must have an execution environment of its own ("isolation: per-tenant"). Each invocation of such a function '
        "must name the tenant, and the project generator does this only for HTTP requests that a REST API authenticates with a user pool or AWS "
        'credentials. State "authentication: sign-up" or "aws-iam" and no other trigger or caller, and let a separate component with '
        '"isolation: shared" do the other work; or state "isolation: shared" and deploy the project once for each tenant.',
        f"「{name.ja}」ではテナントごとに専用の実行環境が必要です（「isolation: per-tenant」）。この関数の呼び出しにはテナントの指定が必要ですが、生成に"
        "対応しているのは、REST API がユーザープールまたは AWS 認証情報で認証する HTTP リクエストだけです。「authentication: sign-up」または「aws-iam」を"
        "指定してほかの起点や呼び出し元をなくし、その処理は「isolation: shared」の別のコンポーネントに分けてください。または「isolation: shared」と回答し、"
        "テナントごとにプロジェクトをデプロイしてください。",
    )
