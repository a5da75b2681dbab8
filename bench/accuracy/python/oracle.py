"""
The oracle of Python: reads `{"root", "files", "seed", "uses"}` on its input and writes a verdict as JSON. Names come from `ast` and
our own search for modules; members from jedi, where it is installed, in files chosen by a fixed seed, until it was asked
about so many uses.
"""

import ast
import json
import random
import sys
import warnings
from pathlib import Path

from modules import Modules, parent
from names import FUNCTIONS, File, dotted

warnings.simplefilter("ignore")
sys.setrecursionlimit(20_000)


class Judge:
    def __init__(self, root, paths):
        self.root = root
        self.modules = Modules(root, paths)
        self.files = {}
        for path in paths:
            try:
                self.files[path] = File(path, Path(root, path).read_bytes())
            except (SyntaxError, ValueError, RecursionError):
                pass
        self.required, self.allowed = set(), set()
        self.open_uses = []

    def member_of_module(self, place, name, depth=0):
        """What a module has under a name: ("symbol", file, name), ("module", place), or None."""
        if place is None or depth > 20:
            return None
        path = self.modules.at(place)
        file = self.files.get(path)
        if file is not None:
            found = self.bound(file, file.top.names.get(name, []), name, depth)
            if found:
                return found
        child = f"{place}/{name}" if place else name
        if (path == "" or path is None or path.endswith(("__init__.py", "__init__.pyi"))) and self.modules.at(child) is not None:
            return ("module", child)
        if file is not None and not name.startswith("_"):
            for module, level in reversed(file.stars):
                found = self.member_of_module(self.modules.resolve(module, level, path), name, depth + 1)
                if found:
                    return found
        return None

    def bound(self, file, bindings, name, depth=0):
        """The meaning of a name by its bindings: a definition before an import before a variable."""
        imported = None
        for binding in bindings:
            if binding[0] == "definition":
                return ("symbol", file.path, name)
            if binding[0] == "module" and imported is None:
                place = self.modules.resolve(binding[1], binding[2], file.path)
                imported = ("module", place) if place is not None else ("outside",)
            elif binding[0] == "from" and imported in (None, ("outside",)):
                place = self.modules.resolve(binding[1], binding[2], file.path)
                if place is None:
                    imported = ("outside",)
                else:
                    imported = self.member_of_module(place, binding[3], depth + 1) or imported
        if imported:
            return imported
        return ("symbol", file.path, name) if any(one[0] == "variable" for one in bindings) else None

    def look_up(self, file, scope, name):
        at = scope
        while at is not None:
            if not (at.kind == "class" and at is not scope):
                if name in at.globals:
                    at = file.top
                bindings = at.names.get(name)
                if bindings:
                    if at is file.top:
                        return self.bound(file, bindings, name)
                    found = self.bound(file, [one for one in bindings if one[0] in ("from", "module")], name)
                    return found or ("local",)
            at = at.outer
        for module, level in reversed(file.stars):
            found = self.member_of_module(self.modules.resolve(module, level, file.path), name)
            if found:
                return found
        return None

    def judge_uses(self):
        for path, file in self.files.items():
            for owner, parts, scope, line, column in file.uses:
                found = self.look_up(file, scope, parts[0]) if parts[0] else ("value",)
                position = 1
                while found and found[0] == "module" and position < len(parts):
                    found = self.member_of_module(found[1], parts[position])
                    position += 1
                if found and found[0] == "symbol" and found[1] != path:
                    edge = ((path, owner), (found[1], found[2]))
                    (self.required if position == len(parts) else self.allowed).add(edge)
                if position < len(parts) and found and found[0] == "symbol":
                    member = self.member_of_class(found[1], found[2], parts[position])
                    if member:
                        self.allowed.add(((path, owner), member))
                if position < len(parts) and found and found[0] != "outside":
                    self.open_uses.append((path, owner, parts[-1], line, column))
                elif not found or found[0] == "symbol":
                    self.open_uses.append((path, owner, parts[-1], line, column))

    def bases_of(self, path, name):
        file = self.files[path]
        for base in file.classes[name].bases if name in file.classes else []:
            if isinstance(base, ast.Subscript):
                base = base.value
            if not isinstance(base, (ast.Name, ast.Attribute)):
                continue
            parts = dotted(base)
            found = self.look_up(file, file.top, parts[0]) if parts[0] else None
            for part in parts[1:]:
                found = self.member_of_module(found[1], part) if found and found[0] == "module" else None
            if found and found[0] == "symbol":
                yield found[1], found[2]

    def member_of_class(self, path, name, member):
        """Where a class or the nearest of its bases has a member: (file, qualified name)."""
        pending, seen = [(path, name)], set()
        while pending:
            one = pending.pop(0)
            if one in seen or one[0] not in self.files:
                continue
            seen.add(one)
            node = self.files[one[0]].classes.get(one[1])
            if node and member in members_of(node):
                return (one[0], f"{one[1]}.{member}")
            pending += list(self.bases_of(*one))
        return None

    def judge_overrides(self):
        required = set()
        for path, file in self.files.items():
            for name, node in file.classes.items():
                for method in node.body:
                    if not isinstance(method, FUNCTIONS) or method.name in ("__init__", "__new__"):
                        continue
                    for base in self.bases_of(path, name):
                        found = self.member_of_class(*base, method.name)
                        if found:
                            required.add(((path, f"{name}.{method.name}"), found))
                            break
        return required

    def judge_imports(self):
        required, allowed = set(), set()
        for path, file in self.files.items():
            for module, level, name in file.imports:
                place = self.modules.resolve(module, level, path)
                target = self.modules.at(place) if place is not None else None
                # Every package on the way is run too.
                step = place
                while step:
                    step = parent(step)
                    if self.modules.is_package(step):
                        allowed.add((path, self.modules.at(step)))
                if target is None:
                    continue
                found = self.member_of_module(place, name) if name not in (None, "*") else None
                if target:
                    (allowed if found and found[0] == "module" else required).add((path, target))
                if found and found[0] == "module" and self.modules.at(found[1]):
                    required.add((path, self.modules.at(found[1])))
                elif found and found[0] == "symbol":
                    allowed.add((path, found[1]))
                    self.allowed.add(((path, ""), (found[1], found[2])))
        return required, allowed

    def judge_fixtures(self):
        """A parameter of a test or a fixture of pytest stands for the fixture that the nearest `conftest.py` has."""
        fixtures = {}
        for path, file in self.files.items():
            for name, _, node in file.definitions:
                if any("fixture" in ast.unparse(one) for one in node.decorator_list):
                    fixtures.setdefault(name.rpartition(".")[2], []).append(path)
        for path, file in self.files.items():
            for owner, _, node in file.definitions:
                for arg in getattr(getattr(node, "args", None), "args", []):
                    seen = [one for one in fixtures.get(arg.arg, []) if one.endswith("conftest.py") and is_above(parent(one), path)]
                    if seen:
                        self.allowed.add(((path, owner), (max(seen, key=len), arg.arg)))

    def ask_jedi(self, seed, uses):
        """What jedi makes of the uses that names alone do not tell, file by file until that is enough."""
        try:
            import jedi
        except ImportError:
            return [], set(), "jedi is not installed: members are not judged"
        jedi.settings.fast_parser = True
        roots = sorted({str(Path(self.root, one)) for roots in self.modules.tops.values() for one in roots})
        library = [one for one in sys.path if one.endswith(f"python{sys.version_info.major}.{sys.version_info.minor}")]
        # Not the packages that are installed here, which may be another version of what is judged.
        project = jedi.Project(self.root, sys_path=[self.root, *roots, *library], smart_sys_path=False)
        by_file = {}
        for use in self.open_uses:
            by_file.setdefault(use[0], []).append(use)
        order = sorted(self.files)
        random.Random(seed).shuffle(order)
        unknown, judged = [], set()
        asked = 0
        for path in order:
            if asked >= uses:
                break
            script = jedi.Script(path=str(Path(self.root, path)), project=project)
            for _, owner, name, line, column in by_file.get(path, []):
                if line == 0:
                    continue
                asked += 1
                ends = self.ends_by_jedi(script, line, column)
                if not ends:
                    unknown.append(((path, owner), name))
                for one in ends:
                    self.allowed.add(((path, owner), one))
            judged.add(path)
        return unknown, judged, f"jedi was asked about {asked} uses in {len(judged)} of {len(order)} files"

    def ends_by_jedi(self, script, line, column):
        ends = []
        try:
            for kind in (script.goto, script.infer):
                options = {"follow_imports": True} if kind == script.goto else {}
                for found in kind(line, column, **options):
                    place = found.module_path
                    if place is None or not str(place).startswith(self.root + "/"):
                        ends.append(("", str(found.full_name)))
                        continue
                    path = str(place)[len(self.root) + 1 :]
                    names = [found.name]
                    above = found.parent()
                    while above is not None and above.type != "module":
                        if above.type == "class" or (above.type == "function" and found.type != "statement"):
                            names.append(above.name)
                        elif above.type == "function":
                            pass
                        above = above.parent()
                    ends.append((path, ".".join(reversed(names))))
        except Exception:  # jedi fails in many ways; what it fails on is not judged.
            return []
        return ends


def members_of(node):
    names = set()
    for one in node.body:
        if isinstance(one, (*FUNCTIONS, ast.ClassDef)):
            names.add(one.name)
        targets = one.targets if isinstance(one, ast.Assign) else [one.target] if isinstance(one, ast.AnnAssign) else []
        names.update(target.id for target in targets if isinstance(target, ast.Name))
    return names


def is_above(folder, path):
    return folder == "" or path.startswith(folder + "/")


def main():
    request = json.load(sys.stdin)
    judge = Judge(request["root"], request["files"])
    judge.judge_uses()
    judge.judge_fixtures()
    file_required, file_allowed = judge.judge_imports()
    unknown, judged, note = judge.ask_jedi(request["seed"], request["uses"])
    end = lambda one: {"file": one[0], "name": one[1]}
    edge = lambda one: {"from": end(one[0]), "to": end(one[1])}
    pair = lambda one: {"from": one[0], "to": one[1]}
    json.dump(
        {
            "files": sorted(judge.files),
            "definitions": [
                {"file": file.path, "name": name, "line": line}
                for file in judge.files.values()
                for name, line, _ in file.definitions
            ],
            "fileRequired": [pair(one) for one in sorted(file_required)],
            "fileAllowed": [pair(one) for one in sorted(file_allowed)],
            "required": [edge(one) for one in sorted(judge.required)],
            "allowed": [edge(one) for one in sorted(judge.allowed)],
            "unknown": [{"from": end(one[0]), "name": one[1]} for one in unknown],
            "judged": sorted(judged),
            "overrides": [edge(one) for one in sorted(judge.judge_overrides())],
            "note": note,
        },
        sys.stdout,
    )


main()
