"""Which file an import of Python means, for the oracle: a search along folders that could be on `sys.path`."""

import sys
from pathlib import Path


class Modules:
    """Modules of a repository, by the paths of its Python files."""

    def __init__(self, root, paths):
        self.paths = set(paths)
        self.projects = {}
        self.root = Path(root)
        self.folders = {""}
        for path in paths:
            while "/" in path:
                path = path.rpartition("/")[0]
                self.folders.add(path)
        # Where each top-level package is; not packages of tests and examples, which only their neighbours see.
        self.tops = {}
        for path in sorted(paths, key=lambda one: (one.count("/"), one)):
            folder, _, name = path.rpartition("/")
            if name in ("__init__.py", "__init__.pyi") and folder and not self.is_package(parent(folder)):
                self.tops.setdefault(folder.rpartition("/")[2], []).append(parent(folder))

    def is_package(self, folder):
        return folder != "" and (join(folder, "__init__.py") in self.paths or join(folder, "__init__.pyi") in self.paths)

    def is_project(self, folder):
        if folder not in self.projects:
            place = self.root / folder
            self.projects[folder] = any((place / name).exists() for name in ("pyproject.toml", "setup.py", "setup.cfg"))
        return self.projects[folder]

    def at(self, place):
        """The file of the module at a path without suffix, '' for a folder that is only a namespace, else None."""
        for candidate in (f"{place}/__init__.py", f"{place}.py", f"{place}/__init__.pyi", f"{place}.pyi"):
            if candidate in self.paths:
                return candidate
        return "" if place in self.folders else None

    def absolute(self, name, path):
        """The place, without suffix, that a dotted name starts to be looked up at; None when it is not of the repository."""
        top = name.split(".")[0]
        home = parent(path)
        root = home
        while self.is_package(root):
            root = parent(root)
        searched = [root] if root != home else []
        if not self.is_package(home):
            searched.insert(0, home)
        if top in sys.stdlib_module_names:
            return join(root, top) if root != home and self.at(join(root, top)) else None
        above = root
        while above:
            above = parent(above)
            searched.append(above)
        # A project of its own runs from its folder, even when that has become a package.
        above = home
        while above:
            if self.is_project(above):
                searched.append(above)
            above = parent(above)
        searched += [join(folder, "src") for folder in list(searched)]
        for folder in searched:
            found = self.at(join(folder, top))
            if found or (found == "" and self.at(join(folder, name.replace(".", "/"))) is not None):
                return join(folder, top)
        roots = self.tops.get(top, [])
        own = [one for one in roots if not is_apart(one, path)]
        return join(own[0], top) if own else None

    def resolve(self, name, level, path):
        """The place of a module; None when it is not of the repository."""
        if level > 0:
            folder = parent(path)
            for _ in range(level - 1):
                folder = parent(folder)
            return join(folder, name.replace(".", "/")) if name else folder
        start = self.absolute(name, path)
        if start is None:
            return None
        return join(start, "/".join(name.split(".")[1:])) if "." in name else start


def is_apart(root, path):
    """True when packages of this folder are somebody's test data: seen from inside only."""
    words = root.split("/") if root else []
    for index, word in enumerate(words):
        if word.lower() in ("test", "tests", "testing", "example", "examples", "samples", "docs", "fixtures", "benchmarks"):
            return not path.startswith("/".join(words[: index + 1]) + "/")
    return False


def parent(path):
    return path.rpartition("/")[0]


def join(folder, name):
    return f"{folder}/{name}" if folder and name else folder or name
