"""Relational databases: users, table creation, data protection, and wake-up time.

* The secret that RDS manages for the master user, and the administrator of Aurora DSQL, belong to deployments: no
  program that anything in the stack starts may use them. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/
  CHAP_BestPractices.Security.html, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
  (read 2026-11-27)
* A database that outlives its stack, as itself or as a snapshot, is protected from deletion.
  https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html, RDS.7 and RDS.8 (read 2026-11-27)
* An Aurora Serverless database that paused resumes in about 15 seconds; after more than a day it takes 30 seconds or
  longer. Until then the Data API answers DatabaseResumingException.
  https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html (read 2026-11-27)
"""

import re
from collections.abc import Iterator

from prove.behaviour import databases
from prove.behaviour.databases import CLUSTER, DISTRIBUTED, FUNCTION, INSTANCE, MASTER_SECRET
from prove.behaviour.evidence import Evidence, Problem
from prove.behaviour.references import named
from prove.readback.stack import Resource
from prove.readback.values import references

#: How long a paused database takes to answer, and how long at most where nobody waits for an answer.
WAKE_S, LONG_WAKE_S = 15.0, 30.0
#: What the last statement may take after the database is awake.
STATEMENT_S = 1.0
#: The stated availability from which an Aurora cluster needs a second instance.
STANDBY_PERCENT = 99.9
_INTEGRATION = "AWS::ApiGatewayV2::Integration"
_DEPLOY = re.compile(r"^deploy:.*((?:\n\t.*)*)", re.MULTILINE)
#: Steps of `make deploy`, in the order in which they must run where there are migrations.
_STEPS = (
    re.compile(r"\$\(STEP\) prepare\b"),
    re.compile(r"\b(?:sam|cdk) deploy\b"),
    re.compile(r"\$\(STEP\) migrate\b"),
)


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield database operations of programs that belong to a deployment, and missing data protection."""
    found = databases.databases(evidence)
    if not found:
        return
    yield from _master_secret(evidence)
    yield from _tables(evidence)
    yield from _readers(evidence)
    for database in found:
        yield from _protection(evidence, database)
        if database.type == CLUSTER:
            yield from _waking(evidence, database)
            yield from _standby(evidence, database)


def _master_secret(evidence: Evidence) -> Iterator[Problem]:
    """Yield uses of the master user's secret, or of connections as any user, except in manually started resources."""
    for resource in evidence.stack.resources.values():
        if not _as_master(resource):
            continue
        users = databases.users_of_role(evidence, resource) if resource.type == "AWS::IAM::Role" else (resource,)
        for user in users:
            if user.type != FUNCTION or databases.started_by_the_stack(evidence, user):
                message = f"{user.id} uses the database as its master user while it runs ({resource.id})."
                yield Problem("master-user", user.id, message, user.type)


def _as_master(resource: Resource) -> bool:
    if resource.type.startswith(("AWS::IAM::", "AWS::Lambda::", "AWS::ECS::", "AWS::Batch::", "AWS::RDS::DBProxy")):
        used = references(dict(resource.properties))
        if any(f".{attribute.lstrip('.')}" == MASTER_SECRET for _, attribute in used):
            return True
    for statement in resource.properties.get("Statements", ()):
        actions, resources = set(statement.get("Action", ())), list(statement.get("Resource", ()))
        if "dsql:DbConnectAdmin" in actions:
            return True
        if "rds-db:connect" in actions and any(str(arn).endswith(("/*", "/administrator")) for arn in resources):
            return True
    return False


def _tables(evidence: Evidence) -> Iterator[Problem]:
    """Yield programs that change the schema, tables that no migration makes, and migrations that nothing runs."""
    made = databases.tables_made(evidence)
    for path, text in databases.program_files(evidence):
        if statement := databases.defines(text):
            yield Problem("schema-at-run-time", path, f"The program changes the schema itself: {statement}.")
        for table in sorted(databases.tables_used(text) - made):
            yield Problem("no-migration", path, f"No file of migrations/ creates the table {table}.")
    if made:
        yield from _order((evidence.folder / "Makefile").read_text("utf-8"))


def _order(makefile: str) -> Iterator[Problem]:
    """Yield migrations that nothing runs, and those that the new programs of an update would have to wait for."""
    recipe = _DEPLOY.search(makefile)
    before, deploys, after = (list(step.finditer(recipe[1] if recipe else "")) for step in _STEPS)
    if not after or (deploys and after[-1].start() < deploys[-1].start()):
        yield Problem(
            "migrations-not-run", "Makefile", "`make deploy` does not run the migrations after the deployment."
        )
    if not before or (deploys and before[0].start() > deploys[0].start()):
        message = "`make deploy` updates the programs before it migrates the existing databases."
        yield Problem("migrations-late", "Makefile", message)


def _readers(evidence: Evidence) -> Iterator[Problem]:
    """Yield components that only read a store and whose role in the database may do more, or that have none."""
    granted = databases.grants(evidence)
    used = {path.split("/")[1] for path, text in databases.program_files(evidence) if databases.tables_used(text)}
    for component in evidence.requirements.of_kind("component"):
        if component.id not in used:
            continue
        roles = databases.roles_of_program(evidence, component.id)
        if not roles:
            message = "The program has no role of its own that the migrations grant anything to."
            yield Problem("no-role", f"src/{component.id}", message)
        reads, writes = (component.answer(name) for name in ("reads", "writes"))
        for role in sorted(roles):
            if reads and not writes and granted[role] != {"SELECT"}:
                message = f"The component only reads, and {role} may {', '.join(sorted(granted[role]))}."
                yield Problem("reader-may-write", f"src/{component.id}", message)


def _protection(evidence: Evidence, database: Resource) -> Iterator[Problem]:
    """Yield databases without deletion protection, and those without documented deletion steps."""
    if database.removal[0] not in ("Retain", "Snapshot", "RetainExceptOnCreate"):
        yield Problem("not-kept", database.id, "The data goes along with the stack.", database.type)
    name = "DeletionProtectionEnabled" if database.type == DISTRIBUTED else "DeletionProtection"
    value = str(database.properties.get(name, "false"))
    parameter = evidence.stack.parameters.get(value.strip("${}"), {})
    if "true" not in (value, str(parameter.get("Default", ""))):
        yield Problem("not-protected", database.id, "The database is not protected from deletion.", database.type)
    elif database.removal[0] == "Snapshot":
        texts = [(evidence.folder / "Makefile").read_text("utf-8")]
        texts += [path.read_text("utf-8") for path in (evidence.folder / "scripts").glob("stack.*")]
        delete = re.search(r"^delete:((?:\n\t.*)*)", texts[0], re.MULTILINE)
        if not (delete and "deletable" in delete[1] and any("DeletionProtection=false" in text for text in texts)):
            message = "`make delete` fails, and does not say that the protection has to be lifted first."
            yield Problem("protection-unsaid", database.id, message, database.type)


def _standby(evidence: Evidence, database: Resource) -> Iterator[Problem]:
    """Yield clusters of which no second instance can take over, although the stated availability requires it."""
    availability = evidence.requirements.workload_answers.get("availability_percent")
    if availability is None or float(str(availability)) < STANDBY_PERCENT:
        return
    instances = [one for one in evidence.stack.of_type(INSTANCE) if "DBClusterIdentifier" in one.properties]
    if sum(database.id in named(dict(one.properties)) for one in instances) < 2:
        message = f"{availability} % is stated, and no second instance takes over if the writer fails."
        yield Problem("no-standby", database.id, message, database.type)


def _waking(evidence: Evidence, database: Resource) -> Iterator[Problem]:
    """Yield programs that give up on a paused database, or that are given up on, before it has resumed."""
    scaling = database.properties.get("ServerlessV2ScalingConfiguration", {})
    if float(scaling.get("MinCapacity", 1)) > 0:
        return
    for path, text in databases.program_files(evidence):
        if not databases.asks_data_api(text):
            continue
        function = next((f for f in evidence.stack.of_type(FUNCTION) if _code(f) == path.rpartition("/")[0]), None)
        waiting = [] if function is None else _integrations(evidence, function)
        wake_s = WAKE_S if waiting else LONG_WAKE_S
        patience = databases.patience_of(text, wake_s, typescript=path.endswith(".ts"))
        if patience is None:
            yield Problem(
                "gives-up-early", path, f"The program gives up before {wake_s:.0f} s, when the database wakes."
            )
            continue
        limits = {} if function is None else {function.id: float(function.properties.get("Timeout", 3))}
        limits |= {one.id: float(one.properties.get("TimeoutInMillis", 30000)) / 1000 for one in waiting}
        patience = max(patience, databases.gives_up_after(text, typescript=path.endswith(".ts")))
        for place, limit_s in limits.items():
            if limit_s < patience + STATEMENT_S:
                message = (
                    f"{place} ends after {limit_s:.0f} s; the program waits {patience:.0f} s for a paused database."
                )
                yield Problem("ends-before-it-wakes", place, message)


def _code(function: Resource) -> str:
    """Return the folder of a function's program."""
    return re.sub(r"/\w+\.ts$", "", str(function.properties.get("Code", "")))


def _integrations(evidence: Evidence, function: Resource) -> list[Resource]:
    """Return the integrations by which an HTTP API waits for a function."""
    return [one for one in evidence.stack.of_type(_INTEGRATION) if function.id in named(dict(one.properties))]
