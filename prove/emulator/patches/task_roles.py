"""A task has the rights of its role. The emulator's credentials for tasks belong to nobody, so IAM refuses all they ask.

They are given out where ECS gives them out: at the address in AWS_CONTAINER_CREDENTIALS_FULL_URI.
"""

import hashlib
from typing import Any

from ministack.services import ecs, imds, sts

#: Last part of the address that a container asks -> what it is told.
_known: dict[str, dict[str, str]] = {}


def credentials(task: str, role: str) -> dict[str, str]:
    """Return credentials of a role, known to the emulator as those of a session."""
    digest = hashlib.sha256(f"{task} {role}".encode()).hexdigest()
    key, secret, token = f"ASIA{digest[:16].upper()}", digest[16:56], digest
    account, name, session = role.split(":")[4], role.rsplit("/", 1)[-1], task.rsplit("/", 1)[-1]
    who = {"Arn": f"arn:aws:sts::{account}:assumed-role/{name}/{session}", "UserId": f"{name}:{session}"}
    sts.register_session(key, {**who, "SecretAccessKey": secret, "SessionToken": token})
    until = {"Expiration": "2100-01-01T00:00:00Z", "RoleArn": role}
    return {"AccessKeyId": key, "SecretAccessKey": secret, "Token": token, **until}


def install() -> None:
    """Make a session of the role when a container starts, and answer with it."""
    register, answer = ecs._register_metadata, imds.handle_request

    def registered(task: str, cluster: str, definition: dict[str, Any], container: Any, launch: str, env: Any,
                   *rest: Any) -> Any:  # fmt: skip
        made = register(task, cluster, definition, container, launch, env, *rest)
        role = definition.get("taskRoleArn")
        if role:
            _known[env["AWS_CONTAINER_CREDENTIALS_FULL_URI"].rsplit("/", 1)[-1]] = credentials(task, role)
        return made

    async def answered(method: str, path: str, *rest: Any, **more: Any) -> Any:
        found = _known.get(path.rsplit("/", 1)[-1])
        return imds._json_resp(found) if found else await answer(method, path, *rest, **more)

    ecs._register_metadata, imds.handle_request = registered, answered
