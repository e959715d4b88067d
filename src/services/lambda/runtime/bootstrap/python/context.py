"""The context that a handler gets. https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

import os


class LambdaContext:
    def __init__(self, request_id, function_arn, deadline, client_context, now):
        self.aws_request_id = request_id
        self.invoked_function_arn = function_arn
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.client_context = None if client_context is None else ClientContext(client_context)
        self.identity = CognitoIdentity()
        self._deadline = deadline
        self._now = now

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - self._now())


class ClientContext:
    def __init__(self, document):
        self.custom = document.get("custom")
        self.env = document.get("env")
        client = document.get("client")
        self.client = None if client is None else Client(client)


class Client:
    def __init__(self, document):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, document.get(name))


class CognitoIdentity:
    cognito_identity_id = None
    cognito_identity_pool_id = None
