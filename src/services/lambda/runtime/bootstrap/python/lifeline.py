"""Ends this process when the cloud is gone, whatever the handler does meanwhile."""

import os
import socket
import threading


def hold(port):
    connection = socket.create_connection(("127.0.0.1", port))

    def watch():
        try:
            connection.recv(1)
        finally:
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
