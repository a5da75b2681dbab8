"""Runs the tests of a Python checkout, and prints what really called what.

Reads {"root", "tests", "source"} from standard input. Prints {"calls": [[file, first line, last line, callee]], "completed": [function that
returned at least once], "tests": {function: number of tests}} as JSON: paths from the root, a function as "file:line:name" with the line of
its code object (of its first decorator). Calls that leave the checkout and come back through
somebody else's code count as made where they left it.
"""

import inspect
import io
import json
import os
import sys
import threading

import pytest

asked = json.load(sys.stdin)
root = os.path.realpath(asked["root"]) + os.sep
os.chdir(root)
sys.path[:0] = [root, *(os.path.join(root, part) for part in asked["source"])]
# How many frames of others, and of functions made inside functions, may lie between a call and its callee.
MAX_BETWEEN = 6

names, positions = {}, {}
calls, completed, tests = set(), set(), {}
passed = set()


def own(code):
    """The path of a code object from the root; None outside of the checkout."""
    file = names.get(code.co_filename, "")
    if file == "":
        whole = os.path.realpath(code.co_filename)
        file = whole[len(root):] if whole.startswith(root) and os.path.isfile(whole) else None
        names[code.co_filename] = file
    return file


def key_of(file, code):
    return f"{file}:{code.co_firstlineno}:{code.co_name}"


def lines_of(frame):
    """First and last line of the expression that a frame is at."""
    for at, place in enumerate(frame.f_code.co_positions()):
        if at == frame.f_lasti // 2:
            return place[0] or frame.f_lineno, place[1] or frame.f_lineno
    return frame.f_lineno, frame.f_lineno


def place_of(frame):
    key = (frame.f_code, frame.f_lasti)
    if key not in positions:
        positions[key] = lines_of(frame)
    return positions[key]


def look(frame, event, _):
    if event == "return":
        file = own(frame.f_code)
        if file is not None:
            completed.add(key_of(file, frame.f_code))
        return
    if event != "call":
        return
    code = frame.f_code
    # Bodies of classes and modules are not called by anybody.
    if not code.co_flags & inspect.CO_OPTIMIZED:
        return
    file = own(code)
    if file is None:
        return
    key = key_of(file, code)
    passed.add(key)
    caller, between = frame.f_back, 0
    while caller is not None and between <= MAX_BETWEEN:
        of = own(caller.f_code)
        if of is not None:
            calls.add((of, *place_of(caller), key))
            # A wrapper is what its decorator made of a function: what called it called the function.
            if "<locals>" not in caller.f_code.co_qualname:
                break
        caller, between = caller.f_back, between + 1


class ByTest:
    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item):
        passed.clear()
        yield
        for key in passed:
            tests[key] = tests.get(key, 0) + 1


printed, sys.stdout = sys.stdout, io.StringIO()
threading.setprofile(look)
sys.setprofile(look)
status = pytest.main(["-q", "-p", "no:cacheprovider", "-o", "addopts=", "--continue-on-collection-errors", *asked["tests"]], plugins=[ByTest()])
sys.setprofile(None)
report, sys.stdout = sys.stdout.getvalue(), printed
found = {"calls": sorted(calls), "completed": sorted(completed), "tests": tests, "report": report[-300:], "status": int(status)}
json.dump(found, printed)
