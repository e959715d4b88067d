"""Loads the handler and runs one call after the other."""

import base64
import decimal
import importlib
import json
import os
import sys
import time
import traceback

import output
from context import LambdaContext

OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))


class FunctionFault(Exception):
    """An error of the runtime's own, e.g. `Runtime.HandlerNotFound`."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.error_type = error_type
        self.trace = trace

    def document(self, request_id):
        return {
            "errorMessage": str(self),
            "errorType": self.error_type,
            "requestId": request_id,
            "stackTrace": self.trace or [],
        }


def load_handler(name):
    """Finds what `_HANDLER` names: `folder/module.function`."""
    module_name, separator, function_name = name.rpartition(".")
    if not separator:
        raise FunctionFault(
            "Runtime.MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)"
        )
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise FunctionFault(
            "Runtime.BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module"
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise FunctionFault("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        trace = [f'  File "{show_path(error.filename)}" Line {error.lineno}\n    {error.text}']
        raise FunctionFault(
            "Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace
        ) from error
    if not hasattr(module, function_name):
        raise FunctionFault("Runtime.HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")
    return getattr(module, function_name)


def run_call(channel, handler, headers, payload):
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    output.request_id = request_id
    set_trace(headers["Lambda-Runtime-Trace-Id"])
    try:
        context = make_context(headers)
        result = handler(json.loads(payload), context)
        text = serialize(result)
    except FunctionFault as fault:
        fail(channel, request_id, fault.document(request_id))
    except Exception as error:
        fail(channel, request_id, describe_failure(error, request_id))
    else:
        output.flush()
        channel.post_result(request_id, text)


def fail(channel, request_id, document):
    output.log_failure(document)
    channel.post_error(request_id, document)


def describe_failure(error, request_id):
    """The document that a caller gets; the stack begins with the function's own code."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if not frame.filename.startswith(OWN_FOLDER) and "<frozen" not in frame.filename]
    shown = [(show_path(frame.filename), frame.lineno, frame.name, frame.line) for frame in own]
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        "stackTrace": traceback.format_list(shown),
    }


def show_path(path):
    return (path or "").replace(os.environ["LAMBDA_TASK_ROOT"], "/var/task")


def make_context(headers):
    client_context = headers["Lambda-Runtime-Client-Context"]
    return LambdaContext(
        request_id=headers["Lambda-Runtime-Aws-Request-Id"],
        function_arn=headers["Lambda-Runtime-Invoked-Function-Arn"],
        deadline=int(headers["Lambda-Runtime-Deadline-Ms"]),
        client_context=json.loads(client_context) if client_context else None,
        now=lambda: int(time.time() * 1000),
    )


def set_trace(trace_id):
    if trace_id is None:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    else:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id


def serialize(result):
    try:
        return json.dumps(result, ensure_ascii=False, default=_convert)
    except Exception as error:
        raise FunctionFault("Runtime.MarshalError", f"Unable to marshal response: {error}") from error


def _convert(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
