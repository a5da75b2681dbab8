import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesIn, changesOf, diffOf } from './diff-of.ts'

const MANIFEST = { 'pyproject.toml': '[project]\nname = "orbit"\nversion = "1"\n' }
const compare = (before: string, after: string): Promise<string[]> =>
  changesIn(MANIFEST, 'orbit/__init__.py', before, after)

test('the same code has no changes and is a patch', async () => {
  const code = { ...MANIFEST, 'orbit/__init__.py': 'def draw(a, b=1): pass\n' }
  const { changes, step } = await diffOf(code, code)
  assert.deepEqual([changes, step], [[], 'patch'])
})

test('a removed function breaks, a new one does not, and both steps follow', async () => {
  assert.deepEqual(await compare('def draw(): pass\ndef plan(x): return x\n', 'def draw(): pass\n'), [
    'breaking name-removed orbit.plan',
  ])
  const added = await diffOf(
    { ...MANIFEST, 'orbit/__init__.py': 'def draw(): pass\n' },
    { ...MANIFEST, 'orbit/__init__.py': 'def draw(): pass\ndef plan(x): pass\n' },
  )
  assert.deepEqual([added.changes[0]?.severity, added.step], ['compatible', 'minor'])
})

test('both places of a change are told', async () => {
  const { changes } = await diffOf(
    { ...MANIFEST, 'orbit/__init__.py': 'def draw(a, b): pass\n' },
    { ...MANIFEST, 'orbit/__init__.py': '\n\ndef draw(a): pass\n' },
  )
  const [change] = changes
  assert.deepEqual(
    [change?.before?.file, change?.before?.line, change?.after?.line, change?.before?.text],
    ['orbit/__init__.py', 1, 3, 'def draw(a, b)'],
  )
})

test('parameters: removed, added, required, renamed, moved, by name alone', async () => {
  assert.deepEqual(await compare('def f(a, b): pass\n', 'def f(a): pass\n'), ['breaking parameter-removed orbit.f `b`'])
  assert.deepEqual(await compare('def f(a): pass\n', 'def f(a, b): pass\n'), [
    'breaking required-parameter-added orbit.f `b`',
  ])
  assert.deepEqual(await compare('def f(a): pass\n', 'def f(a, b=1, *, c=None): pass\n'), [
    'compatible parameter-added orbit.f `b`',
    'compatible parameter-added orbit.f `c`',
  ])
  assert.deepEqual(await compare('def f(a, b=1): pass\n', 'def f(a, c=2, b=1): pass\n'), [
    'breaking parameter-added orbit.f `c`',
  ])
  assert.deepEqual(await compare('def f(a, b=1): pass\n', 'def f(a, b): pass\n'), [
    'breaking parameter-now-required orbit.f `b`',
  ])
  assert.deepEqual(await compare('def f(a, b): pass\n', 'def f(x, b): pass\n'), [
    'breaking parameter-renamed orbit.f `a` → `x`',
  ])
  assert.deepEqual(await compare('def f(a, /, b): pass\n', 'def f(x, /, b): pass\n'), [
    'compatible parameter-renamed orbit.f `a` → `x`',
  ])
  assert.deepEqual(await compare('def f(a, b): pass\n', 'def f(b, a): pass\n'), [
    'breaking parameter-moved orbit.f `a`',
    'breaking parameter-moved orbit.f `b`',
  ])
  assert.deepEqual(await compare('def f(a, b=1): pass\n', 'def f(a, *, b=1): pass\n'), [
    'breaking parameter-kind-changed orbit.f `b`',
  ])
  assert.deepEqual(await compare('def f(a, b=1): pass\n', 'def f(a, b=2): pass\n'), [
    'breaking parameter-default-changed orbit.f `b`: `1` → `2`',
  ])
})

test('what collects the other arguments is the same under any name', async () => {
  assert.deepEqual(await compare('def f(*a, **b): pass\n', 'def f(*args, more=1, **kwargs): pass\n'), [
    'compatible parameter-added orbit.f `more`',
  ])
  assert.deepEqual(
    await compare('def f(a, *, b): pass\n', 'def f(a, **b): pass\n'),
    ['unknown parameter-removed orbit.f `b`', 'compatible parameter-added orbit.f `b`'].sort(),
  )
})

test('a removed parameter is still accepted only by collectors for every way to pass it', async () => {
  for (const [before, after, severity] of [
    ['a', '*args, **kwargs', 'unknown'],
    ['a', '*args', 'breaking'],
    ['a', '**kwargs', 'breaking'],
    ['a, /', '*args', 'unknown'],
    ['a, /, *args', '*args', 'unknown'],
    ['a, /', '**kwargs', 'breaking'],
    ['*, a', '*args', 'breaking'],
    ['*, a', '**kwargs', 'unknown'],
    ['*a', '**kwargs', 'breaking'],
  ] as const) {
    const removed = (await compare(`def f(${before}): pass\n`, `def f(${after}): pass\n`)).filter((one) =>
      one.includes('parameter-removed'),
    )
    assert.deepEqual(removed, [`${severity} parameter-removed orbit.f \`a\``], `${before} → ${after}`)
  }
})

test('a new parameter takes arguments from those by position and from a collector after it', async () => {
  for (const [before, after, severity] of [
    ['*args', 'x=None, *args', 'breaking'],
    ['a, *args', 'a, x=None, *args', 'breaking'],
    ['a, *args', 'a, *args, x=None', 'compatible'],
    ['a, **more', 'a, x=None, **more', 'compatible'],
  ] as const)
    assert.deepEqual(
      await compare(`def f(${before}): pass\n`, `def f(${after}): pass\n`),
      [`${severity} parameter-added orbit.f \`x\``],
      `${before} → ${after}`,
    )
})

test('another spelling of a type is none, and unions are compared by their members', async () => {
  assert.deepEqual(
    await compare(
      'import typing as t\ndef f(a: t.Optional[int]) -> "t.List[str]": pass\n',
      'def f(a: int | None) -> list[str]: pass\n',
    ),
    [],
  )
  assert.deepEqual(await compare('def f(a: int) -> int: pass\n', 'def f(a: int | str) -> int | None: pass\n'), [
    'compatible parameter-type-changed orbit.f `a`: `int` → `int | str`',
    'unknown result-type-changed orbit.f `int` → `int | None`',
  ])
})

test('members: what a class inherits is not removed, and a removed base is', async () => {
  const before = 'class Base:\n  def run(self): pass\nclass Job(Base):\n  def run(self): pass\n  def stop(self): pass\n'
  const after = 'class Base:\n  def run(self): pass\nclass Job(Base):\n  pass\n'
  assert.deepEqual(await compare(before, after), ['breaking name-removed orbit.Job.stop'])
  assert.deepEqual(await compare('class Base: pass\nclass Job(Base): pass\n', 'class Base: pass\nclass Job: pass\n'), [
    'breaking base-removed orbit.Job `Base`',
  ])
})

test('members of a base that has no public name are those of its heirs', async () => {
  assert.deepEqual(
    await compare(
      'class _Base:\n  def run(self): pass\n  def stop(self): pass\nclass Job(_Base): pass\n',
      'class _Base:\n  def run(self): pass\nclass Job(_Base): pass\n',
    ),
    ['breaking name-removed orbit.Job.stop'],
  )
})

test('a property that becomes a method breaks, and so does a coroutine', async () => {
  assert.deepEqual(
    await compare('class Job:\n  @property\n  def name(self): pass\n', 'class Job:\n  def name(self): pass\n'),
    ['breaking modifier-changed orbit.Job.name no longer `property`'],
  )
  assert.deepEqual(await compare('def f(): pass\n', 'async def f(): pass\n'), [
    'breaking modifier-changed orbit.f now `async`',
  ])
})

test('a call has to fit one of the overloads', async () => {
  const overloads = (first: string, second: string): string =>
    `import typing as t\n@t.overload\ndef f(${first}) -> int: ...\n@t.overload\ndef f(${second}) -> str: ...\ndef f(*args): pass\n`
  assert.deepEqual(await compare(overloads('a: int', 'a: str'), overloads('a: int, b: int = 1', 'a: str')), [
    'compatible parameter-added orbit.f `b`',
  ])
  assert.deepEqual(await compare(overloads('a: int', 'a: str'), overloads('a: int, b: int', 'a: str, c: int')), [
    'unknown required-parameter-added orbit.f `b`',
    'unknown required-parameter-added orbit.f `c`',
  ])
})

test('types within types are spelled alike, and hidden names are positions', async () => {
  assert.deepEqual(
    await compare(
      'import typing as t\ndef f(__a, b: t.Dict[str, t.Optional[int]]) -> "t.Mapping[str, t.Union[int, str]]": pass\n',
      'def f(a, /, b: dict[str, int | None]) -> Mapping[str, str | int]: pass\n',
    ),
    ['compatible parameter-renamed orbit.f `__a` → `a`'],
  )
  assert.deepEqual(await compare('class A:\n  x: int = 1\n', 'class A:\n  @property\n  def x(self) -> int: pass\n'), [
    'unknown kind-changed orbit.A.x field → method',
  ])
})

test('a deprecation is compatible and asks for a minor step', async () => {
  const { changes, step } = await diffOf(
    { ...MANIFEST, 'orbit/__init__.py': 'def f():\n  """Does."""\n' },
    { ...MANIFEST, 'orbit/__init__.py': 'def f():\n  """Does.\n\n  .. deprecated:: 2.0\n     Use g.\n  """\n' },
  )
  assert.deepEqual([changes.map(({ rule }) => rule), step], [['deprecated'], 'minor'])
})

test('a function with the same body under another name is renamed, on another path moved: guesses', async () => {
  const body = 'x = 1\n  y = x + 2\n  z = y * 3\n  return z\n'
  const renamed = await diffOf(
    { ...MANIFEST, 'orbit/__init__.py': `def plan():\n  ${body}` },
    { ...MANIFEST, 'orbit/__init__.py': `def scheme():\n  ${body}` },
  )
  assert.deepEqual(
    renamed.changes.map(({ rule, severity, detail, is_guess: isGuess }) => [rule, severity, detail, isGuess]),
    [['name-renamed', 'breaking', '`orbit.scheme`', true]],
  )
  const moved = await changesOf(
    { ...MANIFEST, 'orbit/__init__.py': 'def plan(): pass\n', 'orbit/more.py': '' },
    { ...MANIFEST, 'orbit/__init__.py': '', 'orbit/more.py': 'def plan(): pass\n' },
  )
  assert.deepEqual(moved, ['breaking name-moved orbit.plan `orbit.more.plan`'])
})

test('a name that a module still exports is not moved, though its definition is, or a shorter path has it too', async () => {
  const files = (root: string, plan: string, shared: string): Record<string, string> => ({
    ...MANIFEST,
    'orbit/__init__.py': root,
    'orbit/plan.py': plan,
    'orbit/_shared.py': shared,
    'orbit/draw.py': shared === '' ? '' : 'from ._shared import level\n__all__ = ["level"]\n',
  })
  const level = 'def level(a, b):\n    return a + b\n'
  const again = 'from ._shared import level\n__all__ = ["level"]\n'
  assert.deepEqual(await changesOf(files('', level, ''), files('', again, level)), [
    'compatible name-added orbit.draw.level',
  ])
  assert.deepEqual(
    await changesOf(files('', level, ''), files('from .plan import level\n__all__ = ["level"]\n', level, '')),
    ['compatible name-added orbit.level'],
  )
  assert.deepEqual(await changesOf(files('', level, ''), files('', '', level)), [
    'breaking name-moved orbit.plan.level `orbit.draw.level`',
  ])
})

test('a base of the standard library leads to its own bases', async () => {
  const of = (bases: string): string => `class Plan(${bases}): pass\n`
  assert.deepEqual(await compare(of('type'), of('ABCMeta')), ['compatible base-added orbit.Plan `ABCMeta`'])
  assert.deepEqual(await compare(of('KeyError'), of('Exception')), [
    'breaking base-removed orbit.Plan `KeyError`',
    'compatible base-added orbit.Plan `Exception`',
  ])
  assert.deepEqual(await compare(of('Exception'), of('KeyError')), ['compatible base-added orbit.Plan `KeyError`'])
})
