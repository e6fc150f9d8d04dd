"""Error messages of AWS calls: each names the call, the reason and the remedy."""

from botocore import exceptions
from botocore.exceptions import BotoCoreError, ClientError

from advisor.text import Text

_DENIED = (
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "AuthorizationError",
    "AuthorizationErrorException",
)
_EXPIRED = ("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired")
_REFUSED = (
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "AuthFailure",
    "SignatureDoesNotMatch",
    "OptInRequired",
)
_THROTTLED = (
    "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestLimitExceeded",
    "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
)  # fmt: skip
_SIGNED_OUT = (
    exceptions.SSOTokenLoadError, exceptions.UnauthorizedSSOTokenError, exceptions.TokenRetrievalError, exceptions.CredentialRetrievalError,
)  # fmt: skip
_UNREACHED = (
    exceptions.EndpointConnectionError,
    exceptions.ConnectTimeoutError,
    exceptions.ReadTimeoutError,
    exceptions.ConnectionClosedError,
)


def error_sentence(error: BotoCoreError | ClientError, action: str, region: str) -> Text:
    """Return the explanation of a call's error for the user."""
    return (
        _error_response(error, action, region)
        if isinstance(error, ClientError)
        else _request_failure(error, action, region)
    )


def _error_response(error: ClientError, action: str, region: str) -> Text:
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = " ".join(str(error.response.get("Error", {}).get("Message", "")).split())[:300]
    if code in _DENIED:
        return Text(
            f"The credentials are not allowed to call {action}; for the policy that allows it, see docs/preflight.md.",
            f"この認証情報には {action} の権限がありません。必要なポリシーは docs/preflight.ja.md にあります。",
        )
    if code in _EXPIRED:
        return Text(
            f"The session has expired ({action}); sign in again and repeat the command.",
            f"セッションの有効期限が切れています（{action}）。サインインし直してから、もう一度実行してください。",
        )
    if code in _REFUSED:
        return Text(
            f"AWS does not accept these credentials in {region} ({action}, {code}): the key is wrong, or the Region is not "
            "enabled for the account.",
            f"{region} ではこの認証情報が受け付けられません（{action}、{code}）。キーが誤っているか、アカウントでリージョンが有効になっていません。",
        )
    if code in _THROTTLED:
        return Text(
            f"AWS throttled {action} because of too many calls, even after several attempts. Try again in a minute.",
            f"呼び出しが多すぎるため、再試行しても {action} の応答がありませんでした。1 分ほど待ってから再実行してください。",
        )
    answer = f"{code}: {message}" if message else code
    return Text(f"AWS answered {action} with {answer}", f"{action} に対する AWS の応答: {answer}")


def _request_failure(error: BotoCoreError, action: str, region: str) -> Text:
    if isinstance(error, exceptions.NoCredentialsError | exceptions.PartialCredentialsError):
        return Text(
            f"There are no credentials, so {action} could not be called; specify a profile with --profile, or configure them with "
            "`aws configure`.",
            f"認証情報がないため {action} を呼び出せません。--profile でプロファイルを指定するか、`aws configure` で設定してください。",
        )
    if isinstance(error, _SIGNED_OUT):
        return Text(
            f"The sign-in has expired, so {action} could not be called; sign in again, for example with `aws sso login`.",
            f"サインインの有効期限が切れているため {action} を呼び出せません。`aws sso login` などでサインインし直してください。",
        )
    if isinstance(error, _UNREACHED):
        return Text(
            f"{action} could not be reached in {region}: the Region does not exist, or this network has no route to it.",
            f"{region} の {action} に接続できません。リージョン名が誤っているか、このネットワークから到達できません。",
        )
    return Text(f"{action} could not be called: {error}", f"{action} を呼び出せません: {error}")
