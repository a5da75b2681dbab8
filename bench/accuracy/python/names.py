"""What each file of Python defines and uses, for the oracle: the `ast` of the standard library, walked scope by scope."""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    def __init__(self, kind, name, outer):
        self.kind = kind
        self.name = name
        self.outer = outer
        self.names = {}
        self.globals = set()


class File:
    """One file: its definitions, its imports and its uses of names."""

    def __init__(self, path, text):
        self.path = path
        self.tree = ast.parse(text)
        self.top = Scope("module", "", None)
        self.definitions = []
        self.imports = []
        # (name of what the use is in, dotted name, scope, line, column of the last part)
        self.uses = []
        self.stars = []
        # By class: the nodes of its bases, and what it defines.
        self.classes = {}
        # Named in `__all__`.
        self.listed = set()
        self.collect(self.tree.body, self.top)
        self.walk(self.tree.body, self.top, "")

    def collect(self, body, scope):
        """Bind the names of a scope, those of blocks in it included and those of scopes in it left out."""
        pending = list(body)
        while pending:
            node = pending.pop()
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                scope.names.setdefault(node.name, []).append(("definition", node))
                pending.extend(node.decorator_list)
                continue
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                self.collect_import(node, scope)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
                scope.names.setdefault(node.id, []).append(("variable", node))
            elif isinstance(node, ast.Global):
                scope.globals.update(node.names)
            elif isinstance(node, ast.Nonlocal):
                for name in node.names:
                    scope.names.pop(name, None)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                scope.names.setdefault(node.name, []).append(("variable", node))
            elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
                scope.names.setdefault(node.name, []).append(("variable", node))
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
                if isinstance(node.value, (ast.List, ast.Tuple)):
                    self.listed.update(e.value for e in node.value.elts if isinstance(e, ast.Constant))
            if not isinstance(node, SCOPES):
                pending.extend(ast.iter_child_nodes(node))

    def collect_import(self, node, scope):
        module = getattr(node, "module", None)
        for alias in node.names:
            if isinstance(node, ast.Import):
                fact = (alias.name, 0, None)
                bound = alias.asname or alias.name.split(".")[0]
                target = ("module", alias.name if alias.asname else alias.name.split(".")[0], 0)
            else:
                fact = (module or "", node.level, alias.name)
                bound = alias.asname or alias.name
                target = ("from", module or "", node.level, alias.name)
            self.imports.append(fact)
            if alias.name == "*":
                self.stars.append((module or "", node.level))
            else:
                scope.names.setdefault(bound, []).append(target)

    def walk(self, body, scope, owner):
        """Note the uses below some nodes. `owner` is the qualified name of what they are in."""
        pending = [(node, scope, owner) for node in reversed(body)]
        while pending:
            node, scope, owner = pending.pop()
            if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
                own = f"{owner}.{node.name}" if owner else node.name
                self.define(node, scope, own)
                outside = [*node.decorator_list, *getattr(node, "bases", []), *getattr(node, "keywords", [])]
                inner = Scope("class" if isinstance(node, ast.ClassDef) else "function", own, scope)
                if isinstance(node, FUNCTIONS):
                    arguments = node.args
                    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
                    outside += [arg.annotation for arg in every if arg and arg.annotation]
                    outside += [one for one in [*arguments.defaults, *arguments.kw_defaults, node.returns] if one]
                    inner.names = {arg.arg: [("variable", arg)] for arg in every if arg}
                self.collect(node.body, inner)
                pending += [(one, inner, own) for one in reversed(node.body)]
                pending += [(one, scope, own) for one in reversed(outside)]
            elif isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
                inner = Scope("function", owner, scope)
                if isinstance(node, ast.Lambda):
                    inner.names = {arg.arg: [("variable", arg)] for arg in ast.walk(node.args) if isinstance(arg, ast.arg)}
                else:
                    for generator in node.generators:
                        self.collect([generator.target], inner)
                pending += [(one, inner, owner) for one in ast.iter_child_nodes(node)]
            elif isinstance(node, (ast.Name, ast.Attribute)):
                self.note(node, scope, owner)
                if isinstance(node, ast.Attribute):
                    pending.append((node.value, scope, owner))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                continue
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                continue
            else:
                if isinstance(node, (ast.AnnAssign, ast.arg)) and isinstance(node.annotation, ast.Constant):
                    self.walk_quoted(node.annotation, scope, owner)
                pending += [(one, scope, owner) for one in ast.iter_child_nodes(node)]

    def walk_quoted(self, node, scope, owner):
        if isinstance(node.value, str):
            try:
                inside = ast.parse(node.value, mode="eval").body
            except (SyntaxError, ValueError):
                return
            for one in ast.walk(inside):
                if isinstance(one, (ast.Name, ast.Attribute)):
                    self.uses.append((owner, dotted(one), scope, 0, 0))

    def define(self, node, scope, own):
        at = scope
        while at is not None and at.kind == "class":
            at = at.outer
        if at is None or at.kind == "module":
            self.definitions.append((own, name_line(node), node))
            if isinstance(node, ast.ClassDef):
                self.classes[own] = node

    def note(self, node, scope, owner):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                self.uses.append((owner, (node.id,), scope, node.lineno, node.col_offset))
        else:
            self.uses.append((owner, dotted(node), scope, node.end_lineno, node.end_col_offset - len(node.attr)))


def name_line(node):
    return node.lineno


def dotted(node):
    """The parts of `a.b.c`; the first is '' when something else than a name stands there."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else "")
    return tuple(reversed(parts))
