"""Commands that get the API key of an endpoint, and those that give a client a key of its own.

https://docs.aws.amazon.com/cli/latest/reference/apigateway/get-api-key.html and
https://docs.aws.amazon.com/cli/latest/reference/apigateway/create-usage-plan-key.html (read 2026-11-30)
"""

from advisor.architecture import Node
from advisor.text import Text
from blueprints import settings
from blueprints.traits import traits_of

#: The header with the key, for curl.
HEADER = '-H "x-api-key: $API_KEY"'
_OWN = Text(
    "# To give a client a separate API key, create a key, add it to the usage plan, and give the client its value:",
    "# クライアントに専用の API キーを渡すには、キーを作成して使用量プランに追加し、その値をクライアントに渡します。",
)


def asks_for_key(entry: Node, identity: str) -> bool:
    """Return whether callers of an endpoint send an API key: of a usage plan, or instead of signing in."""
    return settings.flag(entry, "api_keys") or (traits_of(entry.service).expiring_key and identity == "none")


def getting_key(entry: Node, name: str, identity: str) -> tuple[str, ...]:
    """Return the commands that set API_KEY to the key that the stack creates; none if callers need no key."""
    if not asks_for_key(entry, identity):
        return ()
    if settings.flag(entry, "api_keys"):
        by_id = f'aws apigateway get-api-key --api-key "$(output {name}KeyId)" --include-value'
        return (f"API_KEY=$({by_id} --query value --output text)",)
    return (
        f"API_KEY=$(aws appsync list-api-keys --api-id \"$(output {name}Id)\" --query 'apiKeys[0].id' --output text)",
    )


def giving_key(entry: Node, name: str) -> tuple[str | Text, ...]:
    """Return the commands that create a key of a usage plan for one more client; none if there is no usage plan."""
    if not settings.flag(entry, "api_keys"):
        return ()
    return (
        _OWN,
        f"PLAN=$(aws apigateway get-usage-plans --key-id \"$(output {name}KeyId)\" --query 'items[0].id' --output text)",
        "CLIENT_KEY=$(aws apigateway create-api-key --name my-client --enabled --query id --output text)",
        'aws apigateway create-usage-plan-key --usage-plan-id "$PLAN" --key-id "$CLIENT_KEY" --key-type API_KEY',
        'aws apigateway get-api-key --api-key "$CLIENT_KEY" --include-value --query value --output text',
    )
