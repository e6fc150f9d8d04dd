"""A task has the permissions of its role. The emulator's credentials for tasks have no identity, so IAM denies calls.

The credentials are served where ECS serves them: at the URL in AWS_CONTAINER_CREDENTIALS_FULL_URI.
"""

import hashlib
from typing import Any

from ministack.services import ecs, imds, sts

#: Last part of the URL that a container requests -> its credentials.
_credentials: dict[str, dict[str, str]] = {}


def credentials(task: str, role: str) -> dict[str, str]:
    """Return credentials of a role, registered with the emulator as a session."""
    digest = hashlib.sha256(f"{task} {role}".encode()).hexdigest()
    key, secret, token = f"ASIA{digest[:16].upper()}", digest[16:56], digest
    account, name, session = role.split(":")[4], role.rsplit("/", 1)[-1], task.rsplit("/", 1)[-1]
    identity = {"Arn": f"arn:aws:sts::{account}:assumed-role/{name}/{session}", "UserId": f"{name}:{session}"}
    sts.register_session(key, {**identity, "SecretAccessKey": secret, "SessionToken": token})
    validity = {"Expiration": "2100-01-01T00:00:00Z", "RoleArn": role}
    return {"AccessKeyId": key, "SecretAccessKey": secret, "Token": token, **validity}


def install() -> None:
    """Create a session of the role when a container starts, and serve its credentials."""
    register, answer = ecs._register_metadata, imds.handle_request

    def registered(task: str, cluster: str, definition: dict[str, Any], container: Any, launch: str, env: Any,
                   *rest: Any) -> Any:  # fmt: skip
        metadata = register(task, cluster, definition, container, launch, env, *rest)
        role = definition.get("taskRoleArn")
        if role:
            _credentials[env["AWS_CONTAINER_CREDENTIALS_FULL_URI"].rsplit("/", 1)[-1]] = credentials(task, role)
        return metadata

    async def answered(method: str, path: str, *rest: Any, **options: Any) -> Any:
        role_credentials = _credentials.get(path.rsplit("/", 1)[-1])
        return imds._json_resp(role_credentials) if role_credentials else await answer(method, path, *rest, **options)

    ecs._register_metadata, imds.handle_request = registered, answered
