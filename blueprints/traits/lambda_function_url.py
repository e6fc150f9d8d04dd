"""Function URLs of AWS Lambda."""

from blueprints.traits import Resolver, Traits

#: The service that callers sign their requests for.
SIGNED_FOR = "lambda"
TRAITS = Traits(
    service="lambda-function-url",
    protocol="http",
    caller_paths={
        "credentials": ("requestContext", "authorizer", "iam", "userArn"),
    },
    resolver=Resolver("LambdaFunctionUrlResolver", "LAMBDA_FUNCTION_URL"),
)
