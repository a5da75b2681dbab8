"""Names that a module gives when it is imported: `imported.py <folder> <module>`; one JSON list."""

import importlib
import json
import sys
import types

folder, name = sys.argv[1:3]
sys.path.insert(0, folder)
module = importlib.import_module(name)
top = name.split(".")[0]


def is_own(value):
    """Classes and functions count when they are defined in the package."""
    if isinstance(value, types.ModuleType):
        return False
    if not isinstance(value, (type, types.FunctionType)):
        return True
    home = value.__module__
    return home is None or home.split(".")[0] == top


listed = getattr(module, "__all__", None)
names = (
    [n for n in listed if not isinstance(getattr(module, n, None), types.ModuleType)]
    if listed is not None
    else [n for n, value in vars(module).items() if not n.startswith("_") and is_own(value)]
)
print(json.dumps(sorted(set(names))))
