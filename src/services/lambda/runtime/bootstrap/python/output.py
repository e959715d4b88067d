"""Logging in Lambda's forms. Whole messages leave by a pipe of their own; what is printed leaves line by line."""

import json
import logging
import os
import sys
import time

LEVELS = {"TRACE": logging.DEBUG, "FATAL": logging.CRITICAL}

request_id = ""
_descriptor = None
_is_json = False


def set_up_logging(settings):
    global _descriptor, _is_json
    _descriptor = settings["logDescriptor"]
    _is_json = settings["logFormat"] == "JSON"
    handler = _PipeHandler()
    handler.setFormatter(_JsonFormatter() if _is_json else _TextFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    level = settings.get("logLevel")
    if level is not None:
        root.setLevel(LEVELS.get(level) or level)


def write(message):
    """Writes one message, which may have several lines; a zero byte ends it."""
    data = message.replace("\0", "\u2400").encode("utf-8", "replace") + b"\0"
    try:
        while data:
            data = data[os.write(_descriptor, data) :]
    except OSError:
        # The function closed the pipe, or the cloud is gone: there is nobody to tell.
        return


def log_failure(document):
    """Logs an error as AWS's runtime does when a handler fails."""
    flush()
    if _is_json:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        write(json.dumps({"timestamp": stamp, "log_level": "ERROR", **document}))
        return
    lines = [f"[ERROR] {document['errorType']}: {document['errorMessage']}"]
    trace = document.get("stackTrace")
    if trace is not None:
        lines.append("Traceback (most recent call last):")
        for element in trace:
            for line in element.splitlines():
                text = line.lstrip(" ")
                lines.append("\u00a0" * (len(line) - len(text)) + text)
    write("\n".join(lines))


def flush():
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


class _PipeHandler(logging.Handler):
    def emit(self, record):
        flush()
        write(self.format(record))


class _TextFormatter(logging.Formatter):
    converter = time.gmtime

    def __init__(self):
        super().__init__(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
        )

    def format(self, record):
        record.aws_request_id = request_id
        return super().format(record)


class _JsonFormatter(logging.Formatter):
    def format(self, record):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        line = {
            "timestamp": stamp,
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": request_id,
        }
        if record.exc_info:
            kind, value, _ = record.exc_info
            line["errorType"] = kind.__name__
            line["errorMessage"] = str(value)
            line["stackTrace"] = self.formatException(record.exc_info).split("\n")
        return json.dumps(line, ensure_ascii=False, default=str)
