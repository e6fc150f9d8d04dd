"""Commands to try a deployment, one per trigger of each program."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from advisor.architecture.balancing import is_shared
from advisor.text import Text
from blueprints.plan import Plan
from blueprints.project.documents.trials.api_trials import CALL, entry_trials, service_trials
from blueprints.project.documents.trials.run_trials import start_trials
from blueprints.project.documents.trials.trial import UPLOADED, Trial, filled, trial_heading
from blueprints.project.documents.trials.trial_items import about_item, asked_for, naming, variable_of
from blueprints.project.programs.code import Code, started_together
from blueprints.traits import cloudfront, cognito, traits_of

_KUBECTL = Text("Configure kubectl", "kubectl を設定する")
_CLUSTER = Text("# CLUSTER is the value of the parameter ClusterName:", "# CLUSTER はパラメータ ClusterName の値です。")
_RESULTS = Text('View the results of "{}"', "「{}」の結果を確認する")
#: A program that only adds its result to the item of another program.
_COMPLETES = Text(
    "# Create the item that the messages are about. Components add their results to it; usually, a request creates it:",
    "# メッセージの対象となる項目を作成します。コンポーネントはこの項目に結果を追加します。通常、項目はリクエストで作成されます。",
)


def trials(plan: Plan, codes: tuple[Code, ...], typescript: bool) -> tuple[Trial, ...]:
    """Return the commands in the order of the architecture, using the tools that the project installs."""
    socket = "npx wscat -c" if typescript else "python -m websockets"
    candidates, called = [*_kubeconfig(plan), *_sign_up(plan)], list[Trial]()
    for entry in plan.architecture.nodes:
        if is_shared(entry):
            called += service_trials(plan, codes, entry)
        elif entry.role == "entry":
            called += entry_trials(plan, codes, entry, socket)
    kept = {line.partition("=$(")[0] for trial in called for line in trial.commands if isinstance(line, str)}
    candidates += [*(trial for trial in called if not trial.answers), *_objects(plan)]
    completed = set[str]()
    for run in started_together(codes):
        candidates += [_about_item(plan, run, trial, completed, kept) for trial in start_trials(plan, run[0])]
    candidates += [trial for trial in called if trial.answers]
    candidates += [_results(plan, code) for code in codes if code.writes]
    return tuple(trial for trial in candidates if trial.commands)


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


def _objects(plan: Plan) -> Iterator[Trial]:
    """Yield how to load an object of each bucket that a distribution delivers."""
    for bucket, distribution in cloudfront.stores(plan.architecture):
        sent = [
            filled(command, {"{name}": plan.name(bucket.id)}) for command in traits_of(bucket.service).send_commands
        ]
        load = f'curl -s "$(output {plan.name(distribution.id)}Url)/README.md"'
        yield Trial(trial_heading(plan, CALL, distribution.subject), (*sent, load))


def _about_item(plan: Plan, codes: Sequence[Code], trial: Trial, completed: set[str], kept: set[str]) -> Trial:
    """Return a trial with the creation of the item that its message is about, where programs only complete items.

    The item is created once for all programs that complete it, as each keeps the results of the others. Where no command
    creates one, it is that of an earlier request, whose id is in one of the variables `kept`. A program that uploads start
    completes the item of the uploaded file.
    """
    if trial.commands in ((), (UPLOADED,)):
        return trial
    asked = next((store for code in codes for store in code.completes if asked_for(store)), None)
    if asked is not None:
        about = about_item(trial.commands, variable_of(asked))
        return replace(trial, commands=about if variable_of(asked) in kept else (*naming(asked), *about))
    stores = [store for code in codes for store in code.completes if store.node.id not in completed]
    completed |= {store.node.id for store in stores}
    puts = [
        filled(command, {"{name}": plan.name(store.node.id)})
        for store in stores
        for command in traits_of(store.service).send_commands
    ]
    return replace(trial, commands=(_COMPLETES, *puts, *trial.commands)) if puts else trial


def _results(plan: Plan, code: Code) -> Trial:
    """Return the commands that show what a program has stored, for stores that the AWS CLI can read."""
    commands: list[str] = []
    for store in code.writes:
        name = plan.name(store.node.id)
        result = f", {store.result}" if store.result and store.client.columns else ""
        values = {"{name}": name, "{table}": store.table, "{result}": result}
        commands += [filled(command, values) for command in traits_of(store.service).show_commands]
    return Trial(trial_heading(plan, _RESULTS, code.id), tuple(commands))
