"""Migration files of relational databases: SQL, and the function that applies it inside the VPC."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from blueprints.plan import Plan
from blueprints.plan.migrations import TIMEOUT_S, Migrations, migrations_of, privileges
from blueprints.project.pins import pinned
from blueprints.project.programs.code import Code
from blueprints.project.programs.composition import results_set_in
from blueprints.project.programs.source import timeout_files
from blueprints.project.programs.timeouts import of_function
from blueprints.project.render import python, render, typescript
from blueprints.project.typescript.source import timeouts_module
from blueprints.traits import aurora_dsql, aurora_serverless, traits_of_node
from blueprints.traits.database_roles import role_of

Files = Iterator[tuple[str, bytes]]
#: What of its time the function keeps for reporting that a statement took longer.
KEPT_S = 30
#: What the function takes besides what its runtime brings.
PACKAGES = ("pg8000",)


@dataclass(frozen=True)
class Database:
    """A database whose tables migrations make: `start` begins its outputs, `roles` has the outputs that roles need.

    `grants` says what each role is allowed to do with the table; `divided`, whether a program reads it partition by partition;
    `results`, the columns that programs set beside an item. Behind a proxy (`pooled`), the roles sign in by IAM and have no
    password.
    """

    plan: Migrations
    start: str
    roles: Mapping[str, list[str]]
    grants: Mapping[str, str]
    divided: bool
    results: tuple[str, ...] = ()
    pooled: bool = False

    @property
    def name(self) -> str:
        """The store's id, and the name of its folder."""
        return self.plan.store.subject

    @property
    def folder(self) -> str:
        """The folder with its SQL."""
        return self.plan.directory

    @property
    def table(self) -> str:
        """The table that holds the items."""
        return self.plan.table

    @property
    def largest_row(self) -> int:
        """The size in bytes above which its interface cannot return an item; 0 if there is no limit, as behind a proxy."""
        client = traits_of_node(self.plan.store).client
        return client.largest_row if client and not self.pooled else 0

    @property
    def longest_s(self) -> int:
        """The longest time of one statement of a migration that a function applies."""
        return TIMEOUT_S - KEPT_S

    @property
    def distributed(self) -> bool:
        """Whether it is one of Aurora DSQL."""
        return self.plan.store.service == aurora_dsql.TRAITS.service


def migration_values(plan: Plan, programs: Iterable[Code]) -> dict[str, Any]:
    """Return the databases of a plan: all, and grouped by how their migrations are applied."""
    divided = {store.subject for code in programs for store in code.stores if store.has("read_part")}
    databases = [_database(plan, found, divided) for found in migrations_of(plan.architecture)]
    by = {database.name: database.plan.store.service for database in databases}
    values = {
        "migrations": databases,
        "serverless": [one for one in databases if by[one.name] == aurora_serverless.TRAITS.service],
        "distributed": [one for one in databases if one.distributed],
        "invoked": [one for one in databases if one.plan.by_function],
    }
    return values | {
        "serverless_users": {
            one.name: (one.start, {role: outputs[0] if outputs else "" for role, outputs in one.roles.items()})
            for one in values["serverless"]
        },
        "serverless_pooled": any(one.pooled for one in values["serverless"]),
        "serverless_secrets": any(not one.pooled for one in values["serverless"]),
        "distributed_roles": {one.name: (one.start, one.roles) for one in values["distributed"]},
        "invoked_functions": {one.name: (f"{one.start}MigrationsName", list(one.roles)) for one in values["invoked"]},
        # A database that leaves a snapshot keeps its stack from being deleted; one that is retained does not.
        "protected": bool(values["serverless"] or values["invoked"]),
    }


def _database(plan: Plan, found: Migrations, divided: Collection[str]) -> Database:
    ends = {aurora_serverless.TRAITS.service: "SecretArn", aurora_dsql.TRAITS.service: "RoleArn"}
    pooled = any(user.target != found.store.id for user in found.users)
    roles: dict[str, list[str]] = {}
    for user in found.users:
        outputs = roles.setdefault(role_of(plan.architecture, user), [])
        if (end := ends.get(found.store.service)) and not pooled:
            outputs.append(f"{plan.name(user.id)}{end}")
    granted = {role: ", ".join(words) for role, words in privileges(plan.architecture, found.users).items()}
    subject = found.store.subject
    start, results = plan.name(found.store.id), results_set_in(plan, subject)
    return Database(found, start, roles, granted, subject in divided, results, pooled)


def sql_files(databases: Iterable[Database]) -> Files:
    """Yield the SQL of each database: the first migration, one for each column with results, and the grants."""
    for database in databases:
        yield f"{database.folder}/0001_create_{database.table}.sql", _sql("table", database)
        for result in database.results:
            yield f"{database.folder}/0002_add_{result}.sql", _sql("result", database, result=result)
        yield f"{database.folder}/grants.sql", _sql("grants", database)


def function_files(databases: Iterable[Database]) -> Files:
    """Yield the code of the functions that apply migrations, in Python."""
    for database in databases:
        modules = {f"{database.folder}/app.py": python("parts/migrations.py.j2", {"database": database})}
        yield from modules.items()
        yield from timeout_files(database.folder, modules, of_function(TIMEOUT_S))
        yield f"{database.folder}/requirements.txt", pinned(*PACKAGES).encode()


def typescript_function_files(databases: Iterable[Database]) -> Files:
    """Yield the code of the functions that apply migrations, in TypeScript."""
    for database in databases:
        modules = {"app": typescript("typescript/parts/migrations.ts.j2", {"database": database})}
        for name, source in (modules | timeouts_module(modules, of_function(TIMEOUT_S))).items():
            yield f"{database.folder}/{name}.ts", source


def _sql(template: str, database: Database, **more: str) -> bytes:
    return render(f"files/{template}.sql.j2", {"database": database, **more}).encode()
