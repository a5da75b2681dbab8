"""A plugin of pytest that records which functions of a repository call which while its tests run.

TRACE_ROOT is the folder of the repository, TRACE_OUT the JSON file that is written at the end:
functions (file, first line, qualified name), calls (pairs of their indexes) and, for each function,
through how many tests it ran. A caller is the nearest function of the repository on the stack.
"""

import json
import os
import sys
import threading

import pytest

ROOT = os.path.realpath(os.environ["TRACE_ROOT"]) + os.sep
MAX_DISTANCE = 80

functions = []
calls = set()
passes = {}
tests = 0
known = {}
current = None


def index_of(code):
    found = known.get(code)
    if found is None:
        path = os.path.realpath(code.co_filename)
        if path.startswith(ROOT) and code.co_filename.endswith(".py"):
            found = len(functions)
            functions.append([path[len(ROOT):], code.co_firstlineno, code.co_qualname])
        else:
            found = -1
        known[code] = found
    return found


def record(frame, event, argument):
    if event != "call" or current is None:
        return
    callee = index_of(frame.f_code)
    if callee < 0:
        return
    current.add(callee)
    above = frame.f_back
    for _ in range(MAX_DISTANCE):
        if above is None:
            return
        caller = index_of(above.f_code)
        if caller >= 0:
            calls.add((caller, callee))
            return
        above = above.f_back


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    global current, tests
    current = set()
    tests += 1
    threading.setprofile(record)
    sys.setprofile(record)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        for index in current:
            passes[index] = passes.get(index, 0) + 1
        current = None


def pytest_sessionfinish():
    with open(os.environ["TRACE_OUT"], "w") as out:
        json.dump(
            {
                "tests": tests,
                "functions": functions,
                "calls": sorted(calls),
                "passes": [passes.get(index, 0) for index in range(len(functions))],
            },
            out,
        )
