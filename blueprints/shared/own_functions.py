"""The functions that a stack has beside those of its components: authorizers, migrations, approvals."""

from blueprints.plan import RUNTIME
from blueprints.stack.scope import Json
from blueprints.values import Ref, Value


def function_properties(
    *, directory: str, handler: str, timeout_s: int, memory_mib: int, logs: Value, variables: Json
) -> Json:
    """Return the properties of such a function before its policies; `logs` is its log group."""
    return {
        "CodeUri": f"{directory}/",
        "Handler": handler,
        "Runtime": RUNTIME,
        "Architectures": [Ref("FunctionArchitecture")],
        "Timeout": timeout_s,
        "MemorySize": memory_mib,
        "Tracing": "Active",
        "LoggingConfig": {"LogGroup": logs, "LogFormat": "JSON"},
        "Environment": {"Variables": variables},
    }
