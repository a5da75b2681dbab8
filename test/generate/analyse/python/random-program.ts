/** Small programs of Python from a seed, and random changes of them: everything names everything else. */

export type Random = (limit: number) => number

/** Numbers below a limit, the same for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

const PATHS = [
  'p/__init__.py',
  'p/a.py',
  'p/b.py',
  'p/q/__init__.py',
  'p/q/c.py',
  'p/q/d.py',
  'lib/e.py',
  'main.py',
  'tests/conftest.py',
  'tests/test_f.py',
]
const MODULES = ['p', 'p.a', 'p.b', 'p.q', 'p.q.c', 'p.q.d', 'lib.e', '.', '.a', '.b', '..', '..a', '.c', '.d']

/** Files as lists of what stands in them. */
export type Program = Map<string, string[]>

export function makeProgram(random: Random): Program {
  const program: Program = new Map()
  for (const path of PATHS) if (random(8) > 0) program.set(path, makeParts(random))
  return program
}

/** With a file that asks every module for everything. */
export function textsOf(program: Program): Record<string, string> {
  const texts = [...program].map(([path, parts]) => [path, `${parts.join('\n')}\n`])
  return { ...Object.fromEntries(texts), 'probe.py': PROBE }
}

const PROBE = MODULES.filter((module) => !module.startsWith('.'))
  .flatMap((module) => [
    `import ${module} as m`,
    `def ask_${module.replaceAll('.', '_')}():`,
    `    import ${module} as m`,
    ...[...'ABCfgxyaq'].flatMap((name) =>
      ['go()', 'stay()', 'x.go()', 'y.turn()', 'go().stay()'].map((use) => `    m.${name}().${use}; m.${name}.${use}`),
    ),
  ])
  .join('\n')

/** Change one thing: a part of a file, its order, the file itself or its name. */
export function change(program: Program, random: Random): void {
  const paths = [...program.keys()]
  const path = paths[random(paths.length)] ?? 'main.py'
  const parts = program.get(path) ?? []
  switch (random(18)) {
    case 0:
      program.delete(path)
      break
    case 1:
      program.set(PATHS[random(PATHS.length)] ?? path, makeParts(random))
      break
    case 2: {
      const free = PATHS.find((one) => !program.has(one))
      if (free === undefined) break
      program.delete(path)
      program.set(free, parts)
      break
    }
    case 3:
      program.set(path, [...parts, `# ${random(1_000)}`])
      break
    case 4:
      program.set(path, [...parts.slice(1), ...parts.slice(0, 1)])
      break
    case 5:
      program.set(path, [makeImport(random), ...parts])
      break
    case 6:
      program.set(path, changedBody(parts, random))
      break
    case 7:
      program.set(path, withPart(parts, random, makePart(random)))
      break
    case 8:
    case 9:
      program.set(path, withOtherName(parts, random))
      break
    case 10:
      program.set(path, withoutLine(parts, random))
      break
    case 11:
      program.set(path, [...parts, makePart(random)])
      break
    default:
      program.set(path, withValue(parts, random))
  }
}

function withPart(parts: readonly string[], random: Random, part: string): string[] {
  const index = random(Math.max(1, parts.length))
  return parts.map((one, at) => (at === index ? part : one))
}

/** Another name in one place: of a definition, a base, a parameter, a use, an import, in `__all__`. */
function withOtherName(parts: readonly string[], random: Random): string[] {
  const index = random(Math.max(1, parts.length))
  const part = parts[index] ?? ''
  const names = [...part.matchAll(/\b(?:[ABCTfgxyaq]|len)\b/g)]
  const chosen = names[random(Math.max(1, names.length))]
  if (chosen === undefined) return [...parts]
  const end = chosen.index + chosen[0].length
  return parts.map((one, at) => (at === index ? part.slice(0, chosen.index) + makeName(random) + part.slice(end) : one))
}

/** Without one of the lines of a part, and so perhaps no valid program. */
function withoutLine(parts: readonly string[], random: Random): string[] {
  const index = random(Math.max(1, parts.length))
  const lines = (parts[index] ?? '').split('\n')
  lines.splice(random(lines.length), 1)
  return parts.map((one, at) => (at === index ? lines.join('\n') : one))
}

/** Another value that is assigned, returned or yielded. */
function withValue(parts: readonly string[], random: Random): string[] {
  const values = parts.flatMap((part, at) =>
    [...part.matchAll(/(?:\w = |return |yield )(.+)/g)].map((value) => ({ at, value })),
  )
  const chosen = values[random(Math.max(1, values.length))]
  if (chosen === undefined) return [...parts, makePart(random)]
  const { at, value } = chosen
  const end = value.index + value[0].length
  const start = end - (value[1]?.length ?? 0)
  return parts.map((part, index) => (index === at ? part.slice(0, start) + makeUse(random) + part.slice(end) : part))
}

/** A line more at the end of each part: mostly inside of the last function of it. */
function changedBody(parts: readonly string[], random: Random): string[] {
  const index = random(Math.max(1, parts.length))
  return parts.map((part, at) => (at === index ? part.replace(/( +)(?=[^\n]*$)/, `$1${makeUse(random)}\n$1`) : part))
}

function makeParts(random: Random): string[] {
  const parts: string[] = []
  for (let i = random(4); i >= 0; i--) parts.push(makeImport(random))
  for (let i = random(5); i >= 0; i--) parts.push(makePart(random))
  return parts
}

function makeImport(random: Random): string {
  const module = MODULES[random(MODULES.length)] ?? 'p'
  const isRelative = module.startsWith('.')
  switch (random(isRelative ? 3 : 5)) {
    case 0:
      return `from ${module} import *`
    case 1:
    case 2:
      return `from ${module} import ${makeName(random)}, ${makeName(random)} as ${makeName(random)}`
    case 3:
      return `import ${module}`
    default:
      return `import ${module} as ${makeName(random)}`
  }
}

/** `len` may hide the built-in function. */
const NAMES = [...'AABBCffgxyaqAABBCffgxyaqT', 'len']

function makeName(random: Random): string {
  return NAMES[random(NAMES.length)] ?? 'A'
}

function makeMethod(random: Random): string {
  return `${['go', 'stay', 'turn', 'rarely'][random(4)]}`
}

function makeUse(random: Random): string {
  const object = random(3) === 0 ? `${makeName(random)}()` : makeName(random)
  switch (random(8)) {
    case 0:
      return `${object}.${makeMethod(random)}()`
    case 1:
      return `${object}.${makeMethod(random)}().${makeMethod(random)}()`
    case 2:
      return `${object}.${makeName(random)}`
    case 3:
      return `${object} or ${makeName(random)}(${makeName(random)})`
    case 4:
      return `p.q.${makeName(random)}.${makeMethod(random)}()`
    case 5:
      return `${object}.x.${makeMethod(random)}()`
    default:
      return `${makeName(random)}()`
  }
}

function makePart(random: Random): string {
  const name = makeName(random)
  const use = (): string => makeUse(random)
  if (random(2) === 0) return makeRarePart(random, name, use)
  switch (random(12)) {
    case 0:
      return `class ${name}(${makeName(random)}):\n    """A."""\n    y: ${makeName(random)}\n    def ${makeMethod(random)}(self):\n        self.x = ${use()}\n        return self.y`
    case 1:
      return `class ${name}(p.${makeName(random)}, ${makeName(random)}):\n    def __init__(self, x: ${makeName(random)}): self.x = x\n    def ${makeMethod(random)}(self) -> ${makeName(random)}: return ${use()}\n    def ${makeMethod(random)}(self): return self`
    case 2:
      return `class ${name}:\n    x = ${use()}\n    @property\n    def ${makeMethod(random)}(self): return ${use()}\n    def ${makeMethod(random)}(self): self.${makeMethod(random)}()`
    case 3:
      return `def ${name}(x, y=${makeName(random)}):\n    x.${makeMethod(random)}()\n    return ${use()}`
    case 4:
      return `def ${name}(x) -> ${makeName(random)}:\n    return ${use()}`
    case 5:
      return `def ${name}():\n    global ${makeName(random)}, x\n    x = ${use()}\n    yield x`
    case 6:
      return `def ${name}():\n    from p.q import ${makeName(random)}\n    return ${makeName(random)}`
    case 7:
      return `${name} = ${use()}`
    case 8:
      return `__all__ = ["${makeName(random)}", "${makeName(random)}"]`
    case 9:
      return `__all__ = ["${makeName(random)}"] + ${makeName(random)}.__all__`
    case 10:
      return `@fixture\ndef ${name}(${makeName(random)}):\n    yield ${use()}`
    default:
      return `def test_${name}(${makeName(random)}, ${makeName(random)}):\n    for x in ${use()}:\n        x.${makeMethod(random)}()\n        ${use()}`
  }
}

function makeRarePart(random: Random, name: string, use: () => string): string {
  const other = (): string => makeName(random)
  switch (random(22)) {
    case 0:
      return `def ${name}(f):\n    def inner(x):\n        y = ${use()}\n        return f(y) or ${use()}\n    return inner`
    case 1:
      return `@${other()}\ndef ${name}(x: "${other()}", *a, y: ${other()} = ${other()}) -> "list[${other()}]": ...`
    case 2:
      return `class ${name}[T: ${other()}](${other()}):\n    def ${makeMethod(random)}(self, x: T) -> T:\n        return super().${makeMethod(random)}()`
    case 3:
      return `class ${name}:\n    class ${other()}(${other()}):\n        x = ${use()}\n        def ${makeMethod(random)}(self): return self.x`
    case 4:
      return `if ${use()}:\n    from .${['a', 'b', 'c'][random(3)]} import ${name}\nelse:\n    ${name} = ${use()}`
    case 5:
      return `try:\n    import p.${['a', 'b', 'q'][random(3)]} as ${name}\nexcept ${other()} as ${other()}:\n    def ${name}(): return ${use()}`
    case 6:
      return `NAMES = {"${name}": ".${['a', 'b', 'c'][random(3)]}", "${other()}": (".a", "${other()}")}\ndef __getattr__(name): return ${use()}`
    case 7:
      return `${name}, (${other()}, *${other()}) = ${use()}, (${use()}, ${use()})`
    case 8:
      return `for ${name} in ${use()}:\n    ${other()} = ${name}.${makeMethod(random)}()\nwith ${use()} as ${other()}: ${use()}`
    case 9:
      return `${name} = lambda x: [${use()} for ${other()} in ${use()} if (y := ${use()})]`
    case 10:
      return `__all__ += ["${name}"]\n__all__.extend(${other()}.__all__)`
    case 11:
      return `def ${name}():\n    from ${MODULES[random(7)]} import *\n    return ${use()}`
    case 12:
      return `def ${name}():\n    class ${other()}(${other()}):\n        def __init__(self): self.x = ${use()}\n        def ${makeMethod(random)}(self): return self.x\n    return ${other()}()`
    case 13:
      return `${name} = Union[${other()}, ${other()}]\ny: ${name} = None`
    case 14:
      return `${name} = TypeVar("${name}", bound=${other()})\ntype ${other()} = ${other()} | None`
    case 15:
      return `class ${name}(Enum):\n    a = ${use()}\n    x: ClassVar[${other()}]\n    global ${other()}\n    ${other()} = ${use()}`
    case 16:
      return `class ${name}:\n    def __enter__(self): return ${use()}\n    def __iter__(self): yield ${use()}\n    def __call__(self, x): return ${use()}\n    def __add__(self, x): return ${other()}`
    case 17:
      return `def ${name}(x):\n    with x as y, ${use()} as a:\n        for q in y: return (q + a, ${use()})\n    return len(x)[0]`
    case 18:
      return `class ${name}(${other()}, metaclass=${other()}):\n    x: "${other()}"\n    @classmethod\n    def ${makeMethod(random)}(cls, y): return cls(${use()})\n    @${other()}.setter\n    def ${makeMethod(random)}(self, y): self.y, self.q = y, ${use()}`
    case 19:
      return `${name} = ${other()} = ${use()}\nlen(${name})`
    case 20:
      return `def ${name}(x):\n    def ${other()}():\n        nonlocal x\n        x = ${use()}\n        global ${other()}\n        def ${other()}(): return ${use()}\n        return x\n    return ${other()}()`
    default:
      return `def ${name}(x=${use()}):\n    """${other()}."""\n    if x: return ${use()}\n    return [${use()}, {${use()}: ${use()}}]`
  }
}
