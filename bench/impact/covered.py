"""Runs the tests of a Python checkout under coverage, and prints for each of its files which files of tests execute which lines.

Reads {"root", "tests", "source"} from standard input; prints {file: {line: [file of tests]}} as JSON, paths from the root.
Lines that run while modules are imported belong to no test.
"""

import io
import json
import os
import sys

import coverage
import pytest

asked = json.load(sys.stdin)
os.chdir(asked["root"])
sys.path[:0] = [asked["root"], *(os.path.join(asked["root"], part) for part in asked["source"])]


class ByFile:
    """Says which file of tests runs."""

    def __init__(self, measured):
        self.measured = measured

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_call(self, item):
        self.measured.switch_context(os.path.relpath(str(item.fspath), asked["root"]))
        yield
        self.measured.switch_context("")


measured = coverage.Coverage(data_file=None, config_file=False, source=[asked["root"]], messages=False)
measured.start()
printed, sys.stdout = sys.stdout, io.StringIO()
pytest.main(["-q", "-p", "no:cacheprovider", "-o", "addopts=", *asked["tests"]], plugins=[ByFile(measured)])
sys.stdout = printed
measured.stop()
data = measured.get_data()
found = {}
for file in data.measured_files():
    lines = {line: [one for one in tests if one] for line, tests in data.contexts_by_lineno(file).items()}
    found[os.path.relpath(file, asked["root"])] = {line: tests for line, tests in lines.items() if tests}
json.dump(found, printed)
