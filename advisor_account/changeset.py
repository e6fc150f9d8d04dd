"""Validates the translated template with a CloudFormation change set, which is never executed and always deleted."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping

from advisor.text import Text
from advisor_account.outcome import Outcome, State, Unanswered
from advisor_account.session import Account, error_code
from blueprints.parameters.parameter import Parameter
from blueprints.sam.translation import Json

#: Where the template lies in the bucket for as long as it takes.
FOLDER = "advisor-preflight"
NAME = "preflight"
#: What a stack's name has behind it while a change set is made under it, and how long the name before that may be.
STACK_SUFFIX = "-preflight"
MAX_STACK_NAME = 128 - len(STACK_SUFFIX)
_ENDED = ("CREATE_COMPLETE", "FAILED")
_DELETED = ("DELETE_COMPLETE", "DELETE_FAILED")
_POLL_S, _MAX_POLLS = 3, 100


def parameters_without_value(parameters: tuple[Parameter, ...], values: Mapping[str, str]) -> list[str]:
    """Return the parameters that have neither a default, an example, nor a value."""
    return [parameter.id for parameter in parameters if not parameter.likely and parameter.id not in values]


def with_examples(parameters: tuple[Parameter, ...], values: Mapping[str, str]) -> dict[str, str]:
    """Return the parameter values of the change set; required parameters get their example values."""
    examples = {parameter.id: parameter.example for parameter in parameters if not parameter.default}
    return {**{name: value for name, value in examples.items() if value}, **values}


class ChangeSetCheck:
    """A change set in an account: `outcomes` makes it, waits for it, reads it, and takes back whatever it made.

    Without a `bucket` (an empty text), the template is passed in the call, where it can have at most 51,200 bytes.
    """

    def __init__(self, account: Account, stack: str, bucket: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._account, self._stack, self._bucket, self._sleep = account, stack, bucket, sleep
        self._about = Text(f"Change set for {stack}", f"{stack} の変更セット")
        self._object_key = ""
        self._requested = False

    def outcomes(self, template: Json, values: Mapping[str, str]) -> Iterator[Outcome]:
        """Yield the validation results of CloudFormation, and the resources that could not be deleted."""
        try:
            if self._stack_exists():
                yield self._outcome("blocked", _STACK_EXISTS)
                return
            self._create_change_set(self._template_argument(template), values)
            yield from self._result()
        except Unanswered as error:
            yield self._outcome("blocked" if error_code(error) == "ValidationError" else "unknown", error.text)
        finally:
            leftovers = list(self._clean_up())
        yield from leftovers

    def _stack_exists(self) -> bool:
        try:
            self._account.call("cloudformation", "describe_stacks", StackName=self._stack)
        except Unanswered as error:
            if error_code(error) != "ValidationError":
                raise
            return False
        return True

    def _template_argument(self, template: Json) -> dict[str, str]:
        body = json.dumps(template, sort_keys=True)
        if not self._bucket:
            return {"TemplateBody": body}
        key = f"{FOLDER}/{self._stack}-{hashlib.sha256(body.encode()).hexdigest()[:16]}.json"
        self._account.call("s3", "put_object", Bucket=self._bucket, Key=key, Body=body.encode())
        self._object_key = key
        place = self._account.client("s3").meta.endpoint_url
        return {"TemplateURL": f"{place}/{self._bucket}/{key}"}

    def _create_change_set(self, template: Mapping[str, str], values: Mapping[str, str]) -> None:
        self._requested = True
        self._account.call(
            "cloudformation",
            "create_change_set",
            StackName=self._stack,
            ChangeSetName=NAME,
            ChangeSetType="CREATE",
            **template,
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in sorted(values.items())],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        )

    def _result(self) -> Iterator[Outcome]:
        for _ in range(_MAX_POLLS):
            description = self._account.call(
                "cloudformation", "describe_change_set", StackName=self._stack, ChangeSetName=NAME
            )
            if description["Status"] in _ENDED:
                break
            self._sleep(_POLL_S)
        else:
            yield self._outcome("unknown", _TIMED_OUT)
            return
        if description["Status"] == "FAILED":
            reason = " ".join(str(description.get("StatusReason", "")).split())
            yield self._outcome(
                "blocked",
                Text(
                    f"CloudFormation rejected the template: {reason}",
                    f"CloudFormation がテンプレートを拒否しました: {reason}",
                ),
            )
            yield from self._failures()
            return
        count = self._change_count()
        yield self._outcome(
            "fine",
            Text(
                f"CloudFormation accepts the template; it would create {count} resources.",
                f"CloudFormation はテンプレートを受け付けました。{count} 個のリソースが作成されます。",
            ),
        )

    def _change_count(self) -> int:
        pages = self._account.pages("cloudformation", "describe_change_set", StackName=self._stack, ChangeSetName=NAME)
        return sum(len(page.get("Changes", ())) for page in pages)

    def _failures(self) -> Iterator[Outcome]:
        """Yield the results of the checks before deployment by resource."""
        pages = self._account.pages(
            "cloudformation", "describe_events", StackName=self._stack, Filters={"FailedEvents": True}
        )
        for event in (event for page in pages for event in page.get("OperationEvents", ())):
            reason = event.get("ValidationStatusReason") or event.get("ResourceStatusReason")
            if reason:
                about = Text.same(str(event.get("LogicalResourceId", self._stack)))
                state: State = "warned" if event.get("ValidationFailureMode") == "WARN" else "blocked"
                place = f" ({event['ValidationPath']})" if event.get("ValidationPath") else ""
                yield Outcome("change-set", state, about, Text.same(f"{reason}{place}"))

    def _clean_up(self) -> Iterator[Outcome]:
        """Delete the stack in review and the template; return what could not be deleted."""
        if self._requested:
            yield from self._deletion(Text(f"stack {self._stack}", f"スタック {self._stack}"), self._delete_stack)
        if self._object_key:
            yield from self._deletion(
                Text.same(f"s3://{self._bucket}/{self._object_key}"),
                lambda: self._account.call("s3", "delete_object", Bucket=self._bucket, Key=self._object_key),
            )

    def _delete_stack(self) -> None:
        """Delete the change set, then the stack, if CloudFormation created them."""
        if not self._stack_exists():
            return
        try:
            self._account.call("cloudformation", "delete_change_set", StackName=self._stack, ChangeSetName=NAME)
        except Unanswered as error:
            if error_code(error) != "ChangeSetNotFound":
                raise
        self._account.call("cloudformation", "delete_stack", StackName=self._stack)
        for _ in range(_MAX_POLLS):
            try:
                answer = self._account.call("cloudformation", "describe_stacks", StackName=self._stack)
            except Unanswered as error:
                if error_code(error) == "ValidationError":
                    return
                raise
            status = answer["Stacks"][0]["StackStatus"] if answer["Stacks"] else _DELETED[0]
            if status == _DELETED[0]:
                return
            if status == _DELETED[1]:
                break
            self._sleep(_POLL_S)
        raise Unanswered(_NOT_DELETED)

    def _deletion(self, what: Text, delete: Callable[[], object]) -> Iterator[Outcome]:
        try:
            delete()
        except Unanswered as error:
            words = Text(
                f"{what.en} still exists. Delete it manually. {error.text.en}",
                f"{what.ja} が残っています。手動で削除してください。{error.text.ja}",
            )
            yield self._outcome("blocked", words)

    def _outcome(self, state: State, words: Text) -> Outcome:
        return Outcome("change-set", state, self._about, words)


_STACK_EXISTS = Text(
    "A stack with this name already exists and was not changed; choose another name with --stack-name.",
    "同名のスタックが既に存在するため、変更していません。--stack-name で別の名前を指定してください。",
)
_TIMED_OUT = Text(
    "CloudFormation did not finish the change set within five minutes.",
    "CloudFormation の変更セットが 5 分以内に完了しませんでした。",
)
_NOT_DELETED = Text("CloudFormation did not delete it.", "CloudFormation が削除できませんでした。")
