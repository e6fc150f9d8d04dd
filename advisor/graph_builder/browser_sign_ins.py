"""A warning about callers that cannot sign in at a load balancer: pages of another origin, programs, and those of partners."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.decision import Source, Warning
from advisor.requirements.pages import page_callers
from advisor.text import Text
from advisor.verdict import Verdict
from advisor.vocabulary.formats import english

# Entries that sign users in by a redirect of the browser and a cookie.
_REDIRECTING = ("alb",)
_SIGN_IN = Source(
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html", "2026-11-25"
)


def shut_out(architecture: Architecture, verdict: Verdict, node: Node) -> Iterator[Warning]:
    """Warn if an entry redirects to a sign-in page what pages of a site, programs of the workload or partners send to it."""
    if node.role != "entry" or node.service not in _REDIRECTING or not architecture.leaving(node.id, "authorize"):
        return
    program = architecture.find(f"{node.subject}.compute") or node
    callers = [architecture.node(edge.source) for edge in architecture.entering(node.id, "call")]
    has_pages = bool(page_callers(verdict.answers, node.subject))
    subject = verdict.subjects.get(node.subject)
    has_partners = subject is not None and subject.known.values.get("exposure") == "partner"
    if has_pages or callers or has_partners:
        words = shut_out_words(program, callers, has_pages=has_pages, has_partners=has_partners)
        yield Warning(node.subject, node.role, "only-browsers-sign-in", words, _SIGN_IN)


def shut_out_words(program: Node, callers: list[Node], *, has_pages: bool, has_partners: bool = False) -> Text:
    """Return the sentence on a program behind a load balancer with a sign-in page, with those whose calls it redirects."""
    en = [f'"{one.note.en}"' for one in callers]
    ja = [f"「{one.note.ja}」" for one in callers]
    if has_pages:
        en.append("the scripts of pages from another origin")
        ja.append("別オリジンのページのスクリプト")
    if has_partners:
        en.append("programs of partners")
        ja.append("パートナーのプログラム")
    return Text(
        f'The load balancer of "{program.note.en}" signs users in with a redirect to a sign-in page and a cookie. Not all callers '
        f"can sign in like this: requests of {english.listed(en)} fail. Specify API Gateway as the entry: it verifies a token in "
        f'each request. Otherwise, remove the sign-in from the load balancer and verify tokens in "{program.note.en}".',
        f"「{program.note.ja}」のロードバランサーは、サインインページへのリダイレクトと Cookie でユーザーを認証します。この方法でサインイン"
        f"できない呼び出し元からのリクエストは失敗します（{'、'.join(ja)}）。リクエストごとにトークンを検証する API Gateway をエンド"
        f"ポイントに指定するか、ロードバランサーのサインインをやめて「{program.note.ja}」でトークンを検証してください。",
    )
