"""What the AWS CLI knows from botocore's data files and the AWS SDK's schemas leave out, for one service.

Reads on stdin the SDK's operations as `describe-schemas.ts` describes them; writes the JSON of `src/awslocal/services/*.json`.
Usage: botocore_facts.py SERVICE < schemas.json
"""

import json
import sys

import botocore.session


def as_list(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def pagination(session, service):
    try:
        config = session.get_paginator_model(service)._paginator_config
    except Exception:  # a service without paginators has no such file
        return {}
    return {
        name: {
            "inputTokens": as_list(entry["input_token"]),
            "outputTokens": as_list(entry["output_token"]),
            **({"moreResults": entry["more_results"]} if "more_results" in entry else {}),
            **({"limitKey": entry["limit_key"]} if "limit_key" in entry else {}),
            "resultKeys": as_list(entry.get("result_key")),
            "otherKeys": as_list(entry.get("non_aggregate_keys")),
        }
        for name, entry in sorted(config.items())
    }


def waiters(session, service):
    try:
        model = session.get_waiter_model(service)
    except Exception:  # a service without waiters has no such file
        return {}
    return {name: waiter(model.get_waiter(name)) for name in sorted(model.waiter_names)}


def waiter(config):
    return {
        "operation": config.operation,
        "delaySeconds": config.delay,
        "maxAttempts": config.max_attempts,
        "acceptors": [
            {
                "state": acceptor.state,
                "matcher": acceptor.matcher,
                **({"argument": acceptor.argument} if acceptor.argument is not None else {}),
                "expected": acceptor.expected,
            }
            for acceptor in config.acceptors
        ],
    }


class Differences:
    """Where the SDK's schemas and botocore's models name the same members differently ordered or typed."""

    def __init__(self):
        self.order = {}
        self.integers = set()
        self.minimums = {}

    def compare(self, schema, shape, seen=frozenset()):
        kind = schema["kind"]
        if kind == "structure" and shape.type_name == "structure":
            self.compare_structure(schema, shape, seen)
        elif kind == "list" and shape.type_name == "list":
            self.compare(schema["element"], shape.member, seen)
        elif kind == "map" and shape.type_name == "map":
            self.compare(schema["element"], shape.value, seen)

    def compare_structure(self, schema, shape, seen):
        here = (schema["name"], shape.name)
        if here in seen or "members" not in schema:
            return
        known = [name for name in shape.members if name in schema["members"]]
        sdk_order = [name for name in schema["members"] if name in shape.members]
        if known != sdk_order:
            self.order[schema["name"]] = shortest(known, sdk_order, schema)
        for name in known:
            member = schema["members"][name]
            if member["kind"] == "string" and shape.members[name].type_name in ("integer", "long"):
                self.integers.add(name)
            self.compare(member, shape.members[name], seen | {here})

    def collect_minimums(self, schema, shape, seen=frozenset()):
        kind = schema["kind"]
        if kind == "structure" and shape.type_name == "structure":
            self.collect_structure_minimums(schema, shape, seen)
        elif kind == "list" and shape.type_name == "list":
            self.collect_minimums(schema["element"], shape.member, seen)
        elif kind == "map" and shape.type_name == "map":
            self.collect_minimums(schema["element"], shape.value, seen)

    def collect_structure_minimums(self, schema, shape, seen):
        here = (schema["name"], shape.name)
        if here in seen or "members" not in schema:
            return
        for name in schema["members"]:
            if name not in shape.members:
                continue
            member = shape.members[name]
            self.note_minimum(schema["name"], name, member)
            if member.type_name == "list":
                self.note_minimum(schema["name"], name + "[]", member.member)
            self.collect_minimums(schema["members"][name], member, seen | {here})

    def note_minimum(self, structure, name, shape):
        minimum = shape.metadata.get("min", 0)
        # The AWS CLI does not check the size of maps and blobs.
        if minimum > 0 and shape.type_name not in ("map", "blob"):
            self.minimums.setdefault(structure, {})[name] = minimum


def shortest(known, sdk_order, schema):
    """Mostly the SDK only moves required members to the front: their places say it all. Otherwise every name."""
    required = [name for name in list(schema["members"])[: schema["required"]] if name in known]
    rest = [name for name in known if name not in required]
    if required + rest == sdk_order:
        return [known.index(name) for name in required]
    return known


def main():
    service = sys.argv[1]
    session = botocore.session.get_session()
    model = session.get_service_model(service)
    differences = Differences()
    for operation, sides in sorted(json.load(sys.stdin).items()):
        if operation not in model.operation_names:
            continue
        described = model.operation_model(operation)
        for side, shape in (("input", described.input_shape), ("output", described.output_shape)):
            if shape is not None:
                differences.compare(sides[side], shape)
        if described.input_shape is not None:
            differences.collect_minimums(sides["input"], described.input_shape)
    json.dump(
        {
            "pagination": pagination(session, service),
            "waiters": waiters(session, service),
            "memberOrder": dict(sorted(differences.order.items())),
            "integerMembers": sorted(differences.integers),
            "minimums": {name: dict(sorted(of.items())) for name, of in sorted(differences.minimums.items())},
        },
        sys.stdout,
    )


main()
