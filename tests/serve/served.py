"""A server on the tiny atlas, and the contract that its answers are held against.

The tests of this folder are called with MAKE_TINY_ATLAS SERVE_ATLAS OPENAPI_YAML.
"""
import copy
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

import jsonschema
import yaml

MAKE, SERVE, CONTRACT = sys.argv[1:4]


def as_json_schema(node):
    """OpenAPI 3.0 to JSON Schema: nullable becomes a type; unknown members of an answer are errors."""
    if isinstance(node, list):
        return [as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: as_json_schema(value) for key, value in node.items()}
    if node.pop("nullable", False):
        return {"anyOf": [{"type": "null"}, node]}
    return node


class Contract:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        self.asked = set()
        self.definitions = {"components": as_json_schema(copy.deepcopy(self.document["components"]))}

    def schema(self, path, method, status):
        self.asked.add(path)
        responses = self.document["paths"][path][method]["responses"]
        response = responses[str(status)]
        if "$ref" in response:
            response = self.document["components"]["responses"][response["$ref"].split("/")[-1]]
        content = next(body for kind, body in response["content"].items() if "json" in kind)
        return {**self.definitions, **as_json_schema(copy.deepcopy(content["schema"]))}

    def check(self, answer, path, method="get", status=200):
        schema = self.schema(path, method, status)
        errors = sorted(jsonschema.Draft7Validator(schema).iter_errors(answer), key=lambda e: list(e.path))
        problems = [f"{list(e.path)}: {e.message[:300]}" for e in errors[:5]]
        if problems:
            raise AssertionError(f"{method} {path} {status}\n" + "\n".join(problems))

    def known_members(self, name):
        """All properties that a schema of the contract names, over its allOf."""
        schema = self.document["components"]["schemas"][name]
        members = set(schema.get("properties", {}))
        for part in schema.get("allOf", []):
            members |= self.known_members(part["$ref"].split("/")[-1]) if "$ref" in part else set(part.get("properties", {}))
        return members


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers = status, headers
        self.data = gzip.decompress(data) if headers.get("Content-Encoding") == "gzip" else data

    @property
    def kind(self):
        return self.headers.get("Content-Type", "").split(";")[0]

    def json(self):
        return json.loads(self.data)


class Served:
    """The tiny atlas, changed by `statements`, behind a server of its own."""

    def __init__(self, statements="", with_base_map=True):
        self.folder = tempfile.TemporaryDirectory()
        atlas, changes = self.path("tiny.atlas"), self.path("changes.sql")
        with open(changes, "w", encoding="utf-8") as file:
            file.write(statements)
        subprocess.run([MAKE, atlas, changes], check=True)
        base_map = []
        self.base_map = b"PMTiles\x03" + bytes(range(200))
        if with_base_map:
            base_map = ["", self.path("base.pmtiles")]
            with open(base_map[1], "wb") as file:
                file.write(self.base_map)
        self.server = subprocess.Popen([SERVE, atlas, "0", *base_map], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.root = re.search(r"http://[0-9.:]+", self.server.stdout.readline()).group(0)
        # Firms come a little later than the rest.
        for _ in range(100):
            if self.ask("/tiles/firms.json").status != 503:
                break

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def close(self):
        self.server.send_signal(signal.SIGTERM)
        rest, errors = self.server.communicate(timeout=20)
        self.folder.cleanup()
        assert self.server.returncode == 0, errors
        assert "Stopped" in rest, rest

    def ask(self, target, body=None, method=None, headers=None):
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.root + target, headers={"Accept-Encoding": "gzip", **(headers or {})}, data=data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())
