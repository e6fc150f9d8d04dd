"""Items that the commands to try a deployment are about, where only a request creates them: rows of relational tables."""

from collections.abc import Iterator, Sequence

from advisor.text import Text
from blueprints.project.programs.adapters import StoreAdapter
from blueprints.project.programs.code import Code
from blueprints.traits import traits_of

#: The message group of a message about no item.
GROUP = "m-1"
#: A command, or a comment in both languages.
Line = str | Text
_EXISTING = Text(
    "# {} is the ID of an existing item, such as one that was created above. Components add their results to it:",
    "# {} は、上記の手順で作成した項目など、既存の項目の ID です。コンポーネントはこの項目に結果を追加します。",
)


def asked_for(store: StoreAdapter) -> bool:
    """Return whether only a request creates an item of a store, because no command does."""
    return not traits_of(store.service).send_commands


def variable_of(store: StoreAdapter) -> str:
    """Return the shell variable with the id of the item of a store."""
    return f"{store.subject.replace('-', '_').upper()}_ITEM"


def kept_item(codes: Sequence[Code], program: Code | None) -> str:
    """Return the variable that keeps the id of the item that a program creates, if messages to other programs are about it."""
    if program is None:
        return ""
    completed = {store.subject: store for code in codes for store in code.completes if asked_for(store)}
    return next((variable_of(store) for store in program.writes if store.subject in completed), "")


def naming(store: StoreAdapter) -> Iterator[Line]:
    """Yield how to name the item, where no earlier command has kept its id."""
    name = variable_of(store)
    yield Text(_EXISTING.en.format(name), _EXISTING.ja.format(name))
    yield f"{name}=..."


def about_item(commands: Sequence[Line], variable: str) -> tuple[Line, ...]:
    """Return commands whose message has the id of the item as its key, by which a FIFO queue keeps the order."""
    return tuple(_keyed(line, variable) if isinstance(line, str) else line for line in commands)


def _keyed(command: str, variable: str) -> str:
    for quote in ('"', '\\"'):
        id = f"{{{quote}id{quote}:{quote}m-1{quote},"
        command = command.replace(id, f"{id}{quote}key{quote}:{quote}'\"${variable}\"'{quote},")
    return command.replace(f"--message-group-id {GROUP} ", f'--message-group-id "${variable}" ')
