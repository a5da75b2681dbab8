import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Aborted } from '#base/errors.ts'
import { analyseTexts, edgeTexts } from './analyse-texts.ts'

test('survives nesting 200,000 deep, long chains and long lines', async () => {
  const deep = 200_000
  const analysis = await analyseTexts({
    'brackets.py': `x = ${'['.repeat(deep)}${']'.repeat(deep)}\n`,
    'calls.py': `x = f${'()'.repeat(50_000)}\n`,
    'attributes.py': `x = a${'.b'.repeat(50_000)}\n`,
    'sums.py': `__all__ = []${' + []'.repeat(50_000)}\n`,
    'lambdas.py': `x = ${'lambda: '.repeat(20_000)}1\n`,
    'line.py': `x = [${'"a", '.repeat(50_000)}]\n`,
    'types.py': `def f(x: ${'list['.repeat(20_000)}int${']'.repeat(20_000)}): x.go()\n`,
    'good.py': 'def f(): ...\nf()\n',
  })
  assert.ok(edgeTexts(analysis).includes('good.py -calls-> good.py#f (same-file)'))
})

test('keeps what parses of a broken file and names the file', async () => {
  const analysis = await analyseTexts({
    'broken.py': 'def good(): ...\ndef bad(:\n  x = = 3\nclass Also:\n    def ok(self): ...\n',
    'nul.py': 'def before(): ...\n\0\0\ndef after(): ...\n',
    'surrogate.py': 'x = "\ud800"\ndef f(): "\udfff doc"\n',
    'bom.py': '\ufeff"""Doc."""\ndef first(): ...\n',
  })
  assert.ok(analysis.components.some((component) => component.id === 'broken.py#good'))
  assert.ok(analysis.components.some((component) => component.id === 'nul.py#before'))
  assert.equal(analysis.fileDocs['bom.py'], 'Doc.')
  assert.deepEqual(analysis.reports[0]?.failed.includes('broken.py'), true)
  assert.deepEqual(analysis.reports[0]?.failed.includes('bom.py'), false)
})

test('treats names like __proto__ and constructor as names', async () => {
  const analysis = await analyseTexts({
    '__proto__.py': '"""doc"""\ndef constructor(): ...\nclass __proto__:\n    def toString(self): constructor()\n',
    'use.py': 'import __proto__\n__proto__.constructor()\nhasOwnProperty()\n',
  })
  assert.deepEqual(
    edgeTexts(analysis, (edge) => edge.kind === 'calls'),
    [
      '__proto__.py#__proto__.toString -calls-> __proto__.py#constructor (same-file)',
      'use.py -calls-> __proto__.py#constructor (import)',
    ],
  )
  assert.equal(Object.entries(analysis.fileDocs).length, 1)
})

test('cyclic inheritance, cyclic values and a tangle of re-exports end', async () => {
  const chain = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, i) => [`m${i}.py`, `from m${i + 1} import thing\n`] as const),
  )
  const analysis = await analyseTexts({
    ...chain,
    'm2000.py': 'def thing(): ...\n',
    'cycle.py':
      'class A(B): ...\nclass B(A): ...\nA().x()\nx = y\ny = x\nx.z()\ndef f(): return g()\ndef g(): return f()\nf().h()\n',
    'self.py': 'class A(A): ...\n',
    'exponential.py': `${Array.from({ length: 40 }, (_, i) => `x${i + 1} = (x${i}.a or x${i}.b)`).join('\n')}\n`,
  })
  assert.ok(analysis.components.some((component) => component.id === 'cycle.py#A'))
})

test('gives up when it is told to', async () => {
  const controller = new AbortController()
  controller.abort()
  await assert.rejects(analyseTexts({ 'a.py': 'x = 1\n' }, { signal: controller.signal }), Aborted)
})

test('gives the same result twice', async () => {
  const texts = {
    'p/__init__.py': 'from .a import A\n',
    'p/a.py': 'from . import b\nclass A(b.B):\n    def go(self): self.stay()\n',
    'p/b.py': 'from p import A\nclass B:\n    def stay(self) -> A: ...\n',
  }
  assert.equal(JSON.stringify(await analyseTexts(texts)), JSON.stringify(await analyseTexts(texts)))
})

test('an error in one file costs that file, which is named', async () => {
  const analysis = await analyseTexts(
    { 'a.py': 'from b import f\nf()\n', 'b.py': 'from a import g\ndef f(): ...\n', 'c.py': 'from b import f\nf()\n' },
    {
      onWork: (path) => {
        if (path === 'a.py') throw new RangeError('Maximum call stack size exceeded')
      },
    },
  )
  assert.deepEqual(analysis.reports[0]?.failed, ['a.py'])
  assert.ok(edgeTexts(analysis).includes('c.py -calls-> b.py#f (import)'), edgeTexts(analysis).join('\n'))
  assert.ok(!edgeTexts(analysis).some((edge) => edge.startsWith('a.py')))
})
