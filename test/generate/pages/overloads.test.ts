import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bareCode } from '#generate/pages/bare-code.ts'
import { bodyShape } from '#generate/pages/body-shape.ts'
import { callSites } from '#generate/pages/call-sites.ts'
import { argumentsAt, takes } from '#generate/pages/overloads.ts'
import { survey } from '#generate/pages/survey.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, file, sample, subject } from './sample.ts'

const any = file('src/any.java', 'x\n', { language: 'java' })

test('a signature says how many arguments are taken', () => {
  const taken = (signature: string): string =>
    [0, 1, 2, 3, 4].filter((given) => takes(component(any, 'to', { signature }), given)).join('')
  assert.equal(taken('String to()'), '0')
  assert.equal(taken('void to(Map<String, List<? extends A>> a, B b) throws C'), '2')
  assert.equal(taken('void to(A a, Object... rest)'), '1234')
  assert.equal(taken('fun to(a: (Int, Int) -> Unit, b: Int = f(1, 2))'), '12')
  assert.equal(taken('static int to(this A a, int b, params int[] c)'), '1234')
  assert.equal(taken('to(a: A, b?: B): C'), '12')
  assert.equal(taken('to'), '01234')
})

test('arguments are counted without those of calls within them', () => {
  const given = (text: string): number => {
    const bare = bareCode(file('src/a.java', text, { language: 'java' })) ?? ''
    return argumentsAt(bare, bodyShape(bare, 0, bare.length, 'java').closes, bare.indexOf('('))
  }
  assert.equal(given('to()'), 0)
  assert.equal(given('to( /* a, b */ )'), 0)
  assert.equal(given('to(a, b(c, d), new E<F, G>(h, i), "j, k")'), 4)
  assert.equal(given('to(a,\n  b,\n)'), 2)
})

test('overloads have each its own place, and of two that fit none has', () => {
  const code = file(
    'src/code.java',
    'void start() {\n  if (x) to(1);\n  to(1, 2);\n  by(1);\n}\nvoid to(A a)\nvoid to(A a, B b)\nvoid by(A a)\nvoid by(B b)\n',
    { language: 'java' },
  )
  const start = component(code, 'start', { startLine: 1, endLine: 5 })
  const callees = ['to(A a)', 'to(A a, B b)', 'by(A a)', 'by(B b)'].map((signature, index) => {
    const line = { startLine: index + 6, endLine: index + 6 }
    return component(code, signature.slice(0, 2), { id: `${code.path}#${signature}`, signature, ...line })
  })
  const { inventory, analysis } = sample([code], [start, ...callees])
  const sites = callSites(survey(inventory, analysis, partition(inventory, analysis, subject)), start, callees)
  assert.deepEqual(
    [...sites].map(([id, { isBranch }]) => [id, isBranch]),
    [
      [`${code.path}#to(A a)`, true],
      [`${code.path}#to(A a, B b)`, false],
    ],
  )
})
