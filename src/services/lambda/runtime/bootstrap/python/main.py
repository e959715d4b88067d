"""What a Python function's process runs: it loads the handler and serves the Runtime API until it is ended."""

import json
import os
import sys

settings = json.loads(os.environ.pop("TALLER_SETTINGS"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import lifeline  # noqa: E402
import folders  # noqa: E402
import output  # noqa: E402
from channel import Channel  # noqa: E402
from calls import FunctionFault, describe_failure, load_handler, run_call  # noqa: E402

# The function's own modules come before those of the runtime.
sys.path.remove(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])


def main():
    channel = Channel(settings["port"], settings["token"])
    lifeline.hold(settings["port"])
    output.set_up_logging(settings)
    folders.confine(settings)
    folders.map_folders(settings)
    try:
        handler = load_handler(os.environ.get("_HANDLER", ""))
    except FunctionFault as fault:
        give_up(channel, fault.document(""))
    except Exception as error:
        give_up(channel, describe_failure(error, ""))
    while True:
        headers, payload = channel.next()
        run_call(channel, handler, headers, payload)


def give_up(channel, document):
    output.log_failure(document)
    channel.post_init_error(document)
    sys.exit(1)


main()
