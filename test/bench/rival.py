"""Times the real service mesh library on the input that the benchmark gives it.

usage: rival.py SERVICE_MESH.PY < input.json

Nothing of the library is in this file: it is imported from the path given, with empty stand-ins for what it imports itself
but pydantic. Prints one JSON object with the milliseconds of each step and the number of policies.
"""

import importlib.util
import json
import logging
import sys
import time
import types
import warnings


class Anything:
    """Takes any arguments and keeps them."""

    def __init__(self, *args, **kwargs):
        self.__dict__.update(kwargs)

    def model_dump(self, **_):
        return {key: plain(value) for key, value in self.__dict__.items()}


def plain(value):
    if isinstance(value, Anything):
        return value.model_dump()
    return [plain(item) for item in value] if isinstance(value, list) else value


class StandIn(types.ModuleType):
    """A module that has every name."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Anything,), {})
        setattr(self, name, made)
        return made


class Finder:
    """Finds a stand-in for every package that is not installed."""

    packages = ("httpx", "charmed_service_mesh_helpers", "lightkube", "lightkube_extensions", "ops")

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.packages:
            return importlib.util.spec_from_loader(name, self)
        return None

    def create_module(self, spec):
        return StandIn(spec.name)

    def exec_module(self, module):
        pass


def main():
    sys.meta_path.insert(0, Finder())
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    spec = importlib.util.spec_from_file_location("service_mesh", sys.argv[1])
    library = importlib.util.module_from_spec(spec)
    sys.modules["service_mesh"] = library
    spec.loader.exec_module(library)
    given = json.load(sys.stdin)
    models = {"AppPolicy": library.AppPolicy, "UnitPolicy": library.UnitPolicy}
    applications = [
        (
            application,
            [models[policy["kind"]](**policy["fields"]) for policy in application["policies"]],
            {
                endpoint: [types.SimpleNamespace(name=endpoint, app=types.SimpleNamespace(name=app)) for app in apps]
                for endpoint, apps in application["relations"].items()
            },
        )
        for application in given["applications"]
    ]
    times = {"build": [], "resources": []}
    for _ in range(given["rounds"]):
        start = time.perf_counter()
        built = [
            library.build_mesh_policies(relations, application["name"], application["model"], policies, {})
            for application, policies, relations in applications
        ]
        middle = time.perf_counter()
        for policies in built:
            library._build_policy_resources_istio("beacon", "cos", policies)
        times["build"].append((middle - start) * 1000)
        times["resources"].append((time.perf_counter() - middle) * 1000)
    median = {step: sorted(taken)[len(taken) // 2] for step, taken in times.items()}
    print(json.dumps({**median, "policies": sum(len(policies) for policies in built)}))


main()
