"""An HTTP API sends requests to a queue with the permissions of its role; the emulator supports functions only."""

import asyncio
import json
import os
from typing import Any

import boto3
from ministack.services import apigateway
from ministack.services.cloudformation import provisioners

from prove.emulator.patches.task_roles import credentials

SEND = "SQS-SendMessage"
PROPERTIES = {"IntegrationSubtype": "integrationSubtype", "CredentialsArn": "credentialsArn"}


def _send(integration: dict[str, Any], body: bytes) -> tuple[int, dict[str, str], bytes]:
    parameters = {name: body.decode() if value == "$request.body" else value
             for name, value in integration["requestParameters"].items()}  # fmt: skip
    keys = credentials("integration", integration["credentialsArn"])
    sqs = boto3.client(
        "sqs",
        endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["Token"],
    )
    try:
        sent = sqs.send_message(**parameters)
    except sqs.exceptions.ClientError as error:
        return 403, {"Content-Type": "application/json"}, json.dumps({"message": str(error)}).encode()
    response_body = json.dumps({"MessageId": sent["MessageId"]}).encode()
    return 200, {"Content-Type": "application/json"}, response_body


def install() -> None:
    """Read the integration from the template, and run it."""
    properties, invoke = provisioners._apigw_v2_integration_props, apigateway._invoke_lambda_proxy

    def integration_properties(declared: dict[str, Any]) -> dict[str, Any]:
        extra = {key: declared[name] for name, key in PROPERTIES.items() if name in declared}
        parameters = {"requestParameters": declared["RequestParameters"]} if "RequestParameters" in declared else {}
        return {**properties(declared), **extra, **parameters}

    async def invoked(integration: dict[str, Any], api: str, stage: str, path: str, method: str, headers: Any,
                      body: bytes, *rest: Any, **more: Any) -> Any:  # fmt: skip
        if integration.get("integrationSubtype") == SEND:
            return await asyncio.to_thread(_send, integration, body)
        return await invoke(integration, api, stage, path, method, headers, body, *rest, **more)

    provisioners._apigw_v2_integration_props, apigateway._invoke_lambda_proxy = integration_properties, invoked
