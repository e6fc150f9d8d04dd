"""A warning about callers that a load balancer shuts out: pages of another origin, and programs of the workload."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.architecture import Architecture, Node
from advisor.architecture.balancing import verifies_tokens
from advisor.decision import Source, Warning
from advisor.requirements.pages import page_callers
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.vocabulary.formats import english

# Entries that sign users in by a redirect of the browser and a cookie, unless they verify tokens.
_REDIRECTING = ("alb",)
_SIGN_IN = Source(
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html", "2026-11-25"
)

_TOKENS = Source(
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html", "2026-12-01"
)


def shut_out(architecture: Architecture, verdict: Verdict, node: Node) -> Iterator[Warning]:
    """Warn if pages of a site or programs of the workload call an entry that redirects them to a sign-in page.

    If it verifies tokens, which programs of partners send, it rejects what has none.
    """
    if node.role != "entry" or node.service not in _REDIRECTING or not architecture.leaving(node.id, "authorize"):
        return
    program = architecture.find(f"{node.subject}.compute") or node
    callers = [architecture.node(edge.source) for edge in architecture.entering(node.id, "call")]
    has_pages = bool(page_callers(verdict.answers, node.subject))
    if not has_pages and not callers:
        return
    if verifies_tokens(node):
        words = tokenless_words(program, callers, has_pages=has_pages)
        yield Warning(node.subject, node.role, "calls-without-a-token", words, _TOKENS)
    else:
        words = shut_out_words(program, callers, has_pages=has_pages)
        yield Warning(node.subject, node.role, "only-browsers-sign-in", words, _SIGN_IN)


def tokenless_words(program: Node, callers: list[Node], *, has_pages: bool) -> Text:
    """Return the sentence on a program behind a load balancer that verifies tokens, with those whose calls have none."""
    names = _names(callers, has_pages=has_pages)
    return Text(
        f'The load balancer of "{program.note.en}" accepts only requests with a token of the identity provider, which programs '
        f"of partners send. Requests of {english.listed(names.en)} fail: generated programs send no token, and browsers send none "
        "before a request to another origin (CORS preflight). For these callers, add a component with `exposure: private` or `exposure: public`.",
        f"「{program.note.ja}」のロードバランサーは、パートナーのプログラムが送る、ID プロバイダーのトークンを含むリクエストだけを受け付けます。"
        f"次の呼び出し元からのリクエストは失敗します（{'、'.join(names.ja)}）。生成されるプログラムはトークンを送らず、ブラウザも別オリジンへの"
        "リクエストの前（CORS プリフライト）にはトークンを送らないためです。これらの呼び出し元のために、`exposure: private` または "
        "`exposure: public` のコンポーネントを追加してください。",
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of callers in each language."""

    en: list[str]
    ja: list[str]


def _names(callers: list[Node], *, has_pages: bool) -> _Names:
    en = [f'"{one.note.en}"' for one in callers]
    ja = [f"「{one.note.ja}」" for one in callers]
    if has_pages:
        en.append("the scripts of pages from another origin")
        ja.append("別オリジンのページのスクリプト")
    return _Names(en, ja)


def shut_out_words(program: Node, callers: list[Node], *, has_pages: bool) -> Text:
    """Return the sentence on a program behind a load balancer with a sign-in page, with those whose calls it redirects."""
    names = _names(callers, has_pages=has_pages)
    return Text(
        f'The load balancer of "{program.note.en}" signs users in with a redirect to a sign-in page and a cookie. Not all callers '
        f"can sign in like this: requests of {english.listed(names.en)} fail. Specify API Gateway as the entry: it verifies a token in "
        f'each request. Otherwise, remove the sign-in from the load balancer and verify tokens in "{program.note.en}".',
        f"「{program.note.ja}」のロードバランサーは、サインインページへのリダイレクトと Cookie でユーザーを認証します。この方法でサインイン"
        f"できない呼び出し元からのリクエストは失敗します（{'、'.join(names.ja)}）。リクエストごとにトークンを検証する API Gateway をエンド"
        f"ポイントに指定するか、ロードバランサーのサインインをやめて「{program.note.ja}」でトークンを検証してください。",
    )
