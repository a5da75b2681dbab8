"""Names that a module gives when it is imported: `imported.py <folder> <module>`; one JSON list."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import sys
import types

folder, name = sys.argv[1:3]
sys.path.insert(0, folder)
module = importlib.import_module(name)
top = name.split(".")[0]


def is_own(value):
    """Classes and functions count when they are defined in the package; modules and features of `__future__` do not."""
    if isinstance(value, (types.ModuleType, type(annotations))):
        return False
    if not isinstance(value, (type, types.FunctionType)):
        return True
    home = value.__module__
    return home is None or home.split(".")[0] == top


def given():
    """Names that `__getattr__` of the module compares with, and gives."""
    hook = vars(module).get("__getattr__")
    nodes = [] if hook is None else ast.walk(ast.parse(inspect.getsource(hook)))
    names = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [n for n in names if n.isidentifier() and not n.startswith("_") and hasattr(module, n)]


listed = getattr(module, "__all__", None)
names = (
    [n for n in listed if not isinstance(getattr(module, n, None), types.ModuleType)]
    if listed is not None
    else [n for n, value in vars(module).items() if not n.startswith("_") and is_own(value)] + given()
)
print(json.dumps(sorted(set(names))))
