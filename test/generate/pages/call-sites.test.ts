import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callSites } from '#generate/pages/calls/call-sites.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { analysedSample } from './real-sample.ts'
import { subject } from './sample.ts'

/** What `start` of a file calls: in order, `?` where it may be passed over, `*` where it may happen again, and the context. */
async function sitesIn(path: string, text: string): Promise<string[]> {
  const { inventory, analysis } = await analysedSample({ [path]: text })
  const facts = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  const start = facts.components.get(`${path}#start`)
  assert.ok(start)
  return [...callSites(facts, start, [...facts.components.values()])]
    .sort(([, a], [, b]) => a.order - b.order)
    .map(([id, { isBranch, isLoop, context }]) => {
      const marks = `${isBranch ? '?' : ''}${isLoop ? '*' : ''}`
      return `${id.slice(id.indexOf('#') + 1)}${marks}${context === null ? '' : ` ${context}`}`
    })
}

const NAMES = ['one', 'two', 'three', 'four', 'five', 'six']
const python = NAMES.map((name) => `def ${name}(x=0): return x\n`).join('')

test('what follows an early return is not always called, and says why', async () => {
  const body = 'def start(x):\n    one(two())\n    if x: return three()\n    four()\n    for y in x: five()\n'
  assert.deepEqual(await sitesIn('a.py', python + body), [
    'two',
    'one',
    'three? branch',
    'four? guarded',
    'five?* loop',
  ])
})

test('the call that always happens is taken before one in a branch, one that handles an error last', async () => {
  const body =
    'def start(x):\n    if x: one()\n    one()\n    try: two()\n    except E: three()\n    finally: four()\n    if x: three()\n    return lambda: five()\n'
  assert.deepEqual(await sitesIn('a.py', python + body), ['one', 'two', 'four', 'three? branch', 'five'])
})

test('what Python runs when it defines a function is no call of it, and what may be one of several is left out', async () => {
  const body =
    'HANDLERS = {"a": two, "b": three}\ndef start(\n    x=one(),\n):\n    four()\n    return HANDLERS[x](five())\n'
  const sites = await sitesIn('a.py', python + body)
  assert.ok(!sites.some((one) => one.startsWith('one')), sites.join())
  assert.ok(sites.includes('four'))
  assert.ok(!sites.some((one) => /^(?:two|three)/.test(one)), sites.join())
})

test('errors that are made are left out', async () => {
  const body =
    'class Bad(Exception): pass\nclass BadError(Bad): pass\ndef start(x):\n    if x: raise BadError(one())\n    two()\n'
  assert.deepEqual(await sitesIn('a.py', python + body), ['one? branch', 'two? guarded'])
})

test('overloads have each its own place', async () => {
  const text =
    'class A {\n  void start(int x) {\n    if (x > 0) to(1);\n    to(1, 2);\n  }\n  void to(int a) {}\n  void to(int a, int b) {}\n}\n'
  const { inventory, analysis } = await analysedSample({ 'A.java': text })
  const facts = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  const start = facts.components.get('A.java#A.start')
  assert.ok(start)
  const sites = callSites(facts, start, [...facts.components.values()])
  assert.deepEqual(
    [...sites].map(([id, { isBranch }]) => [id, isBranch]),
    [
      ['A.java#A.to', true],
      ['A.java#A.to~2', false],
    ],
  )
})

test('what a promise calls where it fails is error handling, and all lines of mixed calls are there', async () => {
  const text =
    'function one () {}\nfunction two () {}\nfunction three () {}\nfunction start (x) {\n  x.then(() => two()).catch((e) => {\n    one()\n  })\n  if (x) three()\n  for (const y of x) three()\n}\n'
  const { inventory, analysis } = await analysedSample({ 'a.js': text })
  const facts = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  const start = facts.components.get('a.js#start')
  assert.ok(start)
  const sites = callSites(facts, start, [...facts.components.values()])
  assert.equal(sites.get('a.js#one')?.isAfterError, true)
  assert.equal(sites.get('a.js#two')?.isAfterError, false)
  assert.deepEqual(
    sites.get('a.js#three')?.places.map(({ line }) => line),
    [8, 9],
  )
})
