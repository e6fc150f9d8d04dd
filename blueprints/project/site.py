"""The static site of a project: one page that signs in and calls the API. No request goes anywhere else."""

from collections.abc import Iterator, Mapping
from typing import Any

from advisor.architecture import Node
from advisor.text import Lang, Text
from blueprints.plan import Plan
from blueprints.project.render import render
from blueprints.traits import cloudfront, cognito, lambda_function_url, traits_of
from blueprints.traits.served_items import served_behind

Files = Iterator[tuple[str, bytes]]
_WORDS: Mapping[str, Text] = {
    "sign_in": Text("Sign in", "サインイン"),
    "sign_up": Text("Sign up", "新規登録"),
    "email": Text("Email address", "メールアドレス"),
    "password": Text("Password", "パスワード"),
    "password_rule": Text(
        "At least 12 characters, including an uppercase letter, a lowercase letter, a digit and a symbol.",
        "12 文字以上で、英大文字・英小文字・数字・記号を含めてください。",
    ),
    "confirm": Text("Confirm the email address", "メールアドレスの確認"),
    "code": Text("Code from the email", "メールに記載のコード"),
    "token": Text("Access token of your identity provider", "ID プロバイダーのアクセストークン"),
    "all_items": Text("Items", "項目"),
    "name": Text("Name", "名前"),
    "ordering_key": Text("Account, order or device that it is about", "対象のアカウント、注文、デバイスなど"),
    "ordering_key_rule": Text(
        "Letters, digits and punctuation marks. What is sent about the same one is processed in order.",
        "半角の英数字と記号で入力します。同じ対象についての送信は、順番どおりに処理されます。",
    ),
    "add": Text("Add", "追加"),
    "empty": Text("No items yet.", "項目はまだありません。"),
    "more": Text("Show more", "さらに表示"),
}
_SCRIPT_WORDS: Mapping[str, Text] = {
    "remove": Text("Remove", "削除"),
    "failed": Text("The request failed.", "処理できませんでした。"),
    "sent": Text("A confirmation code was sent to your email address.", "確認コードをメールで送信しました。"),
}
#: Who callers are -> the part of the page by which they sign in.
_SIGN_IN: Mapping[str, str] = {"user-pool": "cognito", "provider": "token", "credentials": "token"}


def site_values(plan: Plan) -> dict[str, Any] | None:
    """Return the stack outputs that the site upload needs, or None without a site."""
    hosting = _hosting(plan)
    if hosting is None:
        return None
    entry = plan.architecture.find(f"{hosting.subject}.entry")
    beside = _api_beside(plan, hosting)
    config = {"api": f"{plan.name(entry.id)}Url"} if entry and beside is None else {}
    for pool in cognito.TRAITS.nodes(plan.architecture):
        config["client"] = f"{plan.name(pool.id)}ClientId"
    delivery = plan.architecture.find(f"{hosting.subject}.delivery")
    name = plan.name(delivery.id) if delivery else ""
    return {
        "bucket": f"{plan.name(hosting.id)}Name",
        "config": config,
        "with_api": beside is not None,
        "distribution": f"{name}Id" if name else "",
        "domain": f"{name}Domain" if name else "",
    }


def site_files(plan: Plan, lang: Lang) -> Files:
    """Yield the files of the site, if one is hosted."""
    hosting = _hosting(plan)
    if hosting is None:
        return
    beside = _api_beside(plan, hosting)
    values = {
        "lang": lang,
        "title": plan.design.requirements.title.in_(lang) or hosting.subject,
        "sign_in": _sign_in(plan, hosting),
        "same_origin": beside is not None,
        "serves": served_behind(plan.architecture, f"{hosting.subject}.entry"),
        "hashed": beside is not None and beside.service == lambda_function_url.TRAITS.service,
        "words": {key: text.in_(lang) for key, text in _WORDS.items()},
        "script_words": {key: text.in_(lang) for key, text in _SCRIPT_WORDS.items()},
    }
    for name in ("index.html", "style.css", "app.js"):
        yield f"site/{name}", render(f"site/{name}.j2", values).encode()
    # Written by the upload, which knows the deployment.
    yield "site/config.json", b"{}\n"


def _hosting(plan: Plan) -> Node | None:
    return next((node for node in plan.architecture.nodes if node.role == "hosting"), None)


def _api_beside(plan: Plan, hosting: Node) -> Node | None:
    """Return the entry of the API that has the host name of the pages, or None if it has another or there is none."""
    entry = plan.architecture.find(f"{hosting.subject}.entry")
    return entry if entry is not None and cloudfront.with_its_pages(plan.architecture, entry.id) else None


def _sign_in(plan: Plan, hosting: Node) -> str:
    for edge in plan.architecture.leaving(f"{hosting.subject}.entry", "authorize"):
        return _SIGN_IN.get(traits_of(plan.node(edge.target).service).identity, "")
    return ""
