import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseTexts, componentNamed } from './analyse-texts.ts'

test('lists classes, functions, methods, fields and constants with their signatures', async () => {
  const analysis = await analyseTexts({
    'pkg/__init__.py': '"""The package.\n\nMore."""\n',
    'pkg/app.py': `
import functools

LIMIT: int = 10
TABLE = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": 1, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb": 2, "c": 3}
lower = 1
type Alias = int | str

class App(Base, metaclass=Meta):
    """An app.

    :param name: what it is called,
        in full
    """

    size: int = 1
    #: How deep.
    depth = 2

    def __init__(self, name: str = "x"):
        self.name: str = name
        self._secret = 1
        self.other, self.rest = split(name)
        """the other"""

    @property
    def title(self) -> str | None:
        return None

    @title.setter
    def title(self, value):
        pass

    @staticmethod
    def make(a, /, *args: int, b=1, **kwargs) -> "App": ...

    @classmethod
    async def load(
        cls,  # the class
        path: str,
    ) -> "App":
        class Local: ...
        def inner(): ...

    class Inner(Exception):
        def run(self): ...

async def _go(): ...
`,
  })
  const rows = analysis.components.map(
    (c) => `${c.exported ? '+' : '-'} ${c.kind} ${c.qualifiedName} ${c.startLine}-${c.endLine} | ${c.signature}`,
  )
  assert.deepEqual(rows, [
    '+ type Alias 7-7 | type Alias = int | str',
    '+ class App 9-46 | class App(Base, metaclass=Meta)',
    '+ class App.Inner 45-46 | class Inner(Exception)',
    '+ method App.Inner.run 46-46 | def run(self)',
    '+ method App.__init__ 20-24 | def __init__(self, name: str = "x")',
    '- field App._secret 22-22 | _secret = 1',
    '+ field App.depth 18-18 | depth = 2',
    '+ method App.load 37-43 | classmethod async def load(cls, path: str) -> "App"',
    '+ method App.make 34-35 | staticmethod def make(a, /, *args: int, b=1, **kwargs) -> "App"',
    '+ field App.name 21-21 | name: str = name',
    '+ field App.other 23-23 | other',
    '+ field App.rest 23-23 | rest',
    '+ field App.size 16-16 | size: int = 1',
    '+ method App.title 26-28 | property title: str | None',
    '+ constant LIMIT 4-4 | LIMIT: int = 10',
    '+ constant TABLE 5-5 | TABLE = {…}',
    '- function _go 48-48 | async def _go()',
  ])
  const { doc, details } = componentNamed(analysis, 'App')
  assert.equal(doc, 'An app.')
  assert.deepEqual(details, { parameters: [{ name: 'name', type: '', text: 'what it is called, in full' }] })
  assert.equal(componentNamed(analysis, 'App.depth').doc, 'How deep.')
  assert.equal(componentNamed(analysis, 'App.Inner.run').parent, 'pkg/app.py#App.Inner')
  assert.deepEqual({ ...analysis.fileDocs }, { 'pkg/__init__.py': 'The package.\n\nMore.' })
})

test('the comment at the head of a module without a docstring is on the module, apart from the code or above a __future__ import', async () => {
  const { fileDocs } = await analyseTexts({
    'a.py': '#!/usr/bin/env python\n# Copyright 2020 Orbit\n\n# Draws orbits\n# for printers.\n\nimport os\n',
    'b.py': '# This module draws.\nfrom __future__ import annotations\n\nimport os\n',
    'c.py': '# Use the clock of the system.\nimport time\n',
    'd.py': '# noqa\n\nimport os\n',
    'e.py': '# Not this.\n\n"""Draws."""\nimport os\n',
    'f.py': 'import os\n\n# Not this either.\n\nx = 1\n',
    'g.py': '# Kinds of orbits:\n#   round\n#   flat <n>\n\nimport os\n',
  })
  assert.deepEqual(
    { ...fileDocs },
    {
      'a.py': 'Draws orbits\nfor printers.',
      'b.py': 'This module draws.',
      'e.py': 'Draws.',
      'g.py': 'Kinds of orbits:\n\n- round\n- flat \\<n>',
    },
  )
})

test('shows one component for overloads, branches and repeated names: the implementation', async () => {
  const analysis = await analyseTexts({
    'a.py': `
from typing import overload, TYPE_CHECKING
if TYPE_CHECKING:
    class A:
        """typed"""
        def only_typed(self): ...
else:
    class A:
        def only_real(self): ...
@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x):
    return x
try:
    from fast import go
except ImportError:
    def go(): ...
`,
  })
  assert.deepEqual(
    analysis.components.map((c) => `${c.qualifiedName} ${c.startLine} ${c.signature}`),
    [
      'A 8 class A',
      'A.only_real 9 def only_real(self)',
      'A.only_typed 6 def only_typed(self)',
      'f 10 def f(x: int) -> int',
      'go 19 def go()',
    ],
  )
})

test('takes what is exported from __all__, from underscores and from what a public package re-exports', async () => {
  const analysis = await analyseTexts({
    'pkg/__init__.py': 'from ._impl import Shown as Shown, _odd\nfrom .listed import *\n__all__ = ["Shown", "one"]\n',
    'pkg/_impl.py': 'class Shown:\n    def go(self): ...\n    def _no(self): ...\nclass Hidden: ...\ndef _odd(): ...\n',
    'pkg/listed.py': `
from . import more
__all__ = ["one"] + more.__all__
__all__ += ("_two",)
__all__.extend(["three"])
def one(): ...
def _two(): ...
def three(): ...
def four(): ...
class five: ...
`,
    'pkg/more.py': '__all__ = ["five"]\n',
    'pkg/dynamic.py': '__all__ = [n for n in dir()] \ndef a(): ...\ndef _b(): ...\n',
    'pkg/joined.py': '__all__ = ["one" "two"]\ndef onetwo(): ...\ndef one(): ...\n',
    'pkg/weird.py': '__all__ = 3\n__all__ += {1: 2}\n__all__.extend()\ndef w(): ...\n',
  })
  const exported = analysis.components.filter((c) => c.exported).map((c) => c.id)
  assert.deepEqual(exported, [
    'pkg/_impl.py#Shown',
    'pkg/_impl.py#Shown.go',
    'pkg/dynamic.py#a',
    'pkg/joined.py#onetwo',
    'pkg/listed.py#_two',
    'pkg/listed.py#five',
    'pkg/listed.py#one',
    'pkg/listed.py#three',
    'pkg/weird.py#w',
  ])
})

test('tells enums and protocols from other classes, also through bases of the repository', async () => {
  const analysis = await analyseTexts({
    'a.py': 'import enum\nimport typing as t\nclass E(enum.Enum):\n    A = 1\nclass P(t.Protocol[int]): ...\n',
    'c.py':
      'import asyncio\nfrom typing_extensions import Protocol\nclass R(Protocol): ...\nclass S(asyncio.Protocol): ...\n',
    'b.py': 'from a import E, P\nclass F(E): ...\nclass Q(P): ...\n',
  })
  assert.deepEqual(
    analysis.components.map((c) => `${c.kind} ${c.qualifiedName}`),
    ['enum E', 'field E.A', 'interface P', 'enum F', 'class Q', 'interface R', 'class S'],
  )
})

test('a property that can be set or deleted says so, and setting it is a use', async () => {
  const { components, edges } = await analyseTexts({
    'box.py': `class Box:
    @property
    def size(self) -> int:
        return 1

    @size.setter
    def size(self, value: int) -> None:
        """The size."""

    @size.deleter
    def size(self):
        pass

    @property
    def only(self):
        return 1


class Inner(Box):
    def grow(self):
        self.size = 2
        self.more = 1


def use(box: Box):
    box.size = 1
    box.name: str = ''
`,
  })
  const properties = components.filter(({ kind }) => kind === 'method')
  assert.deepEqual(
    properties.map(({ signature, overloads = [], doc }) => [signature, ...overloads, doc]),
    [
      ['property only', null],
      ['property size: int', 'setter size(value: int)', 'deleter size', 'The size.'],
      ['def grow(self)', null],
    ],
  )
  const uses = edges.filter(({ kind }) => kind === 'references').map(({ from, to }) => `${from} ${to}`)
  assert.deepEqual(uses, ['box.py#Inner.grow box.py#Box.size', 'box.py#use box.py#Box.size'])
})

test('of a definition that only checkers of types see, what stands for it when the program runs is shown', async () => {
  const analysis = await analyseTexts({
    'a.py': `
import typing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    def skip(arg):
        """Does nothing while types are checked."""
        return arg

    def run(arg: int) -> int:
        """For checkers."""

    def alone():
        """Stays."""
else:
    from typing import no_type_check as skip

    def run(arg):
        """Runs."""

if not typing.TYPE_CHECKING:
    def fly():
        pass
else:
    def fly() -> None:
        """For checkers."""
`,
  })
  const shown = (name: string) => {
    const { signature, doc } = componentNamed(analysis, name)
    return [signature, doc]
  }
  assert.deepEqual(shown('skip'), ['from typing import no_type_check as skip', null])
  assert.deepEqual(shown('run'), ['def run(arg)', 'Runs.'])
  assert.deepEqual(shown('alone'), ['def alone()', 'Stays.'])
  assert.deepEqual(shown('fly'), ['def fly()', null])
})

test('overloads show the defaults of what implements them', async () => {
  const analysis = await analyseTexts({
    'a.py': `
from typing import overload
@overload
def f(x: int, y: int = ..., *, z=...) -> int: ...
@overload
def f(x: str, w: str = ...) -> str: ...
def f(x, y=2, *, z=None):
    return x
`,
  })
  const { signature, overloads } = componentNamed(analysis, 'f')
  assert.equal(signature, 'def f(x: int, y: int = 2, *, z=None) -> int')
  assert.deepEqual(overloads, ['def f(x: str, w: str = ...) -> str'])
})

test('an overload keeps its open default if its type has not that of the implementation', async () => {
  const analysis = await analyseTexts({
    'a.py': `
from typing import Literal, overload
@overload
def f(x: Literal[True] = ...) -> int: ...
@overload
def f(x: Literal[False] = ...) -> str: ...
def f(x=True):
    return x
`,
  })
  const { signature, overloads } = componentNamed(analysis, 'f')
  assert.equal(signature, 'def f(x: Literal[True] = True) -> int')
  assert.deepEqual(overloads, ['def f(x: Literal[False] = ...) -> str'])
})

test('of definitions in exclusive branches, the one that runs on Linux is shown', async () => {
  const analysis = await analyseTexts({
    'a.py': `
import os, sys
from typing import TYPE_CHECKING

if sys.platform == "win32":
    class UnixLock:
        """Locks with flock."""
        def take(self) -> None:
            raise NotImplementedError
else:
    class UnixLock:
        def take(self, how: int) -> None:
            flock(how)

if os.name != "nt":
    def home(): ...
else:
    def home(drive):
        """On Windows."""

if sys.platform.startswith("win"):
    def beep(sound):
        """Of Windows."""
elif sys.platform == "linux":
    def beep(): ...
else:
    def beep(mac):
        """Of the others."""

if sys.version_info >= (3, 12):
    def first(): ...
else:
    def first(old): ...

try:
    import fcntl
except ImportError:
    def lock():
        """Fails."""
else:
    def lock(fd): ...

if TYPE_CHECKING:
    Lock = SoftLock
elif sys.platform == "win32":
    #: For Windows.
    Lock: type = WindowsLock
else:
    #: For this system.
    Lock = UnixLock
`,
  })
  const shown = (name: string) => {
    const { signature, startLine } = componentNamed(analysis, name)
    return `${startLine} ${signature}`
  }
  assert.deepEqual(['UnixLock', 'UnixLock.take', 'home', 'beep', 'first', 'lock', 'Lock'].map(shown), [
    '11 class UnixLock',
    '12 def take(self, how: int) -> None',
    '16 def home()',
    '25 def beep()',
    '31 def first()',
    '41 def lock(fd)',
    '50 Lock = UnixLock',
  ])
  assert.equal(componentNamed(analysis, 'Lock').doc, 'For this system.')
  // What every branch defines has no condition.
  const always = analysis.components.filter(({ condition }) => condition === '').map(({ name }) => name)
  assert.deepEqual(always, ['UnixLock', 'take', 'beep', 'first', 'home'])
})

test('a sentence above a variable of a module documents it, unless others stand below', async () => {
  const analysis = await analyseTexts({
    'orbit.py': `# Raised for plans that cannot be flown.
PlanError = base.Error

# Limits of all burns.
MIN = 1
MAX = 2

# burns
SIZE = 3

# Whether it is tried again.
RETRY = {
    "a": 1,
}
`,
  })
  assert.deepEqual(
    ['PlanError', 'MIN', 'SIZE', 'RETRY'].map((name) => componentNamed(analysis, name).doc),
    ['Raised for plans that cannot be flown.', null, null, 'Whether it is tried again.'],
  )
})

test('a type alias that is made by a call is a type', async () => {
  const analysis = await analyseTexts({
    'a.py': 'from typing import TypeAliasType\n\nPlan = TypeAliasType("Plan", list[int])\n',
  })
  assert.equal(componentNamed(analysis, 'Plan').kind, 'type')
})

test('type variables and hooks of modules are not public', async () => {
  const analysis = await analyseTexts({
    'pkg/app.py':
      'import typing as t\n\nKey = t.TypeVar("Key", bound=str)\nP = t.ParamSpec("P")\nName = t.Union[int, str]\n\n\ndef __getattr__(name: str) -> object:\n    raise AttributeError(name)\n\n\ndef plan(key: Key) -> Key:\n    return key\n',
  })
  const exported = (name: string): boolean => componentNamed(analysis, name).exported
  assert.deepEqual(['Key', 'P', '__getattr__', 'Name', 'plan'].map(exported), [false, false, false, true, true])
  assert.deepEqual(analysis.exports['pkg/app.py']?.map(({ name }) => name).sort(), ['Name', 'plan'])
})

test('a class with `__getattr__` does not make the names in a dictionary of its module public', async () => {
  const exportsOf = async (text: string): Promise<string[]> => {
    const { exports } = await analyseTexts({
      'pkg/__init__.py': '',
      'pkg/json_handler.py': 'def load(): pass\n',
      'pkg/reg.py': text,
    })
    return (exports['pkg/reg.py'] ?? []).map(({ name }) => name).sort()
  }
  const handlers = '\n\nHANDLERS = {"load": ".json_handler"}\n'
  const lazy = 'def __getattr__(name):\n    return HANDLERS[name]'
  assert.deepEqual(await exportsOf(`class Proxy:\n    def __getattr__(self, name):\n        return name${handlers}`), [
    'HANDLERS',
    'Proxy',
  ])
  assert.deepEqual(await exportsOf(lazy + handlers), ['HANDLERS', 'load'])
  assert.deepEqual(await exportsOf(`if True:\n    ${lazy.replaceAll('\n', '\n    ')}${handlers}`), ['HANDLERS', 'load'])
  assert.deepEqual(await exportsOf(`__getattr__, __dir__, __all__ = attach(__name__)${handlers}`), ['HANDLERS', 'load'])
})

test('of values set in branches none is told as the value; one at the top is, whatever follows', async () => {
  const analysis = await analyseTexts({
    'a.py': `
import os

if os.getenv("PLAIN"):
    SCHEME = "http"
    SAME = 1
else:
    SCHEME = "https"
    SAME = 1

DEBUG = False
if os.getenv("DEBUG"):
    DEBUG = True

try:
    HAS_FAST = fast()
except ImportError:
    HAS_FAST = None
`,
  })
  assert.deepEqual(
    analysis.components.map(({ signature }) => signature),
    ['DEBUG = False', 'HAS_FAST = fast()', 'SAME = 1', 'SCHEME = …'],
  )
})

test('a function with overloads begins with the first of them', async () => {
  const analysis = await analyseTexts({
    'a.py': `
from typing import overload

@overload
def near(a: int) -> int: ...

@overload
def near(a: str) -> str: ...

def near(a):
    return a
`,
  })
  assert.deepEqual(
    analysis.components.map(({ startLine, endLine }) => [startLine, endLine]),
    [[4, 11]],
  )
})

test('signatures show strings as written, and of those that span lines the quotes', async () => {
  const analysis = await analyseTexts({
    'a.py': `
TAB = "    "
def dumps(x, indent="    ",  sep=',  ', *, form: Literal["a  b"]   = f"{x:  }  ", end="""
  end""") -> dict["a  b",
    int]: ...
type Pair[T: int] = tuple[T,  T]
type Plain = int
class A(
    Base,  # The first.
    Other,
    key="a  b",
): ...
`,
  })
  assert.deepEqual(
    analysis.components.map(({ signature }) => signature),
    [
      'class A(Base, Other, key="a  b")',
      'type Pair[T: int] = tuple[T, T]',
      'type Plain = int',
      'TAB = "    "',
      `def dumps(x, indent="    ", sep=',  ', *, form: Literal["a  b"] = f"{x:  }  ", end="""…""") -> dict["a  b", int]`,
    ],
  )
})

test('decorators are shown unless the signature expresses them', async () => {
  const analysis = await analyseTexts({
    'a.py': `
@registry.setter
def plain(value): ...
@property
def attribute(): ...
class A:
    @property
    def x(self): ...
    @x.setter
    def x(self, value): ...
    @registry.setter
    def y(self): ...
    @classmethod
    def z(cls): ...
`,
  })
  const shown = analysis.components.flatMap(({ qualifiedName, decorators }) =>
    decorators === undefined ? [] : [[qualifiedName, ...decorators]],
  )
  assert.deepEqual(shown, [
    ['A.y', '@registry.setter'],
    ['attribute', '@property'],
    ['plain', '@registry.setter'],
  ])
})

test('all decorators of a command are shown, with closed brackets', async () => {
  const options = Array.from({ length: 12 }, (_, at) => `@option(\n    "-${at}",\n    help="( a )",\n)\n`).join('')
  const analysis = await analyseTexts({ 'a.py': `${options}def cli(): ...\n` })
  const [cli] = analysis.components
  assert.equal(cli?.decorators?.length, 12)
  assert.equal(cli.decorators[11], '@option("-11", help="( a )")')
})

test('what is taken out of a set of exported names is not exported', async () => {
  const analysis = await analyseTexts({
    'a.py':
      '__all__ = list(({"one", "two"} | {"three"}) - {"two"})\ndef one(): ...\ndef two(): ...\ndef three(): ...\n',
    'b.py': 'import a\n__all__ = set(a.__all__) - set(dir())\ndef one(): ...\ndef own(): ...\n',
  })
  assert.deepEqual(
    analysis.components.map(({ id, exported }) => `${id} ${exported}`),
    ['a.py#one true', 'a.py#three true', 'a.py#two false', 'b.py#one true', 'b.py#own true'],
  )
})

test('what only type checkers read cannot be imported, and TYPE_CHECKING is no variable', async () => {
  const analysis = await analyseTexts({
    'pkg/__init__.py': '',
    'pkg/number.py': `
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias
    Number: TypeAlias = float | str
    class Plan:
        days: int
else:
    class Plan:
        days: int

POWERS = [1, 2]
`,
  })
  const rows = analysis.components.map(
    ({ exported, name, startLine }) => `${exported ? '+' : '-'} ${name} ${startLine}`,
  )
  assert.deepEqual(analysis.exports['pkg/number.py']?.map(({ name }) => name).sort(), ['POWERS', 'Plan'])
  assert.deepEqual(rows.sort(), ['+ POWERS 12', '+ Plan 9', '+ days 7', '- Number 5'])
})

test('a field that gets different values in branches has none of them', async () => {
  const analysis = await analyseTexts({
    'orbit.py': `
class Timeout:
    def __init__(self, timeout, name):
        self.name = name
        if isinstance(timeout, Timeout):
            self.connect = timeout.connect
            self.kind = 1
        else:
            self.connect = timeout
            self.kind = 1
`,
  })
  const fields = analysis.components.filter(({ kind }) => kind === 'field').map(({ signature }) => signature)
  assert.deepEqual(fields.sort(), ['connect', 'kind = 1', 'name = name'])
})

test('words behind the value of a class attribute are its comment', async () => {
  const analysis = await analyseTexts({
    'a.py': `class Status(Enum):
    CLAIMED = "a"  # Name Detected
    OPEN = [  # Not of it
        1,
    ]
    GONE = "b"     # Removed by its owner,
                   # who may be gone too
    # Above it stands a sentence.
    NEXT = 1  # Said behind it
    SIZE = 2  # type: ignore
    AGE = 3  # noqa: E501
    OLD = 4  # OTHER = 5
    LOW = 6  # in kilograms
    ONE = 7  # First of all
    TWO = 8  # Second of all

    def __init__(self):
        self.size = 1  # The size here
PLAIN = 1  # Some words here
`,
  })
  const shown = (name: string) => componentNamed(analysis, name).doc
  assert.deepEqual(
    ['CLAIMED', 'OPEN', 'GONE', 'NEXT', 'SIZE', 'AGE', 'OLD', 'LOW', 'ONE', 'TWO'].map((name) =>
      shown(`Status.${name}`),
    ),
    [
      'Name Detected',
      null,
      'Removed by its owner,\nwho may be gone too',
      'Above it stands a sentence.',
      null,
      null,
      null,
      'in kilograms',
      'First of all',
      'Second of all',
    ],
  )
  assert.deepEqual([shown('Status.size'), shown('PLAIN')], [null, null])
})
