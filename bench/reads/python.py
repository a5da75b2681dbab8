"""The judge of Python: reads of environment variables by `ast`. Takes {root, files} on stdin, gives a list of reads."""

import ast
import json
import os
import sys

GETTERS = {"get", "pop", "setdefault"}


def dotted(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def literal(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return "-" + str(node.operand.value)
    if isinstance(node, ast.Constant) and node.value is not None and isinstance(node.value, (str, int, float, bool)):
        return str(node.value)
    return None


class Module(ast.NodeVisitor):
    def __init__(self, tree):
        self.alias = {}
        self.imported = set()
        self.constants = {}
        self.parents = {}
        self.reads = []
        self.helpers = {}
        self.calls = []
        self.stack = []
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
            if isinstance(node, ast.Import):
                for one in node.names:
                    self.imported.add(one.name)
                    if one.asname:
                        self.alias[one.asname] = one.name
            elif isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    self.alias[one.asname or one.name] = f"{node.module}.{one.name}"
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                value = node.value.value if isinstance(node.value, ast.Constant) else None
                self.constants.setdefault(node.targets[0].id, set()).add(value if isinstance(value, str) else None)
                path = dotted(node.value)
                if path and self.full(path) in ("os.environ", "os.getenv", "os.environ.get"):
                    self.alias[node.targets[0].id] = self.full(path)
        self.visit(tree)

    def full(self, path):
        head, _, rest = path.partition(".")
        head = self.alias.get(head, head)
        return f"{head}.{rest}" if rest else head

    def path(self, node):
        found = dotted(node)
        return self.full(found) if found else None

    def schemes(self):
        """The keys of `getproxies()` that the function names; without any, those that the library documents."""
        known = {"http", "https", "all", "no", "ws", "wss", "ftp"}
        around = self.stack[-1] if self.stack else None
        named = {one.value for one in ast.walk(around) if isinstance(one, ast.Constant) and one.value in known} if around else set()
        return named or {"http", "https", "all", "no"}

    def visit_FunctionDef(self, node):
        self.stack.append(node)
        self.generic_visit(node)
        self.stack.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def read(self, name, default):
        if isinstance(name, ast.Constant) and isinstance(name.value, (str, bytes)):
            text = name.value if isinstance(name.value, str) else name.value.decode()
            self.reads.append([name.lineno, text, default])
        elif isinstance(name, ast.Name):
            around = self.stack[-1] if self.stack else None
            names = [one.arg for one in around.args.args] if around else []
            if name.id in names:
                index = names.index(name.id)
                if names and names[0] in ("self", "cls"):
                    index -= 1
                self.helpers[around.name] = (name.id, index)
                # Without an argument, the parameter's own default is the name that is read.
                fallbacks = around.args.defaults
                position = names.index(name.id) - len(names) + len(fallbacks)
                if position >= 0 and isinstance(fallbacks[position], ast.Constant) and isinstance(fallbacks[position].value, str):
                    self.reads.append([fallbacks[position].lineno, fallbacks[position].value, default])
                return
            held = self.constants.get(name.id, set())
            if len(held) == 1 and None not in held:
                self.reads.append([name.lineno, next(iter(held)), default])

    def default(self, node):
        parent = self.parents.get(node)
        if isinstance(parent, ast.BoolOp) and isinstance(parent.op, ast.Or) and parent.values[0] is node:
            return literal(parent.values[1])
        return None

    def visit_Subscript(self, node):
        if self.path(node.value) in ("os.environ", "os.environb") and isinstance(node.ctx, ast.Load):
            self.read(node.slice, self.default(node))
        self.generic_visit(node)

    def visit_Compare(self, node):
        if isinstance(node.ops[0], (ast.In, ast.NotIn)) and self.path(node.comparators[0]) == "os.environ":
            self.read(node.left, None)
        self.generic_visit(node)

    def visit_Call(self, node):
        path = self.path(node.func) or ""
        if path == "urllib.request.getproxies":
            for scheme in self.schemes():
                self.reads.append([node.lineno, f"{scheme.upper()}_PROXY", None])
        # click's options and arguments: one name or several.
        if any(name == "click" or name.startswith("click.") for name in [*self.alias.values(), *self.imported]):
            for keyword in node.keywords:
                if keyword.arg == "envvar":
                    several = keyword.value.elts if isinstance(keyword.value, (ast.List, ast.Tuple)) else [keyword.value]
                    for one in several:
                        if isinstance(one, ast.Constant) and isinstance(one.value, str):
                            self.reads.append([one.lineno, one.value, None])
        isget = path in ("os.getenv", "os.getenvb") or path.startswith(("os.environ.", "os.environb.")) and path.split(".")[-1] in GETTERS
        is_removal = path.endswith(".pop") and isinstance(self.parents.get(node), ast.Expr)
        if isget and not is_removal and len(path.split(".")) <= 3 and node.args:
            given = node.args[1] if len(node.args) > 1 else None
            for keyword in node.keywords:
                if keyword.arg == "default":
                    given = keyword.value
            self.read(node.args[0], literal(given) if given is not None else self.default(node))
        else:
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else None
            if name:
                self.calls.append((name, node))
        self.generic_visit(node)


def main():
    asked = json.load(sys.stdin)
    modules = {}
    defined = {}
    for file in asked["files"]:
        try:
            with open(os.path.join(asked["root"], file), encoding="utf-8") as one:
                tree = ast.parse(one.read())
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        modules[file] = Module(tree)
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                defined.setdefault(node.name, []).append(file)
    helpers = {name: where for module in modules.values() for name, where in module.helpers.items() if len(defined.get(name, [])) == 1}
    reads = []
    for file, module in modules.items():
        for line, name, default in module.reads:
            reads.append({"file": file, "line": line, "name": name, "default": default})
        for called, node in module.calls:
            if called not in helpers:
                continue
            word, index = helpers[called]
            given = node.args[index] if len(node.args) > index else None
            for keyword in node.keywords:
                if keyword.arg == word:
                    given = keyword.value
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                reads.append({"file": file, "line": given.lineno, "name": given.value, "default": None, "isCall": True})
    json.dump({"files": list(modules), "reads": reads}, sys.stdout)


main()
