"""Breaking changes by griffe: `griffe-judge.py <package> <old folder> <new folder>`, JSON on standard output."""

import json
import sys
from pathlib import Path

from griffe import find_breaking_changes, load

package, old_folder, new_folder = sys.argv[1:]
old = load(package, search_paths=[old_folder], allow_inspection=False, resolve_aliases=True)
new = load(package, search_paths=[new_folder], allow_inspection=False, resolve_aliases=True)


def place(obj):
    """File and name of the definition itself, behind aliases, in whichever version it is of."""
    target = obj
    if getattr(obj, "is_alias", False):
        try:
            target = obj.final_target
        except Exception:
            return None, obj.path
    file = target.filepath
    tail = target.path.removeprefix(target.module.path).removeprefix(".")
    folder = old_folder if Path(file).resolve().is_relative_to(Path(old_folder).resolve()) else new_folder
    return str(Path(file).resolve().relative_to(Path(folder).resolve())), tail


found = []
for breakage in find_breaking_changes(old, new):
    file, name = place(breakage.obj)
    found.append({"kind": breakage.kind.name, "file": file, "name": name, "text": str(breakage.obj.path)})
print(json.dumps(found))
