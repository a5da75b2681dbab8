import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chancesFrom } from '#generate/pages/calls/call-chances.ts'
import { callsIn } from '#generate/pages/calls/find-steps.ts'
import { indexRepo, type RepoIndex } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { analysedSample } from './real-sample.ts'
import { subject } from './sample.ts'

const define = (name: string, lines: readonly string[]): string =>
  `def ${name}(x):\n${['x = x + 1', 'x = x + 2', ...lines, 'return x'].map((line) => `    ${line}\n`).join('')}\n`

const numbered = (count: number, write: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => write(index))

/** `start` calls handlers, each under a condition of its own, that call one function which calls many others. */
async function dispatching(handlers: number, leaves: number): Promise<RepoIndex> {
  const text = [
    define(
      'start',
      numbered(handlers, (index) => `if x == ${index}: handle${index}(x)`),
    ),
    ...numbered(handlers, (index) => define(`handle${index}`, ['hub(x)'])),
    define(
      'hub',
      numbered(leaves, (index) => `leaf${index}(x)`),
    ),
    ...numbered(leaves, (index) => define(`leaf${index}`, [])),
  ].join('')
  const { inventory, analysis } = await analysedSample({ 'a.py': text })
  return indexRepo(inventory, analysis, partition(inventory, analysis, subject))
}

function callsOf(repo: RepoIndex): string[] {
  const start = repo.components.get('a.py#start')
  assert.ok(start)
  return callsIn(repo, start, new Map(), () => true).map(({ callee }) => callee.name)
}

/** Counts the starts of following calls. */
class Counted<K, V> extends Map<K, V> {
  asked = 0
  override has(key: K): boolean {
    this.asked++
    return super.has(key)
  }
}

test('what the callees of a function lead to is followed once for each, not for each pair', async () => {
  const repo = await dispatching(80, 40)
  const callees = new Counted(repo.callees)
  const names = callsOf({ ...repo, callees })
  assert.deepEqual(
    names,
    numbered(80, (index) => `handle${index}`),
  )
  assert.ok(callees.asked < 1_000, `${callees.asked}`)
})

test('a function that calls more than a hundred others has no steps', async () => {
  assert.equal(callsOf(await dispatching(100, 1)).length, 100)
  assert.deepEqual(callsOf(await dispatching(101, 1)), [])
})

test('of what a call leads to, no more than some thousand calls are followed', async () => {
  for (const [count, isReached] of [
    [20, true],
    [60, false],
  ] as const) {
    const all = numbered(100, (index) => `leaf${index}(x)`)
    const text = [
      define(
        'start',
        numbered(count, (index) => `next${index}(x)`),
      ),
      ...numbered(count, (index) => define(`next${index}`, index === count - 1 ? ['late(x)'] : all)),
      ...numbered(100, (index) => define(`leaf${index}`, [])),
      define('late', []),
    ].join('')
    const { inventory, analysis } = await analysedSample({ 'a.py': text })
    const repo = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
    const start = repo.components.get('a.py#start')
    assert.ok(start)
    assert.equal(chancesFrom(repo, start).has('a.py#late'), isReached)
  }
})

test('a function does not call what a closure does that it stores', async () => {
  const body = '{\n\tx++\n\tx++\n\tx++\n\treturn x\n}\n'
  const stored =
    'func(x int) int {\n\t\tswitch x {\n\t\tcase 1:\n\t\t\treturn 1\n\t\tdefault:\n\t\t\treturn two(x)\n\t\t}\n\t}'
  const { inventory, analysis } = await analysedSample({
    'a.go': `package a\n\nfunc start() {\n\tone(1)\n\tkeep(map[string]func(int) int{"a": ${stored}})\n}\n\nfunc one(x int) int ${body}\nfunc two(x int) int ${body}`,
  })
  const repo = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  const start = repo.components.get('a.go#start')
  assert.ok(start)
  assert.deepEqual(
    callsIn(repo, start, new Map(), () => true).map(({ callee }) => callee.name),
    ['one'],
  )
})
