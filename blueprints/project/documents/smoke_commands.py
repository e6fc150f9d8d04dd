"""Commands to try a deployment, one per trigger of each program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.architecture import Node
from advisor.architecture.balancing import identities, is_shared, path_of, verifies_tokens
from advisor.architecture.passing import READING
from advisor.text import Text, spaced
from blueprints import settings
from blueprints.plan import NAMESPACE, Plan
from blueprints.plan.environment import provider_token
from blueprints.plan.monitoring.alarms import subject_title
from blueprints.plan.network import HTTPS_PORT
from blueprints.plan.routes import open_reads
from blueprints.project.documents.api_keys import HEADER, asks_for_key, getting_key, giving_key
from blueprints.project.documents.trial_items import GROUP, Line, about_item, asked_for, kept_item, naming, variable_of
from blueprints.project.programs.code import Code, started_together
from blueprints.shared.event_types import event_types
from blueprints.shared.notices import sent_apart
from blueprints.traits import appsync, batch, cloudfront, cognito, ec2, lambda_function_url, traits_of
from blueprints.traits.callbacks import awaits
from blueprints.traits.direct_uploads import takes_uploads
from blueprints.traits.ecs_express import behind
from blueprints.traits.eventbridge_bus import on_default_bus
from blueprints.traits.function_releases import ALIAS
from blueprints.traits.lambda_durable import Flow
from blueprints.traits.lambda_function_url import SIGNED_FOR
from blueprints.traits.nlb import DATAGRAM_PORT
from blueprints.traits.s3_vectors import holds_vectors, reached
from blueprints.traits.step_functions_distributed_map import DISTRIBUTED, RESULTS_FOLDER

MESSAGE = '{"id":"m-1","name":"desk","amount":12.5}'
ITEM = '{"name":"desk","price":12.5}'
#: The same where messages about one entity stay in order.
KEYED_ITEM = '{"name":"desk","price":12.5,"ordering_key":"account-1"}'
#: Headings; `{}` is the title of the component.
_CALL = Text('Call "{}"', "「{}」を呼び出す")
_START = Text('Start "{}"', "「{}」を起動する")
#: For what messages, events or changes start.
_TRIGGER = Text('Trigger "{}"', "「{}」の処理を開始する")
#: For what a schedule starts: the command shows when it starts next.
_SCHEDULED = Text('View the schedule of "{}"', "「{}」のスケジュールを確認する")
_KUBECTL = Text("Configure kubectl", "kubectl を設定する")
_CLUSTER = Text("# CLUSTER is the value of the parameter ClusterName:", "# CLUSTER はパラメータ ClusterName の値です。")
_WATCH = Text('Monitor "{}"', "「{}」の状態を確認する")
_RESULTS = Text('View the results of "{}"', "「{}」の結果を確認する")
#: The attribute by which subscriptions of a topic that routes select.
TYPED = """ --message-attributes '{"type":{"DataType":"String","StringValue":"{}"}}'"""
#: How a run that waits for a person goes on.
_DECIDING: tuple[Line, ...] = (
    Text("# LINK is the link in the email to the approver:", "# LINK は承認者へのメールに記載されたリンクです。"),
    "make approve LINK=https://...",
)
_CALLBACK = Text(
    "# The ID of the callback that this execution waits for. It is `None` until the execution has called the external system:",
    "# この実行が待っているコールバックの ID です。外部システムに依頼するまでは `None` になります。",
)
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
#: A program that only adds its result to the item of another program.
_COMPLETES = Text(
    "# Create the item that the messages are about. Components add their results to it; usually, a request creates it:",
    "# メッセージの対象となる項目を作成します。コンポーネントはこの項目に結果を追加します。通常、項目はリクエストで作成されます。",
)
_RUNNING = Text("# The status is RUNNING until the execution ends:", "# 実行が終了するまでは RUNNING と表示されます。")
_ITEM_RESULTS = Text(
    "# The results of the items; files whose names start with FAILED list the failed items:",
    "# 各項目の結果です。名前が FAILED で始まるファイルは、失敗した項目の一覧です。",
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to try: a heading, and the commands."""

    heading: Text
    commands: tuple[Line, ...]
    #: Whether it answers the callback of a run, which has to be started before.
    answers: bool = False


#: The upload of a file with the request that an API issued for it.
_UPLOAD = Text("# Upload a file directly to Amazon S3:", "# ファイルを Amazon S3 に直接アップロードします。")
#: A program that files of clients start.
_UPLOADED = Text(
    "# Upload a file as shown above. It starts this component. Then view the results below or its logs.",
    "# 上記の手順でファイルをアップロードすると、このコンポーネントが起動します。その後、以下の手順またはログで結果を確認します。",
)
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


def trials(plan: Plan, codes: tuple[Code, ...], typescript: bool) -> tuple[Trial, ...]:
    """Return the commands in the order of the architecture, using the tools that the project installs."""
    socket = "npx wscat -c" if typescript else "python -m websockets"
    candidates, called = [*_kubeconfig(plan), *_sign_up(plan)], list[Trial]()
    for entry in plan.architecture.nodes:
        if is_shared(entry):
            called += _services(plan, codes, entry)
        elif entry.role == "entry":
            called += _entry(plan, codes, entry, socket)
    kept = {line.partition("=$(")[0] for trial in called for line in trial.commands if isinstance(line, str)}
    candidates += [*(trial for trial in called if not trial.answers), *_objects(plan)]
    completed = set[str]()
    for run in started_together(codes):
        candidates += [_about_item(plan, run, trial, completed, kept) for trial in _started(plan, run[0])]
    candidates += [trial for trial in called if trial.answers]
    candidates += [_results(plan, code) for code in codes if code.writes]
    return tuple(trial for trial in candidates if trial.commands)


def _heading(plan: Plan, words: Text, subject: str) -> Text:
    title = subject_title(plan.architecture, subject)
    if title.en == subject:
        title = next((one.title for one in plan.design.decision.subjects if one.id == subject and one.title.en), title)
    return spaced(Text(words.en.replace("{}", title.en), words.ja.replace("{}", title.ja)))


def _kubeconfig(plan: Plan) -> Iterator[Trial]:
    """Yield how kubectl gets access to the cluster, if programs run as pods."""
    if any(traits_of(program.node.service).pods for program in plan.programs):
        cluster = "CLUSTER" if "cluster" in plan.existing else '"$(output EksClusterName)"'
        yield Trial(
            _KUBECTL, ((_CLUSTER,) * ("cluster" in plan.existing) + (f"aws eks update-kubeconfig --name {cluster}",))
        )


def _sign_up(plan: Plan) -> Iterator[Trial]:
    pools = cognito.TRAITS.nodes(plan.architecture)
    entries = [e.source for e in plan.architecture.entering(pools[0].id, "authorize")] if pools else []
    if not pools or all(traits_of(plan.node(source).service).load_balancer for source in entries):
        return
    name = plan.name(pools[0].id)
    yield Trial(
        Text("Create a user and get a token", "ユーザーを作成してトークンを取得する"),
        (
            f"POOL=$(output {name}Id); CLIENT=$(output {name}ClientId)",
            "PASSWORD='Change-me-2468!'",
            'aws cognito-idp sign-up --client-id "$CLIENT" --username me@example.com --password "$PASSWORD"',
            'aws cognito-idp admin-confirm-sign-up --user-pool-id "$POOL" --username me@example.com',
            'TOKEN=$(aws cognito-idp initiate-auth --client-id "$CLIENT" --auth-flow USER_PASSWORD_AUTH \\',
            '  --auth-parameters USERNAME=me@example.com,PASSWORD="$PASSWORD" \\',
            "  --query AuthenticationResult.IdToken --output text)",
        ),
    )


def _entry(plan: Plan, codes: tuple[Code, ...], entry: Node, socket: str) -> Iterator[Trial]:
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
    yield Trial(_heading(plan, _CALL, entry.subject), commands, resumes)


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


def _services(plan: Plan, codes: tuple[Code, ...], balancer: Node) -> Iterator[Trial]:
    """Yield how to call each service behind a shared load balancer."""
    for invoked in plan.architecture.leaving(balancer.id, "invoke"):
        code = next(code for code in codes if code.plan.node.id == invoked.target)
        identity = next((plan.node(e.target).service for e in identities(plan.architecture, invoked)), "none")
        component = plan.node(invoked.target).subject
        kept = kept_item(codes, code)
        commands = tuple(_http(plan, balancer, code, plan.name(invoked.target), identity, kept))
        yield Trial(_heading(plan, _CALL, component), commands, bool(code.resumes))


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


def _objects(plan: Plan) -> Iterator[Trial]:
    """Yield how to load an object of each bucket that a distribution delivers."""
    for bucket, distribution in cloudfront.stores(plan.architecture):
        sent = [
            _filled(command, {"{name}": plan.name(bucket.id)}) for command in traits_of(bucket.service).send_commands
        ]
        load = f'curl -s "$(output {plan.name(distribution.id)}Url)/README.md"'
        yield Trial(_heading(plan, _CALL, distribution.subject), (*sent, load))


def _webhook(plan: Plan, program: Code, key: str) -> Iterator[Line]:
    """Yield how to send a webhook as its sender does, signed with the current secret; `key` is the header with an API key."""
    (secret,) = (plan.name(edge.target) for edge in plan.architecture.leaving(program.plan.node.id, "verify"))
    yield f'SECRET=$(aws secretsmanager get-secret-value --secret-id "$(output {secret}Arn)" --query SecretString --output text)'
    yield "KEY=$(printf %s \"${SECRET#whsec_}\" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')"
    yield f"ID=msg_1; TIMESTAMP=$(date +%s); BODY='{_ANSWER if program.resumes else KEYED_ITEM if program.keyed else ITEM}'"
    yield 'SIGNATURE=$(printf %s "$ID.$TIMESTAMP.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)'
    yield f'curl -s{key} -H "content-type: application/json" -H "webhook-id: $ID" -H "webhook-timestamp: $TIMESTAMP" \\'
    yield '  -H "webhook-signature: v1,$SIGNATURE" -d "$BODY" "$API/items"'


def _started(plan: Plan, code: Code) -> Iterator[Trial]:
    entry_point = code.entry_point
    heading = _heading(plan, _START, code.id)
    if entry_point.workflow is not None:
        heading = _heading(plan, _START, entry_point.workflow.subject)
        yield Trial(heading, tuple(_execution(plan, code, entry_point.workflow)))
    elif entry_point.flow is not None:
        yield Trial(heading, tuple(_durable(plan, code, entry_point.flow)))
    elif entry_point.source is not None and entry_point.kind != "pipe":
        words = _SCHEDULED if traits_of(entry_point.source.service).noun == "Schedule" else _TRIGGER
        yield Trial(_heading(plan, words, code.id), _sent(plan, entry_point.source))
    elif entry_point.shell == "lambda_event":
        name = plan.name(code.plan.node.id)
        invoke = f'aws lambda invoke --function-name "$(output {name}Name)" --cli-binary-format raw-in-base64-out \\'
        yield Trial(heading, (invoke, f"  --payload '{MESSAGE}' /dev/stdout"))
    elif traits_of(code.plan.node.service).pods and code.plan.run in ("job", "cronjob"):
        command = f"kubectl -n {NAMESPACE} create job --from=cronjob/{code.id} {code.id}-try"
        unsuspend = f'kubectl -n {NAMESPACE} patch job {code.id} -p \'{{"spec":{{"suspend":false}}}}\''
        yield Trial(heading, (command if code.plan.run == "cronjob" else unsuspend,))
    elif entry_point.shell == "container_job" and settings.by_hand(code.plan.node):
        yield Trial(heading, _run_by_hand(plan, code.plan.node))
    if traits_of(code.plan.node.service).pods:
        watch = _heading(plan, _WATCH, code.id)
        select = f"-l app.kubernetes.io/name={code.id}"
        yield Trial(watch, (f"kubectl -n {NAMESPACE} get pods {select}", f"kubectl -n {NAMESPACE} logs {select}"))


def _about_item(plan: Plan, codes: Sequence[Code], trial: Trial, completed: set[str], kept: set[str]) -> Trial:
    """Return a trial with the creation of the item that its message is about, where programs only complete items.

    The item is created once for all programs that complete it, as each keeps the results of the others. Where no command
    creates one, it is that of an earlier request, whose id is in one of the variables `kept`. A program that uploads start
    completes the item of the uploaded file.
    """
    if trial.commands in ((), (_UPLOADED,)):
        return trial
    asked = next((store for code in codes for store in code.completes if asked_for(store)), None)
    if asked is not None:
        about = about_item(trial.commands, variable_of(asked))
        return replace(trial, commands=about if variable_of(asked) in kept else (*naming(asked), *about))
    stores = [store for code in codes for store in code.completes if store.node.id not in completed]
    completed |= {store.node.id for store in stores}
    puts = [
        _filled(command, {"{name}": plan.name(store.node.id)})
        for store in stores
        for command in traits_of(store.service).send_commands
    ]
    return replace(trial, commands=(_COMPLETES, *puts, *trial.commands)) if puts else trial


def _run_by_hand(plan: Plan, node: Node) -> tuple[str, ...]:
    """Return the command that starts a task or job without a trigger in the stack."""
    name = plan.name(node.id)
    if node.service == batch.TRAITS.service:
        return (
            f'aws batch submit-job --job-name {node.subject} --job-queue "$(output {name}QueueArn)" \\',
            f'  --job-definition "$(output {name}DefinitionArn)"',
        )
    capacity = f'--capacity-provider-strategy "capacityProvider=$(output {name}Capacity)"'
    where = "--launch-type FARGATE" if ec2.engine(node) == ec2.FARGATE else capacity
    return (
        f'aws ecs run-task --cluster "$(output EcsClusterName)" --task-definition "$(output {name}DefinitionArn)" \\',
        f'  {where} --network-configuration "$(output {name}Network)"',
    )


def _execution(plan: Plan, code: Code, workflow: Node) -> Iterator[Line]:
    yield f"MACHINE=$(output {plan.name(workflow.id)}Arn)"
    payload = f'{{"items":[{MESSAGE}]}}' if any(s.kind == "map" for s in workflow.states) else MESSAGE
    # A summary reads its input from a store.
    payload = "{}" if code.entry_point.parts or code.entry_point.listed or code.service == "summary" else payload
    # A pipe hands over a list, and the state machine takes the one message out of it.
    payload = f"[{payload}]" if code.entry_point.records else payload
    start = 'aws stepfunctions start-execution --state-machine-arn "$MACHINE" \\'
    yield f"EXECUTION=$({start}"
    yield f"  --input '{payload}' --query executionArn --output text)"
    yield _RUNNING
    yield 'aws stepfunctions describe-execution --execution-arn "$EXECUTION" --query status'
    if workflow.service == DISTRIBUTED:
        yield _ITEM_RESULTS
        yield f'aws s3 ls --recursive "s3://$(output {plan.name(workflow.id)}ResultsName)/{RESULTS_FOLDER}/"'
    if any(state.kind == "wait" for state in workflow.states):
        yield from _DECIDING
    if awaits(workflow):
        yield from _answering(plan, workflow)


def _answering(plan: Plan, workflow: Node) -> Iterator[Line]:
    """Yield how to find the id of the callback that an execution waits for, as an operator who may read the table."""
    yield _CALLBACK
    yield f'CALLBACK=$(aws dynamodb scan --table-name "$(output {plan.name(workflow.id)}CallbacksName)" \\'
    yield "  --filter-expression 'run = :run AND attribute_exists(task_token)' \\"
    yield '  --expression-attribute-values \'{":run":{"S":"\'"${EXECUTION##*:}"\'"}}\' --query \'Items[0].pk.S\' --output text)'
    yield 'echo "$CALLBACK"'


def _durable(plan: Plan, code: Code, flow: Flow) -> Iterator[Line]:
    payload = f'{{"items":[{MESSAGE}]}}' if flow.items and code.service == "work" else MESSAGE
    yield f"FUNCTION=$(output {plan.name(code.plan.node.id)}Name)"
    yield f'aws lambda invoke --function-name "$FUNCTION:{ALIAS}" --invocation-type Event --durable-execution-name try-1 \\'
    yield f"  --cli-binary-format raw-in-base64-out --payload '{payload}' /dev/stdout"
    yield 'aws lambda list-durable-executions-by-function --function-name "$FUNCTION" --durable-execution-name try-1'
    if flow.approval_s:
        yield from _DECIDING


def _sent(plan: Plan, source: Node) -> tuple[Line, ...]:
    """Return the commands that put something into a queue, stream, table, topic, bus or bucket."""
    if takes_uploads(plan.architecture, source.id):
        return (_UPLOADED,)
    if on_default_bus(plan.architecture, source):
        # Only the service itself sends events that the rule matches.
        emitters = (plan.node(edge.source) for edge in plan.architecture.entering(source.id, "emit"))
        return tuple(line for emitter in emitters for line in _sent(plan, emitter))
    traits = traits_of(source.service)
    order = f" --message-group-id {GROUP} --message-deduplication-id m-1" if traits.fifo else ""
    types = event_types(plan, source) or (("try",) if sent_apart(plan, source.id) else ())
    values = {
        "{name}": plan.name(source.id),
        "{message}": f"'{MESSAGE}'",
        "{detail}": json.dumps(MESSAGE),
        "{order}": order,
        "{type}": types[0] if types else "try",
        "{attributes}": TYPED.replace("{}", types[0]) if types else "",
    }
    return tuple(_filled(command, values) for command in traits.send_commands)


def _filled(command: str, values: Mapping[str, str]) -> str:
    for place, value in values.items():
        command = command.replace(place, value)
    return command


def _results(plan: Plan, code: Code) -> Trial:
    """Return the commands that show what a program has stored, for stores that the AWS CLI can read."""
    commands: list[str] = []
    for store in code.writes:
        name = plan.name(store.node.id)
        result = f", {store.result}" if store.result and store.client.columns else ""
        values = {"{name}": name, "{table}": store.table, "{result}": result}
        commands += [_filled(command, values) for command in traits_of(store.service).show_commands]
    return Trial(_heading(plan, _RESULTS, code.id), tuple(commands))
