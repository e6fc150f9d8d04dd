"""A distributed map with a ResultWriter ends with the ARN of its run and the place of its results, which it has written.

https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html (checked 2026-11-27)
The emulator returns the results themselves, and does not support ResultWriter.
"""

import copy
import json
from typing import Any

from ministack.services import s3, stepfunctions


def _write(bucket: str, key: str, value: object) -> None:
    body = json.dumps(value).encode()
    s3._put_object(bucket, key, body, {"content-type": "application/json"})


def install() -> None:
    """Write the results of a run, and return their location."""
    run = stepfunctions._run_distributed_map

    def written(state: dict[str, Any], raw: Any, effective: Any, *more: Any) -> Any:
        writer = state.get("ResultWriter")
        if not writer:
            return run(state, raw, effective, *more)
        before = set(stepfunctions._map_runs)
        plain = {**copy.deepcopy(state), "ResultPath": "$"}
        plain.pop("ResultSelector", None)
        _, following = run(plain, raw, effective, *more)
        execution = more[1]["executionArn"]
        runs = stepfunctions._map_runs
        (arn,) = [arn for arn in set(runs) - before if runs[arn]["executionArn"] == execution]
        place = writer["Parameters"]
        key = f"{place['Prefix']}/{arn.rsplit(':', 1)[-1]}/manifest.json"
        _write(place["Bucket"], key, {"MapRunArn": arn, "ResultFiles": {}})
        details = {"Bucket": place["Bucket"], "Key": key}
        left = stepfunctions._apply_result_selector(state, {"MapRunArn": arn, "ResultWriterDetails": details})
        output = stepfunctions._apply_result_path(state, raw, left)
        return output, following

    stepfunctions._run_distributed_map = written
