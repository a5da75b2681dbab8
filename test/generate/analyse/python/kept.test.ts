import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodeAnalysis, KeptResults } from '#generate/analyse/analyser.ts'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { analyseTexts, edgeTexts, type Texts } from './analyse-texts.ts'
import { change, createRandom, makeProgram, textsOf } from './random-program.ts'

const PROGRAMS = 10
const CHANGES = 15

interface Kept {
  readonly kept: KeptResults
  readonly bytes: Map<string, Uint8Array>
}

function createKept(): Kept {
  const bytes = new Map<string, Uint8Array>()
  const cache = new ResultsCache(
    {
      read: async (name) => bytes.get(name),
      write: async (name, value) => void bytes.set(name, value),
    },
    'repository',
  )
  return { kept: { cache, surroundings: 'version surroundings' }, bytes }
}

/** The analysis with what was kept, checked against one without, and the files that were worked out again. */
async function again(texts: Texts, { kept }: Kept): Promise<{ analysis: CodeAnalysis; worked: string[] }> {
  const worked: string[] = []
  const analysis = await analyseTexts(texts, { kept, onWork: (path) => worked.push(path) })
  assert.equal(JSON.stringify(analysis), JSON.stringify(await analyseTexts(texts)))
  return { analysis, worked }
}

test('with what was kept the result is that of a new analysis, whatever changes', async () => {
  let worked = 0
  let files = 0
  for (let seed = 1; seed <= PROGRAMS; seed++) {
    const random = createRandom(seed)
    const program = makeProgram(random)
    const kept = createKept()
    for (let step = 0; step < CHANGES; step++) {
      const texts = textsOf(program)
      const result = await again(texts, kept).catch((error: Error) => {
        throw new Error(`seed ${seed}, step ${step}: ${error.message}`)
      })
      if (step > 0) {
        worked += result.worked.length
        files += program.size
      }
      change(program, random)
    }
  }
  // Nearly everything depends on everything in these programs, and still not all of it is done again.
  assert.ok(worked > files * 0.1 && worked < files * 0.9, `${worked} of ${files} files`)
})

test('what is kept has the bytes of a new analysis, also with all that a comment says', async () => {
  const kept = createKept()
  const texts = {
    'a.py': [
      'from typing import overload\n\n@overload\ndef draw(size: int) -> int: ...\n@overload\ndef draw(size: str) -> str: ...',
      '@check\ndef draw(size):\n    "Draws.\\n\\n    Args:\\n        size: How large.\\n\\n    "\n    return size\n',
    ].join('\n'),
  }
  const [first] = (await again(texts, kept)).analysis.components
  assert.deepEqual(Object.keys(first ?? {}).slice(-6), [
    'overloads',
    'implementation',
    'decorators',
    'doc',
    'details',
    'parent',
  ])
  await again(texts, kept)
})

test('a decorated function of every branch is kept with the bytes of a new analysis', async () => {
  const kept = createKept()
  const branch = '    @functools.cache\n    def draw(): ...\n'
  const texts = { 'a.py': `import functools, sys\nif sys.argv:\n${branch}else:\n${branch}` }
  await again(texts, kept)
  await again(texts, kept)
})

test('what every branch of an if defines is kept as such', async () => {
  const kept = createKept()
  const texts = {
    'a.py':
      'import sys\n\nif sys.platform == "win32":\n    def open(): ...\nelse:\n    def open():\n        return 1\n',
  }
  const [first] = (await again(texts, kept)).analysis.components
  assert.equal(first?.condition, '')
  await again(texts, kept)
})

const TEXTS: Texts = {
  'p/__init__.py': 'from .a import A\nfrom . import b\n',
  'p/a.py':
    'from .b import helper\nclass A:\n    def go(self) -> int:\n        return 1\n    def other(self):\n        helper()\n        return self\ndef make():\n    return A()\n',
  'p/b.py': 'def helper() -> int:\n    x = 1\n    return x\ndef rare(): ...\n',
  'use.py': 'from p import A\nfrom p.a import make\nmake().go()\nA.other().go\n',
  'far.py': 'import use\n',
  'alone.py': 'def f(x): x.rare()\n',
}

async function afterChange(path: string, from: string, to: string) {
  const kept = createKept()
  await again(TEXTS, kept)
  const text = TEXTS[path] ?? ''
  assert.ok(text.includes(from))
  return again({ ...TEXTS, [path]: text.replace(from, to) }, kept)
}

test('works nothing out again when nothing changed', async () => {
  const kept = createKept()
  assert.deepEqual((await again(TEXTS, kept)).worked, Object.keys(TEXTS).sort())
  assert.deepEqual((await again(TEXTS, kept)).worked, [])
})

test('a change inside of a function concerns its file alone', async () => {
  assert.deepEqual((await afterChange('p/a.py', 'return 1', 'helper()\n        return 2')).worked, ['p/a.py'])
  assert.deepEqual((await afterChange('p/b.py', 'x = 1', 'x = rare()')).worked, ['p/b.py'])
  assert.deepEqual((await afterChange('p/a.py', 'class A:', '# a comment\nclass A:\n    """Doc."""')).worked, [
    'p/a.py',
  ])
})

test('a change of what a function gives concerns those who use that', async () => {
  const { worked, analysis } = await afterChange('p/a.py', 'return A()', 'return 1')
  assert.deepEqual(worked, ['p/a.py', 'use.py'])
  assert.ok(!edgeTexts(analysis).includes('use.py -calls-> p/a.py#A.go (receiver-type)'))
})

const LINKED: Texts = {
  'app/__init__.py': 'from .base import Base\nfrom . import names\n',
  'app/base.py': 'from . import names, user\nclass Base:\n    def start(self):\n        return names.make()\n',
  'app/names.py':
    'from . import user\n__all__ = ["make"]\nLIMIT = 1\ndef make():\n    return Product()\nclass Product:\n    def sell(self): ...\n',
  'app/star.py': 'from .names import *\nmake()\nlen(LIMIT)\n',
  'app/user.py': 'from .base import Base\nclass User(Base):\n    def stop(self): ...\nUser().start().sell()\n',
  'app/last.py': 'from .user import User\nUser().close()\nUser().stop()\n',
}

/** The files that are resolved again after a change of one of the linked files, which import each other. */
async function resolvedAfter(path: string, from: string, to: string): Promise<string[]> {
  const kept = createKept()
  await again(LINKED, kept)
  const text = LINKED[path] ?? ''
  assert.ok(text.includes(from))
  const { worked } = await again({ ...LINKED, [path]: text.replace(from, to) }, kept)
  return worked.map((one) => one.slice('app/'.length))
}

test('a change concerns those who read the part that changed, not all who import its file', async () => {
  const after = resolvedAfter
  assert.deepEqual(await after('app/names.py', 'LIMIT', 'def unheard(): ...\nLIMIT'), ['names.py'])
  assert.deepEqual(await after('app/names.py', 'return Product()', 'return 1'), ['base.py', 'names.py', 'user.py'])
  assert.deepEqual(await after('app/names.py', 'def sell', 'def buy'), ['names.py', 'user.py'])
  assert.deepEqual(await after('app/names.py', '["make"]', '["make", "LIMIT"]'), ['names.py', 'star.py'])
  assert.deepEqual(await after('app/names.py', '["make"]', '["make", "len"]\ndef len(x): ...'), ['names.py', 'star.py'])
  assert.deepEqual(await after('app/base.py', 'def start', 'def close(self): ...\n    def start'), [
    'base.py',
    'last.py',
  ])
  assert.deepEqual(await after('app/base.py', 'class Base', 'class Other: ...\nclass Base'), ['base.py'])
  assert.deepEqual(await after('app/user.py', '(Base)', ''), ['last.py', 'user.py'])
})

test('a change concerns those who looked up more names than are told apart', async () => {
  const kept = createKept()
  const uses = Array.from({ length: 3_000 }, (_, index) => `A().m${index}()`).join('\n')
  const texts = { 'a.py': 'import b\nb.A\n', 'b.py': 'class A: ...\n', 'c.py': `from b import *\n${uses}\n` }
  await again(texts, kept)
  const { worked } = await again({ ...texts, 'b.py': 'class A:\n    def m2999(self): ...\n' }, kept)
  assert.deepEqual(worked, ['b.py', 'c.py'])
})

test('a new function of a leaf concerns nobody else, but guesses are made anew', async () => {
  const { worked, analysis } = await afterChange('alone.py', 'def f', 'class B:\n    def rare(self): ...\ndef f')
  assert.deepEqual(worked, ['alone.py'])
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.origin === 'unique-name'),
    [],
  )
})

test('what is kept damaged, of another version or of another repository is not used', async () => {
  const kept = createKept()
  await again(TEXTS, kept)
  for (const [name, bytes] of kept.bytes) kept.bytes.set(name, bytes.slice(0, bytes.length >> 1))
  assert.equal((await again(TEXTS, kept)).worked.length, Object.keys(TEXTS).length)
  const other = { ...kept, kept: { ...kept.kept, surroundings: 'other surroundings' } }
  assert.equal((await again(TEXTS, other)).worked.length, Object.keys(TEXTS).length)
})
