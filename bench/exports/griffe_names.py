"""The same by griffe, which reads and does not import: `griffe_names.py <folder> <module>`; one JSON list."""

import json
import sys

import griffe

folder, name = sys.argv[1:3]
loader = griffe.GriffeLoader(search_paths=[folder], allow_inspection=False)
module = loader.load(name)
loader.resolve_aliases(implicit=True)
names = []
for own, member in module.members.items():
    try:
        if member.is_module:
            continue
    except Exception:
        pass
    is_listed = module.exports is not None
    if own in (module.exports or []) if is_listed else not own.startswith("_") and (not member.is_alias or str(member.target_path).split(".")[0] == name.split(".")[0]):
        names.append(own)
print(json.dumps(sorted(set(names))))
