"""Gives the function the folders of AWS, and keeps it out of those of other functions."""

import builtins
import io
import os
import sys

# Functions of `os` and how many of their first arguments are paths.
PATH_COUNTS = {
    "access": 1, "chmod": 1, "chown": 1, "link": 2, "listdir": 1, "lstat": 1, "mkdir": 1, "makedirs": 1, "open": 1,
    "readlink": 1, "remove": 1, "removedirs": 1, "rename": 2, "renames": 2, "replace": 2, "rmdir": 1, "scandir": 1,
    "stat": 1, "statvfs": 1, "symlink": 2, "truncate": 1, "unlink": 1, "utime": 1, "walk": 1, "chdir": 1,
}


def map_folders(settings):
    """/tmp, /opt and /var/task are the function's own, wherever they are on this machine."""
    folders = [("/tmp", settings["temporary"]), ("/opt", settings["opt"]), ("/var/task", settings["task"])]
    root = settings["root"]

    def to_real(value):
        if isinstance(value, int) or value is None:
            return value
        path = os.fspath(value)
        text = os.fsdecode(path)
        if not text.startswith("/") or text.startswith(root):
            return value
        text = os.path.normpath(text)
        for shown, real in folders:
            if text == shown or text.startswith(shown + "/"):
                mapped = real + text[len(shown) :]
                return os.fsencode(mapped) if isinstance(path, bytes) else mapped
        return value

    def wrap(original, count):
        def mapped(*args, **options):
            changed = [to_real(value) if index < count else value for index, value in enumerate(args)]
            return original(*changed, **options)

        return mapped

    opener = wrap(builtins.open, 1)
    builtins.open = opener
    io.open = opener
    for name, count in PATH_COUNTS.items():
        if hasattr(os, name):
            setattr(os, name, wrap(getattr(os, name), count))


def confine(settings):
    """
    Refuses other functions' folders, and writing to its own code, as an audit hook can: it sees what Python opens, not
    what native code does. What this cannot hold is said in docs/contencion.md.
    """
    root = settings["root"] + os.sep
    own = tuple(settings[name] + os.sep for name in ("task", "opt", "temporary"))
    temporary = own[2]
    reading = {"os.listdir", "os.scandir"}
    writing = {"os.chmod", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate"}
    write_flags = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
    parent = os.getppid()

    def check(event, args):
        if event == "os.kill" and args[0] in (parent, -parent):
            raise PermissionError(1, "Operation not permitted")
        is_write = event in writing or (event == "open" and bool((args[2] or 0) & write_flags))
        if not (is_write or event == "open" or event in reading) or not isinstance(args[0], (str, bytes)):
            return
        path = os.path.realpath(os.fsdecode(args[0]))
        if not path.startswith(root):
            return
        if not (path + os.sep).startswith(own):
            raise PermissionError(13, "Permission denied", path)
        if is_write and not (path + os.sep).startswith(temporary):
            raise OSError(30, "Read-only file system", path)

    sys.addaudithook(check)
