"""An HTTP API puts what it gets into a queue by itself, with the rights of its role; the emulator looks for a function."""

import asyncio
import json
import os
from typing import Any

import boto3
from ministack.services import apigateway
from ministack.services.cloudformation import provisioners

from prove.emulator.patches.task_roles import credentials

SEND = "SQS-SendMessage"
KEPT = {"IntegrationSubtype": "integrationSubtype", "CredentialsArn": "credentialsArn"}


def _send(integration: dict[str, Any], body: bytes) -> tuple[int, dict[str, str], bytes]:
    given = {name: body.decode() if value == "$request.body" else value
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
        sent = sqs.send_message(**given)
    except sqs.exceptions.ClientError as error:
        return 403, {"Content-Type": "application/json"}, json.dumps({"message": str(error)}).encode()
    told = json.dumps({"MessageId": sent["MessageId"]}).encode()
    return 200, {"Content-Type": "application/json"}, told


def install() -> None:
    """Keep what the template says of the integration, and carry it out."""
    properties, invoke = provisioners._apigw_v2_integration_props, apigateway._invoke_lambda_proxy

    def kept(given: dict[str, Any]) -> dict[str, Any]:
        more = {own: given[name] for name, own in KEPT.items() if name in given}
        parameters = {"requestParameters": given["RequestParameters"]} if "RequestParameters" in given else {}
        return {**properties(given), **more, **parameters}

    async def invoked(integration: dict[str, Any], api: str, stage: str, path: str, method: str, headers: Any,
                      body: bytes, *rest: Any, **more: Any) -> Any:  # fmt: skip
        if integration.get("integrationSubtype") == SEND:
            return await asyncio.to_thread(_send, integration, body)
        return await invoke(integration, api, stage, path, method, headers, body, *rest, **more)

    provisioners._apigw_v2_integration_props, apigateway._invoke_lambda_proxy = kept, invoked
