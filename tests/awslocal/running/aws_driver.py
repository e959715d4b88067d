"""Runs the installed AWS CLI (version 1) again and again in one process: a JSON line in, a JSON line out for each command.

In: {"words": [...], "folder": "...", "input": "base64"}; out: {"status": 0, "stdout": "base64", "stderr": "base64"}.
"""

import base64
import io
import json
import os
import sys

from awscli.clidriver import create_clidriver

answers = os.fdopen(os.dup(1), "w")
requests = os.fdopen(os.dup(0), "r")


def stream(content=b""):
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="\n", write_through=True)


def run(words):
    sys.argv = ["aws", *words]
    try:
        return create_clidriver().main(words)
    except SystemExit as end:
        return end.code or 0


for line in requests:
    request = json.loads(line)
    os.chdir(request["folder"])
    sys.stdin = stream(base64.b64decode(request["input"]))
    sys.stdout, sys.stderr = stream(), stream()
    status = run(request["words"])
    answer = {
        "status": status,
        "stdout": base64.b64encode(sys.stdout.buffer.getvalue()).decode(),
        "stderr": base64.b64encode(sys.stderr.buffer.getvalue()).decode(),
    }
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
