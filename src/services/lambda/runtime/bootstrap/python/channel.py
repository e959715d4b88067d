"""The Runtime API's client."""

import http.client
import json

ROOT = "/2018-06-01/runtime"


class Channel:
    def __init__(self, port, token):
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"Taller-Token": token}

    def next(self):
        """Waits for a call; gives its headers and its payload."""
        response = self._send("GET", "/invocation/next")
        return response.headers, response.body

    def post_result(self, request_id, text):
        return self._send("POST", f"/invocation/{request_id}/response", text.encode("utf-8"))

    def post_error(self, request_id, document):
        return self._post_failure(f"/invocation/{request_id}/error", document)

    def post_init_error(self, document):
        return self._post_failure("/init/error", document)

    def _post_failure(self, path, document):
        error_type = str(document["errorType"]).encode("ascii", "replace").decode()
        headers = {"Lambda-Runtime-Function-Error-Type": error_type}
        return self._send("POST", path, json.dumps(document).encode("utf-8"), headers)

    def _send(self, method, path, body=None, headers=None):
        headers = {**self._headers, **(headers or {})}
        try:
            return self._exchange(method, path, body, headers)
        except (http.client.HTTPException, OSError):
            # The function's own code may have closed the connection: it is asked again on another one.
            self._connection.close()
            return self._exchange(method, path, body, headers)

    def _exchange(self, method, path, body, headers):
        self._connection.request(method, ROOT + path, body=body, headers=headers)
        response = self._connection.getresponse()
        response.body = response.read()
        return response
