"""Commands that call the APIs and the services of a project."""

from collections.abc import Iterator

from advisor.architecture import Node
from advisor.architecture.balancing import identities, is_shared, path_of, verifies_tokens
from advisor.architecture.passing import READING
from advisor.text import Text
from blueprints.plan import Plan
from blueprints.plan.environment import provider_token
from blueprints.plan.network import HTTPS_PORT
from blueprints.plan.routes import open_reads
from blueprints.project.documents.trials.api_keys import HEADER, asks_for_key, getting_key, giving_key
from blueprints.project.documents.trials.trial import ITEM, KEYED_ITEM, MESSAGE, Trial, trial_heading
from blueprints.project.documents.trials.trial_items import Line, kept_item
from blueprints.project.programs.code import Code
from blueprints.traits import appsync, cloudfront, lambda_function_url, traits_of
from blueprints.traits.ecs_express import behind
from blueprints.traits.lambda_function_url import SIGNED_FOR
from blueprints.traits.nlb import DATAGRAM_PORT
from blueprints.traits.s3_vectors import holds_vectors, reached

#: Headings; `{}` is the title of the component.
CALL = Text('Call "{}"', "「{}」を呼び出す")
_ANSWER = '{"callback":"\'"$CALLBACK"\'","status":"succeeded","output":{}}'
#: A load balancer answers under the name of its certificate only: TLS clients refuse its DNS name.
_NAMED = Text(
    '# DOMAIN is the domain name of the load balancer. Its DNS record (see "Domain names") must point to this host name:',
    "# DOMAIN はロードバランサーのドメイン名です。その DNS レコード（「ドメイン名」を参照）は、次のホスト名を指す必要があります。",
)
#: The users of an existing provider are not those of a user pool of the stack.
_PROVIDED = Text(
    "# {} is a token for the audience OidcAudience. Get one by signing in to your existing identity provider (OidcIssuer). `make verify` uses it too:",
    "# {} は OidcAudience をオーディエンスとするトークンです。既存の ID プロバイダー（OidcIssuer）にサインインして取得します。`make verify` でも使用します。",
)
#: No integration test knows the name of a load balancer, so none uses the token.
_PROVIDED_TO_PROGRAM = Text(
    "# {} is a token for the audience OidcAudience, signed with RS256. Get one for a program from your existing identity provider (OidcIssuer):",
    "# {} は OidcAudience をオーディエンスとし、RS256 で署名されたトークンです。既存の ID プロバイダー（OidcIssuer）からプログラム用に取得します。",
)
#: A load balancer signs in the users of a browser by redirects, and knows them by a cookie. It takes no token.
_SESSION = Text(
    "# The load balancer redirects requests without a session to a sign-in page, even if they contain a token. Only users of a browser can sign in. Open the URL that `echo` prints in a browser and sign in. Then copy the value of the request header `cookie` from the developer tools of the browser:",
    "# ロードバランサーは、セッションのないリクエストを、トークンの有無にかかわらずサインインページにリダイレクトします。サインインできるのはブラウザの利用者だけです。echo で表示される URL をブラウザで開いてサインインし、リクエストヘッダー `cookie` の値をブラウザの開発者ツールからコピーしてください。",
)
_HASHED = Text(
    "# CloudFront accepts a request with a body only with the SHA-256 hash of the body:",
    "# CloudFront に本文のあるリクエストを送るには、本文の SHA-256 ハッシュが必要です。",
)
_NEXT_PAGE = Text(
    "# The next page of the list: NEXT is the value of `next` in the response.",
    "# 一覧の次のページを取得します。NEXT はレスポンスの `next` の値です。",
)
#: The upload of a file with the request that an API issued for it.
_UPLOAD = Text("# Upload a file directly to Amazon S3:", "# ファイルを Amazon S3 に直接アップロードします。")
_ID = "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"id\"])'"
_SEND_FILE = (
    "python3 - <<'END'",
    "import json, urllib.request",
    'issued, content = json.load(open("upload.json")), open("README.md", "rb").read()',
    'sent = urllib.request.Request(issued["url"], content, issued["headers"], method="PUT")',
    "print(urllib.request.urlopen(sent).status)",
    "END",
)
#: The address of a WebSocket API, signed with the credentials of the caller.
_SIGN_URL = (
    "import sys, boto3",
    "from botocore.auth import SigV4QueryAuth",
    "from botocore.awsrequest import AWSRequest",
    'session, request = boto3.Session(), AWSRequest("GET", sys.argv[1])',
    'SigV4QueryAuth(session.get_credentials(), "execute-api", session.region_name).add_auth(request)',
    "print(request.url)",
    "END",
    ")",
)


def entry_trials(plan: Plan, codes: tuple[Code, ...], entry: Node, socket: str) -> Iterator[Trial]:
    """Yield how to call an entry with the credentials that it asks for."""
    name = plan.name(entry.id)
    identity = next((plan.node(e.target).service for e in plan.architecture.leaving(entry.id, "authorize")), "none")
    protocol = traits_of(entry.service).protocol
    if protocol == "websocket":
        commands = tuple(_socket(entry, name, identity, socket))
    elif protocol == "events":
        events = '{"channel": "default/news", "events": ["{\\"text\\": \\"hello\\"}"]}'
        commands = _published(entry, name, identity, events)
    elif protocol == "graphql":
        behind = [code for code in codes if any(edge.source == entry.id for edge in code.plan.invoked)]
        key = ', ordering_key: \\"account-1\\"' if any(code.keyed for code in behind) else ""
        query = f'{{"query":"mutation {{ createItem(input: {{name: \\"desk\\"{key}}}) {{ id name owner }} }}"}}'
        commands = _published(entry, name, identity, query)
    elif protocol == "http":
        program = next((code for code in codes if any(e.source == entry.id for e in code.plan.invoked)), None)
        commands = tuple(_http(plan, entry, program, name, identity, kept_item(codes, program)))
    elif protocol == "tcp":
        commands = (
            f"HOST=$(output {name}DnsName)",
            f"printf '%s\\n' '{MESSAGE}' | openssl s_client -quiet -connect \"$HOST:{HTTPS_PORT}\"",
            f"printf '%s' '{MESSAGE}' | nc -u -w 5 \"$HOST\" {DATAGRAM_PORT}",
        )
    else:
        commands = ()
    resumes = any(code.resumes for code in codes if any(edge.source == entry.id for edge in code.plan.invoked))
    yield Trial(trial_heading(plan, CALL, entry.subject), commands, resumes)


def _token(entry: Node, identity: str) -> str:
    """Return the shell variable with the token of an API: one for all users of the stack's own pool."""
    return provider_token(entry.subject) if traits_of(identity).identity == "provider" else "TOKEN"


def _socket(entry: Node, name: str, identity: str, socket: str) -> Iterator[Line]:
    """Yield how to connect to a WebSocket API and send a message; a browser can send a token or signature only in the URL."""
    if traits_of(identity).identity == "credentials":
        yield f"SIGNED=$(python3 - \"$(output {name}Url)\" <<'END'"
        yield from _SIGN_URL
        yield f'{socket} "$SIGNED"'
    else:
        yield from _provided(entry, identity)
        token = "" if identity == "none" else f"?token=${_token(entry, identity)}"
        yield f'{socket} "$(output {name}Url){token}"'
    yield '# {"action":"send","text":"hello"}'


def _published(entry: Node, name: str, identity: str, body: str) -> tuple[Line, ...]:
    """Return how to send a body to an AppSync API, with what its callers sign in with."""
    if traits_of(identity).identity == "credentials":
        prepared, curl = tuple(_signing(appsync.SIGNED_FOR)), "sign"
    elif asks_for_key(entry, identity):
        prepared, curl = getting_key(entry, name, identity), f"curl -s {HEADER}"
    else:
        prepared, curl = _provided(entry, identity), f'curl -s -H "authorization: ${_token(entry, identity)}"'
    return (*prepared, f'{curl} -H "content-type: application/json" "$(output {name}Url)" \\', f"  -d '{body}'")


def _signing(service: str) -> Iterator[Line]:
    """Yield a function of the shell that signs a request to a service with the credentials of the caller."""
    yield 'eval "$(aws configure export-credentials --format env)"'
    yield "sign() {"
    yield f'  curl -s --aws-sigv4 "aws:amz:$AWS_REGION:{service}" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\'
    yield '    -H "x-amz-security-token: $AWS_SESSION_TOKEN" "$@"'
    yield "}"


def _provided(entry: Node, identity: str) -> tuple[Line, ...]:
    """Return how to get a token for an API whose users an existing provider signs in."""
    if traits_of(identity).identity != "provider":
        return ()
    token = _token(entry, identity)
    words = _PROVIDED_TO_PROGRAM if verifies_tokens(entry) else _PROVIDED
    return (Text(words.en.format(token), words.ja.format(token)), f"export {token}=...")


def service_trials(plan: Plan, codes: tuple[Code, ...], balancer: Node) -> Iterator[Trial]:
    """Yield how to call each service behind a shared load balancer."""
    for invoked in plan.architecture.leaving(balancer.id, "invoke"):
        code = next(code for code in codes if code.plan.node.id == invoked.target)
        identity = next((plan.node(e.target).service for e in identities(plan.architecture, invoked)), "none")
        component = plan.node(invoked.target).subject
        kept = kept_item(codes, code)
        commands = tuple(_http(plan, balancer, code, plan.name(invoked.target), identity, kept))
        yield Trial(trial_heading(plan, CALL, component), commands, bool(code.resumes))


def _path(plan: Plan, balancer: Node, name: str) -> str:
    """Return the path of the service with this name behind a shared load balancer."""
    invoked = plan.architecture.leaving(balancer.id, "invoke")
    return next(path_of(edge) for edge in invoked if plan.name(edge.target) == name)


def _http(plan: Plan, entry: Node, program: Code | None, name: str, identity: str, kept: str) -> Iterator[Line]:
    """Yield how to call an HTTP API; `kept` is the shell variable for the id of the item, if messages are about it."""
    delivered = cloudfront.delivered(plan.architecture, entry.id) is not None
    own, url = traits_of(entry.service).load_balancer, entry.service == lambda_function_url.TRAITS.service
    if is_shared(entry):
        yield from (_NAMED, f"output {plan.name(entry.id)}DnsName", f"API=https://DOMAIN{_path(plan, entry, name)}")
    elif own and behind(plan.architecture, entry.id) is None and not delivered:
        yield from (_NAMED, f"output {name}DnsName", "API=https://DOMAIN")
    else:
        yield f"API=$(output {_address(plan, entry, name)})"
    yield from getting_key(entry, name, identity)
    auth = key = f" {HEADER}" if asks_for_key(entry, identity) else ""
    caller = traits_of(identity).identity
    if caller == "credentials":
        service = SIGNED_FOR if url else "execute-api"
        yield from _signing(service)
    elif caller in ("user-pool", "provider") and (not own or verifies_tokens(entry)):
        yield from _provided(entry, identity)
        auth += f' -H "authorization: Bearer ${_token(entry, identity)}"'
    elif caller:
        yield from (_SESSION, 'echo "$API/health"', "COOKIE='...'")
        auth += ' -H "cookie: $COOKIE"'
    curl = f"sign{auth}" if caller == "credentials" else f"curl -s{auth}"
    hashed = url and delivered
    if hashed and (program is None or program.can_create or program.uploads):
        yield from _hashing(curl)
    functions = plan.architecture.leaving(entry.id, "invoke")
    if functions:
        yield f'curl -s{auth if own and caller else ""} "$API/health"'
    if program is not None and program.entry_point.webhook:
        yield from _webhook(plan, program, key)
    elif program is None or program.can_create:
        item = KEYED_ITEM if program is not None and program.keyed else ITEM
        created = _post(curl, item, '"$API/items"', hashed=hashed)
        yield from (f"{kept}=$({created} | {_ID})", f'echo "${kept}"') if kept else (created,)
    if program is not None and program.uploads is not None:
        yield _UPLOAD
        size, item = "$(($(wc -c < README.md)))", ""
        if program.uploads.of_item:
            item = ',"item":"\'"$ITEM"\'"'
            made = _post(curl, '{"name":"README.md"}', '"$API/items"', hashed=hashed)
            yield f"ITEM=$({made} | {_ID})"
        file = f'{{"name":"README.md","content_type":"text/markdown","size":\'"{size}"\'{item}}}'
        yield _post(curl, file, '"$API/uploads" > upload.json', hashed=hashed)
        yield from _SEND_FILE
    if program is not None and program.vectors is not None:
        yield from _vectors(plan, program, curl, f"curl -s{key}" if open_reads(entry) else curl, hashed=hashed)
    target = program.plan.node.id if program else functions[0].target if functions else ""
    reading = [e for e in plan.architecture.leaving(target) if e.verb in READING] if target else []
    if any(not holds_vectors(plan.node(edge.target)) for edge in reading):
        curl = f"curl -s{key}" if open_reads(entry) and not own else curl
        yield f'{curl} "$API/items"'
        yield _NEXT_PAGE
        yield f'{curl} "$API/items?after=NEXT"'
    yield from giving_key(entry, name)


def _vectors(plan: Plan, program: Code, curl: str, asking: str, *, hashed: bool) -> Iterator[Line]:
    """Yield how to store a vector and to query with it; its numbers are no meaning of anything, and as many as the index has dimensions."""
    (edge, *_) = reached(plan.architecture, program.plan.node.id)
    index = f'aws s3vectors get-index --index-arn "$(output {plan.name(edge.target)}Arn)"'
    yield f"DIMENSION=$({index} --query index.dimension --output text)"
    yield 'BODY=$(python3 -c \'import json, sys; print(json.dumps({"vector": [1] * int(sys.argv[1])}))\' "$DIMENSION")'
    header = ' -H "content-type: application/json"'
    if hashed:
        yield 'HASH=$(printf %s "$BODY" | openssl dgst -sha256 -r | cut -c 1-64)'
        header += ' -H "x-amz-content-sha256: $HASH"'
    if program.vectors is not None and program.vectors.writes:
        yield f'{curl} -X PUT{header} -d "$BODY" "$API/vectors/first"'
    if program.vectors is not None and program.vectors.reads:
        yield f'{asking}{header} -d "$BODY" "$API/queries"'


def _address(plan: Plan, entry: Node, name: str) -> str:
    """Return the output with the address that callers use: that of the distribution before the entry, if there is one."""
    distribution = cloudfront.delivered(plan.architecture, entry.id)
    if distribution is not None:
        return f"{plan.name(distribution.id)}Url"
    return f"{name}{'Address' if entry.service == lambda_function_url.TRAITS.service else 'Url'}"


def _hashing(curl: str) -> Iterator[Line]:
    """Yield a function of the shell that posts a body with its hash."""
    yield _HASHED
    yield "post() {"
    yield '  HASH=$(printf %s "$1" | openssl dgst -sha256 -r | cut -c 1-64)'
    yield f'  {curl} -H "content-type: application/json" -H "x-amz-content-sha256: $HASH" -d "$1" "$2"'
    yield "}"


def _post(curl: str, body: str, to: str, *, hashed: bool) -> str:
    """Return the command that posts a body, with its hash or without."""
    return f"post '{body}' {to}" if hashed else f"{curl} -H \"content-type: application/json\" -d '{body}' {to}"


def _webhook(plan: Plan, program: Code, key: str) -> Iterator[Line]:
    """Yield how to send a webhook as its sender does, signed with the current secret; `key` is the header with an API key."""
    (secret,) = (plan.name(edge.target) for edge in plan.architecture.leaving(program.plan.node.id, "verify"))
    yield f'SECRET=$(aws secretsmanager get-secret-value --secret-id "$(output {secret}Arn)" --query SecretString --output text)'
    yield "KEY=$(printf %s \"${SECRET#whsec_}\" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')"
    yield f"ID=msg_1; TIMESTAMP=$(date +%s); BODY='{_ANSWER if program.resumes else KEYED_ITEM if program.keyed else ITEM}'"
    yield 'SIGNATURE=$(printf %s "$ID.$TIMESTAMP.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)'
    yield f'curl -s{key} -H "content-type: application/json" -H "webhook-id: $ID" -H "webhook-timestamp: $TIMESTAMP" \\'
    yield '  -H "webhook-signature: v1,$SIGNATURE" -d "$BODY" "$API/items"'
