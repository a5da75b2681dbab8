import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseTexts, edgeTexts } from './analyse-texts.ts'

test('follows imports, re-exports and stars to the definition, and names the files on the way', async () => {
  const analysis = await analyseTexts({
    'pyproject.toml': '[tool.setuptools.packages.find]\nwhere = ["src"]\n',
    'src/pkg/__init__.py': 'from .core import Engine as Engine\nfrom .util import *\n',
    'src/pkg/core.py': 'from . import util\nclass Engine:\n    def run(self): return util.helper()\n',
    'src/pkg/util.py': 'def helper(): ...\ndef _hidden(): ...\n',
    'src/pkg/sub/__init__.py': '',
    'src/pkg/sub/deep.py': 'from ..core import Engine\nfrom ...outside import x\ndef use(): Engine()\n',
    'tests/test_pkg.py': `
import pkg
import pkg.sub.deep as deep
from pkg import helper, _hidden
import json
def test_it():
    pkg.Engine().run()
    helper()
    _hidden()
    deep.use()
    json.dumps({})
`,
  })
  assert.deepEqual(edgeTexts(analysis), [
    'src/pkg/__init__.py -imports-> src/pkg/core.py (import)',
    'src/pkg/__init__.py -imports-> src/pkg/util.py (import)',
    'src/pkg/core.py -imports-> src/pkg/__init__.py (import)',
    'src/pkg/core.py -imports-> src/pkg/util.py (import)',
    'src/pkg/core.py#Engine.run -calls-> src/pkg/util.py#helper (import)',
    'src/pkg/sub/deep.py -imports-> src/pkg/core.py (import)',
    'src/pkg/sub/deep.py#use -instantiates-> src/pkg/core.py#Engine (import)',
    'tests/test_pkg.py -imports-> src/pkg/__init__.py (import)',
    'tests/test_pkg.py -imports-> src/pkg/sub/deep.py (import)',
    'tests/test_pkg.py -imports-> src/pkg/util.py (import)',
    'tests/test_pkg.py#test_it -calls-> src/pkg/core.py#Engine.run (receiver-type)',
    'tests/test_pkg.py#test_it -calls-> src/pkg/sub/deep.py#use (import)',
    'tests/test_pkg.py#test_it -calls-> src/pkg/util.py#helper (import)',
    'tests/test_pkg.py#test_it -instantiates-> src/pkg/core.py#Engine (import)',
  ])
  assert.equal(analysis.reports[0]?.callsUnresolved, 1)
})

test('a variable that is read through the full name of its module is a component', async () => {
  const analysis = await analyseTexts({
    'app/__init__.py': '',
    'app/config.py': 'limit = 8\nother = 9\n',
    'app/deep/__init__.py': 'size = 1\n',
    'app/deep/inner.py': 'from app.deep import inner\nwidth = 2\n',
    'main.py': `
import app.config
import app.deep.inner
import app.deep.inner as inner
from app import deep
def use(): return app.config.limit.real, app.deep.size, deep.inner.width, app.config, app.missing.other
`,
  })
  assert.deepEqual(
    edgeTexts(analysis).filter((edge) => edge.includes('#use')),
    [
      'main.py#use -references-> app/config.py#limit (import)',
      'main.py#use -references-> app/deep/__init__.py#size (import)',
      'main.py#use -references-> app/deep/inner.py#width (import)',
    ],
  )
  assert.deepEqual(
    analysis.components.filter(({ kind }) => kind === 'constant').map(({ id }) => id),
    ['app/config.py#limit', 'app/deep/__init__.py#size', 'app/deep/inner.py#width'],
  )
})

test('respects scopes: parameters, locals, comprehensions, class bodies, global and walrus hide or reveal names', async () => {
  const analysis = await analyseTexts({
    'a.py': `
def target(): ...
def by_parameter(target): target()
def by_assignment():
    target = lambda: 1
    target()
def by_loop():
    for target in [print]: target()
def by_with():
    with open("x") as target: target()
def by_except():
    try: pass
    except Exception as target: target()
def by_comprehension(): [target() for target in [print]]
def first_iterable(): [x for x in target()]
def by_walrus():
    if (target := print): target()
def by_import():
    from os import path as target
    target()
def by_global():
    global target
    target()
def by_closure():
    def inner(): return target()
    return inner
class Body:
    def target(self): ...
    x = target
    def method(self): target()
    def default(self, target=target): target()
def lambda_(): return lambda target: target()
def lambda_free(): return lambda: target()
def nonlocal_():
    target = print
    def inner():
        nonlocal target
        target()
def formatted(): return f"{target()!r:>{target()}}"
def match_(x):
    match x:
        case [target]: target()
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.to === 'a.py#target' && edge.kind === 'calls').map((edge) => edge.split(' ')[0]),
    [
      'a.py#Body.method',
      'a.py#by_closure',
      'a.py#by_global',
      'a.py#first_iterable',
      'a.py#formatted',
      'a.py#lambda_free',
    ],
  )
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.to === 'a.py#Body.target'),
    [
      'a.py#Body -references-> a.py#Body.target (same-file)',
      'a.py#Body.default -calls-> a.py#Body.target (same-file)',
      'a.py#Body.default -references-> a.py#Body.target (same-file)',
    ],
  )
})

test('finds methods by self, by bases, by super and by cls', async () => {
  const analysis = await analyseTexts({
    'base.py':
      'class Base:\n    def shared(self): ...\n    @classmethod\n    def make(cls): return cls()\n    def __call__(self): ...\n',
    'child.py': `
from base import Base
class Child(Base):
    def __init__(self):
        super().__init__()
        self.shared()
        self.own()
        self()
    def own(self): ...
    def shared(self):
        super().shared()
        super(Child, self).make().shared()
    @classmethod
    def build(cls):
        cls.make()
        return cls()
Child.build().own()
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind !== 'imports' && edge.from.startsWith('child')),
    [
      'child.py -calls-> child.py#Child.build (receiver-type)',
      'child.py -calls-> child.py#Child.own (receiver-type)',
      'child.py -references-> child.py#Child (same-file)',
      'child.py#Child -extends-> base.py#Base (import)',
      'child.py#Child.__init__ -calls-> base.py#Base.__call__ (inheritance)',
      'child.py#Child.__init__ -calls-> child.py#Child.own (receiver-type)',
      'child.py#Child.__init__ -calls-> child.py#Child.shared (receiver-type)',
      'child.py#Child.build -calls-> base.py#Base.make (inheritance)',
      'child.py#Child.build -instantiates-> child.py#Child (same-file)',
      'child.py#Child.shared -calls-> base.py#Base.make (inheritance)',
      'child.py#Child.shared -calls-> base.py#Base.shared (inheritance)',
      'child.py#Child.shared -overrides-> base.py#Base.shared (inheritance)',
      'child.py#Child.shared -references-> child.py#Child (same-file)',
    ],
  )
})

test('knows receivers by annotations, constructors, return types, elements and with', async () => {
  const bodies: Record<string, string> = {
    parameter: 'def use(x: Foo): x.go()',
    quoted: 'def use(x: "Foo"): x.go()',
    optional: 'def use(x: t.Optional[Foo] = None): x.go()',
    union: 'def use(x: None | Foo): x.go()',
    list: 'def use(xs: list[Foo]):\n    for x in xs: x.go()',
    dictionary: 'def use(xs: dict[str, Foo]):\n    for k, x in xs.items(): x.go()',
    indexed: 'def use(xs: dict[str, "Foo"]): xs["a"].go()',
    comprehension: 'def use(xs: t.Iterable[Foo]): return [x.go() for x in xs]',
    constructed: 'def use():\n    x = Foo()\n    x.go()',
    rebound: 'def use():\n    x = None\n    x = Foo()\n    x.go()',
    returned: 'def get() -> Foo: ...\ndef use(): get().go()',
    inferred: 'def get():\n    return Foo()\ndef use(): get().go()',
    awaited: 'async def get() -> Foo: ...\nasync def use(): (await get()).go()',
    conditional: 'def use(y): (Foo() if y else None).go()',
    chained: 'def use(x: Foo): x.again().again().go()',
    self: 'class Sub(Foo):\n    pass\ndef use(): Sub().again().go()',
    field: 'class Holder:\n    foo: Foo\ndef use(h: Holder): h.foo.go()',
    instance: 'class Holder:\n    def __init__(self): self.foo = Foo()\ndef use(h: Holder): h.foo.go()',
    property: 'class Holder:\n    @property\n    def foo(self) -> Foo: ...\ndef use(h: Holder): h.foo.go()',
    context: 'class Holder:\n    def __enter__(self) -> Foo: ...\ndef use():\n    with Holder() as x: x.go()',
    'a context manager named after an exception':
      'class exceptional:\n    def __enter__(self) -> Foo: ...\ndef use():\n    with exceptional() as x: x.go()',
    manager:
      'import contextlib\n@contextlib.contextmanager\ndef holder() -> t.Iterator[Foo]: ...\ndef use():\n    with holder() as x: x.go()',
    alias: 'Alias = t.Union[Foo, None]\ndef use(x: Alias): x.go()',
    bound: 'T = t.TypeVar("T", bound="Foo")\ndef use(x: T): x.go()',
    generic: 'def use[T: Foo](x: T): x.go()',
    type: 'def use(x: type[Foo]): x().go()',
    cast: 'def use(x): t.cast("Foo", x).go()',
    exception: 'def use():\n    try: pass\n    except (ValueError, Foo) as x: x.go()',
    walrus: 'def use():\n    if (x := Foo()): x.go()',
    tuple: 'def get() -> tuple[int, Foo]: ...\ndef use():\n    n, x = get()\n    x.go()',
    default: 'def use(x=Foo()): x.go()',
    module: 'shared = Foo()\ndef use(): shared.go()',
  }
  const head = 'import typing as t\nfrom foo import Foo\n'
  const texts = Object.fromEntries(
    Object.entries(bodies).map(([name, body]) => [`case_${name}.py`, `${head}${body}\n`]),
  )
  const analysis = await analyseTexts({
    ...texts,
    'foo.py': 'import typing as t\nclass Foo(Exception):\n    def go(self): ...\n    def again(self) -> t.Self: ...\n',
  })
  const found = analysis.edges.filter((edge) => edge.to === 'foo.py#Foo.go' && edge.kind === 'calls')
  const missing = Object.keys(bodies).filter((name) => !found.some((edge) => edge.from === `case_${name}.py#use`))
  assert.deepEqual(missing, [])
})

test('names behind a starred target are bound to the last values', async () => {
  const classes = ['A', 'B', 'C', 'D'].map((name) => `class ${name}:\n    def go(self): ...\n`).join('')
  const analysis = await analyseTexts({
    'a.py': `${classes}def last():
    first, *rest, beside, last = A(), A(), B(), C(), D()
    last.go()
def beside():
    [first, *rest, beside, last] = A(), A(), B(), C(), D()
    beside.go()
def nested():
    *rest, (first, *more, last) = A(), (A(), B(), D())
    last.go()
def first():
    first, *rest, last = A(), B(), C(), D()
    first.go()
def missing():
    first, *rest, last = unknown(), *many(), D()
    last.go()
`,
  })
  assert.deepEqual(
    analysis.edges.filter(({ kind }) => kind === 'calls').map(({ from, to }) => `${from} ${to}`),
    [
      'a.py#last a.py#D.go',
      'a.py#beside a.py#C.go',
      'a.py#nested a.py#D.go',
      'a.py#first a.py#A.go',
      'a.py#missing a.py#D.go',
    ],
  )
})

test('a name of an exception group is not one of its exceptions', async () => {
  const analysis = await analyseTexts({
    'a.py':
      'class MyErr(Exception):\n    def info(self): ...\nclass Other:\n    def info(self): ...\ndef use():\n    try: pass\n    except* MyErr as g: g.info()\ndef one():\n    try: pass\n    except MyErr as e: e.info()\n',
  })
  assert.deepEqual(
    analysis.edges.filter(({ kind }) => kind === 'calls').map(({ from, to }) => `${from} ${to}`),
    ['a.py#one a.py#MyErr.info'],
  )
})

test('guesses only for names that are unique and not common, and keeps guesses apart', async () => {
  const analysis = await analyseTexts({
    'a.py':
      'class A:\n    def very_own(self): ...\n    def append(self): ...\n    def twice(self): ...\nclass B:\n    def twice(self): ...\n',
    'b.py': 'def use(x):\n    x.very_own()\n    x.append()\n    x.twice()\n',
  })
  assert.deepEqual(edgeTexts(analysis), ['b.py#use -calls-> a.py#A.very_own (unique-name)'])
  assert.equal(analysis.reports[0]?.callsUnresolved, 3)
})

test('finds references in annotations, decorators, bases and values', async () => {
  const analysis = await analyseTexts({
    'lib.py': 'class Foo: ...\nclass Bar: ...\ndef wrap(f): return f\nLIMIT = 3\n',
    'use.py': `
import lib
from lib import Foo, wrap
@wrap
def decorated(a: Foo, b: "list[lib.Bar]" = None) -> "Foo": ...
@lib.wrap
class Sub(lib.Foo):
    x: lib.Bar
    y = lib.LIMIT
handlers = {"a": wrap}
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind !== 'imports'),
    [
      'use.py -references-> lib.py#wrap (import)',
      'use.py#Sub -extends-> lib.py#Foo (import)',
      'use.py#Sub -references-> lib.py#LIMIT (import)',
      'use.py#Sub -references-> lib.py#wrap (import)',
      'use.py#Sub -uses-type-> lib.py#Bar (import)',
      'use.py#decorated -references-> lib.py#wrap (import)',
      'use.py#decorated -uses-type-> lib.py#Bar (import)',
      'use.py#decorated -uses-type-> lib.py#Foo (import)',
    ],
  )
})

test('gives a test the type of the fixture its parameter names', async () => {
  const analysis = await analyseTexts({
    'pkg/__init__.py': 'class App:\n    def client(self): return Client()\nclass Client:\n    def get(self): ...\n',
    'tests/conftest.py':
      'import pytest\nfrom pkg import App\n@pytest.fixture\ndef app():\n    yield App()\n@pytest.fixture()\ndef client(app):\n    return app.client()\n',
    'tests/test_a.py': 'def test_get(client):\n    client.get()\n',
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.from === 'tests/test_a.py#test_get'),
    [
      'tests/test_a.py#test_get -calls-> pkg/__init__.py#Client.get (receiver-type)',
      'tests/test_a.py#test_get -references-> tests/conftest.py#client (package)',
    ],
  )
})

test('a method overrides the nearest one of its bases, and no constructor does', async () => {
  const analysis = await analyseTexts({
    'base.py':
      'class Base:\n    def __init__(self): ...\n    def run(self): ...\n    def __call__(self): ...\n    limit = 1\n',
    'main.py': `
from base import Base
class Middle(Base): ...
class Main(Middle):
    def __init__(self): ...
    def run(self): ...
    def __call__(self): ...
    def limit(self): ...
    def own(self): ...
class Last(Main):
    def run(self): ...
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind === 'overrides'),
    [
      'main.py#Last.run -overrides-> main.py#Main.run (same-file)',
      'main.py#Main.__call__ -overrides-> base.py#Base.__call__ (inheritance)',
      'main.py#Main.run -overrides-> base.py#Base.run (inheritance)',
    ],
  )
})

test('a variable that another file takes is a component, and so is an alias of a type', async () => {
  const analysis = await analyseTexts({
    'shared.py':
      'import logging\nlogger = logging.getLogger()\nengine = object()\nown = 1\nAnswer = dict[str, int]\nLimit = int | None\n',
    'a.py': 'from shared import logger\ndef a(): logger.info("")\n',
    'b.py': 'import shared\ndef b(): return shared.engine\n',
  })
  assert.deepEqual(
    analysis.components
      .filter(({ file }) => file === 'shared.py')
      .map(({ name, kind }) => `${name} ${kind}`)
      .sort(),
    ['Answer type', 'Limit type', 'engine constant', 'logger constant'],
  )
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind === 'references'),
    ['a.py#a -references-> shared.py#logger (import)', 'b.py#b -references-> shared.py#engine (import)'],
  )
})

test('a definition that names itself means itself, not what another branch imports by the name', async () => {
  const analysis = await analyseTexts({
    'pkg/__init__.py': 'def checked(target): ...\n',
    'tests/test_it.py': `
import sys
if sys.flags:
    from pkg import checked
else:
    def checked(target):
        return target if target else checked
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind !== 'imports'),
    [],
  )
})

test('a function that is one of several results is not called where the result is', async () => {
  const analysis = await analyseTexts({
    'a.py':
      'def same(x):\n    return x\n\n\ndef compose(*funcs):\n    if not funcs:\n        return same\n    return funcs[0]\n\n\ndef only():\n    return same\n\n\ndef run():\n    count = compose(len)\n    return count("a")\n\n\ndef other():\n    return only()(1)\n',
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.to === 'a.py#same' && edge.kind === 'calls').map((edge) => edge.split(' ')[0]),
    ['a.py#other'],
  )
})

test('a type that `cast` names in a string is used', async () => {
  const analysis = await analyseTexts({
    'a.py': 'import typing\n\nclass Plan: ...\n\n\ndef run(given):\n    return typing.cast("Plan", given)\n',
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind === 'uses-type'),
    ['a.py#run -uses-type-> a.py#Plan (same-file)'],
  )
})

test('a type alias of another file, and a declared parameter that is assigned again, give the members of their types', async () => {
  const analysis = await analyseTexts({
    'pyproject.toml': '',
    'p/__init__.py': '',
    'p/url.py':
      'class Url:\n    @property\n    def host(self) -> str: ...\n\n\nclass Proxy:\n    def __init__(self, url):\n        self.url = Url(url)\n',
    'p/kinds.py':
      'from typing import TYPE_CHECKING, Union\n\nif TYPE_CHECKING:\n    from .url import Proxy, Url\n\nProxyTypes = Union["Url", str, "Proxy"]\n',
    'p/use.py':
      'from .kinds import ProxyTypes\nfrom .url import Proxy, Url\n\n\ndef one(given: ProxyTypes | None):\n    return given.url.host\n\n\ndef two(given: str):\n    given = Proxy(url=given) if given else given\n    return given.url.host\n\n\ndef three(given: Url):\n    given = clean(given)\n    return given.host\n\n\ndef four(given: Url):\n    given.host\n    given = Proxy(given)\n',
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.to === 'p/url.py#Url.host').map((edge) => edge.split(' ')[0]),
    ['four', 'one', 'three', 'two'].map((name) => `p/use.py#${name}`),
  )
})

test('decorators, default values and bases are not called by what they are written at, but by the function around it', async () => {
  const analysis = await analyseTexts({
    'a.py': `
import sys
def option(name): ...
def default(): ...
class Group: ...
if len(sys.argv) > 9: sys.exit()
@option(default())
@Group()
def command(x=default(), y=lambda: option("y")):
    return default()
class Sub(option(1)):
    @option("run")
    def run(self): ...
def outer():
    @option("inner")
    def inner(x=Group()): ...
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind !== 'imports'),
    [
      'a.py#Sub -references-> a.py#option (same-file)',
      'a.py#Sub.run -references-> a.py#option (same-file)',
      'a.py#command -calls-> a.py#default (same-file)',
      'a.py#command -references-> a.py#Group (same-file)',
      'a.py#command -references-> a.py#default (same-file)',
      'a.py#command -references-> a.py#option (same-file)',
      'a.py#outer -calls-> a.py#option (same-file)',
      'a.py#outer -instantiates-> a.py#Group (same-file)',
    ],
  )
})

test('a condition of `isinstance` may be continued on the next line', async () => {
  const classes = 'class A:\n    def run(self): ...\nclass B:\n    def run(self): ...\n'
  for (const condition of ['isinstance(x, A) \\\n        or c', '(isinstance(x, A) # or\n        or c)']) {
    const code = `${classes}def f(x: A | B, c):\n    if ${condition}: return\n    x.run()\n`
    const found = edgeTexts(await analyseTexts({ 'a.py': code }), ({ kind }) => kind === 'calls')
    assert.deepEqual(
      found.filter((text) => text.includes('run')).map((text) => text.includes('B.run')),
      [true],
      condition,
    )
  }
})

test('a class that `isinstance` has ruled out has no part in a call', async () => {
  const analysis = await analyseTexts({
    'a.py': `
from typing import Any, Mapping, Union
class Headers(Mapping):
    def items(self): ...
class Sub(Headers):
    def items(self): ...
def chain(value: Union[Headers, Mapping, None]):
    if isinstance(value, Headers): ...
    elif isinstance(value, Mapping): return value.items()
def otherwise(value: Union[Headers, Mapping]):
    if value is None or isinstance(value, (str, Headers)): ...
    else: return {k: v for k, v in value.items()}
def subclass(value: Union[Sub, Mapping]):
    return None if isinstance(value, Headers) else value.items()
def after_exit(value: Union[Headers, Mapping]):
    if isinstance(value, Headers): raise TypeError
    return value.items()
def negated(value: Union[Headers, Mapping]):
    if not isinstance(value, Headers) and value: value.items()
def kept(value: Union[Headers, Mapping]):
    if isinstance(value, Headers): value.items()
def either(value: Union[Headers, Mapping]):
    if isinstance(value, Headers): print()
    value.items()
def both(value: Union[Headers, Mapping]):
    if isinstance(value, Headers) and value.closed: ...
    else: value.items()
def again(value: Union[Headers, Mapping]):
    if isinstance(value, Headers): ...
    else:
        value = Headers(value)
        value.items()
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind === 'calls' && edge.to.endsWith('items')),
    ['again', 'both', 'either', 'kept'].map((name) => `a.py#${name} -calls-> a.py#Headers.items (receiver-type)`),
  )
})

test('a branch that exits rules its classes out behind the statement only if every branch before it exits', async () => {
  for (const [branches, called] of [
    ['if a: pass\n    elif isinstance(x, A): return', 'A'],
    ['if a: return\n    elif isinstance(x, A): return', 'B'],
    ['if isinstance(x, A): return\n    elif a: pass', ['B']],
    ['if isinstance(x, A): return\n    elif a: pass\n    elif isinstance(x, B): return', 'B'],
  ] as const) {
    const classes = 'class A:\n    def run(self): ...\nclass B:\n    def run(self): ...\n'
    const analysis = await analyseTexts({ 'a.py': `${classes}def f(x: A | B, a):\n    ${branches}\n    x.run()\n` })
    assert.deepEqual(
      edgeTexts(analysis, (edge) => edge.kind === 'calls'),
      [`a.py#f -calls-> a.py#${called}.run (receiver-type)`],
      branches,
    )
  }
})

test('long tuples of `isinstance`, and many of its uses among many assignments, take no quadratic time', async () => {
  const classes = 'class A:\n    def go(self): ...\nclass B:\n    def go(self): ...\nclass C: ...\n'
  const checks = '    if isinstance(x, B): return\n'.repeat(60)
  const analysis = await analyseTexts({
    'tuple.py': `from typing import Union
${classes}def f(x: Union[A, B]):
    if isinstance(x, (B, ${'C, '.repeat(20_000)})): return
${'    x.go()\n'.repeat(20_000)}`,
    'many.py': `from typing import Union
${classes}def f(x: Union[A, B]):
${checks}${'    x.go()\n'.repeat(10_000)}${'    x = A()\n'.repeat(10_000)}`,
    'between.py': `from typing import Union
${classes}def f(x: Union[A, B], y: Union[A, B]):
${'    x = y\n'.repeat(10_000)}${checks}${'    x.go()\n'.repeat(10_000)}    x = B()\n    x.go()\n`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind === 'calls' && edge.to.endsWith('go')),
    [
      'between.py#f -calls-> between.py#A.go (receiver-type)',
      'between.py#f -calls-> between.py#B.go (receiver-type)',
      'many.py#f -calls-> many.py#A.go (receiver-type)',
      'tuple.py#f -calls-> tuple.py#A.go (receiver-type)',
    ],
  )
})

test('what is called may be a function or an object: the object has no edge', async () => {
  const analysis = await analyseTexts({
    'a.py': `
from typing import Callable
class Command:
    def __call__(self): ...
def command(name=None) -> Command | Callable[..., Command]: ...
def made() -> Command: ...
def group(): return command()(1)
def run(): made()()
`,
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.to === 'a.py#Command.__call__'),
    ['a.py#run -calls-> a.py#Command.__call__ (receiver-type)'],
  )
})

test('the elements of a list include those of a starred value', async () => {
  const analysis = await analyseTexts({
    'a.py': `
class Ship:
    def land(self): ...
def use():
    ships = [Ship()]
    for one in [*ships]: one.land()
def other():
    ships = [Ship()]
    first, second = (*ships, None)
    first.land()
`,
  })
  const found = edgeTexts(analysis)
  for (const name of ['use', 'other'])
    assert.ok(found.includes(`a.py#${name} -calls-> a.py#Ship.land (receiver-type)`), name)
})
