import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { loadSyntax, type SyntaxChoice } from '#generate/analyse/load-syntax.ts'
import { hasNoInstancesLeft, loadGrammar, nodes } from '#generate/analyse/tree-sitter.ts'
import { inventoryOf } from './inventory-of.ts'

const choice: SyntaxChoice = {
  wasm: 'tree-sitter-python/tree-sitter-python.wasm',
  sha256: '16108b50df4ee9a30168794252ab55e7c93bfc5765d7fa0aa3e335752c515f47',
  kinds: { module: 1, call: 2, identifier: 3, argument_list: 4, ERROR: 5 },
  ignored: [],
  comment: 'comment',
  hasParts: () => true,
}

test('tries again after an instance that did not start', async () => {
  const { Memory } = WebAssembly
  WebAssembly.Memory = class {
    constructor() {
      throw new RangeError('no memory')
    }
  } as unknown as typeof Memory
  try {
    await assert.rejects(loadSyntax(choice), /no memory/)
  } finally {
    WebAssembly.Memory = Memory
  }
  const parse = await loadSyntax(choice)
  assert.notEqual(typeof (await parse('f()', 1_000)), 'string')
})

test('copies the named nodes in document order, comments apart', async () => {
  const parse = await loadSyntax(choice)
  const tree = await parse('# é\nf(a, # b\n  g())\n', 1_000)
  assert.ok(typeof tree !== 'string')
  const nodes = Array.from(
    { length: tree.size },
    (_, node) => `${tree.kind(node)} ${JSON.stringify(tree.textOf(node))}`,
  )
  assert.deepEqual(nodes.slice(2), [
    '2 "f(a, # b\\n  g())"',
    '3 "f"',
    '4 "(a, # b\\n  g())"',
    '3 "a"',
    '2 "g()"',
    '3 "g"',
    '4 "()"',
  ])
  assert.deepEqual(
    tree.children(4).map((node) => tree.textOf(node)),
    ['a', 'g()'],
  )
  assert.deepEqual([tree.startLine(2), tree.endLine(2), tree.hasError], [2, 3, false])
})

test('texts that are parsed at once get their own trees', async () => {
  const parse = await loadSyntax(choice)
  const trees = await Promise.all([parse('f(x)\n', 1_000), parse('g()\nh()\ni()\n', 1_000)])
  const names = trees.map((tree) => {
    assert.ok(typeof tree !== 'string')
    const identifiers = Array.from({ length: tree.size }, (_, node) => node).filter((node) => tree.kind(node) === 3)
    return identifiers.map((node) => tree.textOf(node))
  })
  assert.deepEqual(names, [
    ['f', 'x'],
    ['g', 'h', 'i'],
  ])
})

test('gives up on texts that are too long or too slow, and parses the next', async () => {
  const parse = await loadSyntax(choice)
  assert.equal(await parse(' '.repeat(5_000_000), 1_000), 'too long')
  assert.equal(await parse('f()\n'.repeat(20_000), 0), 'too slow')
  const tree = await parse('f()', 1_000)
  assert.ok(typeof tree !== 'string' && !tree.hasError)
})

test('loads a new instance after one that failed, for every grammar', async (context) => {
  const first = await loadSyntax(choice)
  const second = await loadSyntax({ ...choice })
  // Stands for an instance that aborts: the clock is asked in the middle of parsing.
  const clock = context.mock.method(performance, 'now', () => {
    throw new Error('aborted')
  })
  assert.equal(await first('f()', 1_000), 'out of memory')
  clock.mock.restore()
  for (const parse of [first, second]) {
    const tree = await parse('f(', 1_000)
    assert.ok(typeof tree !== 'string' && tree.hasError)
  }
})

test('an error in the code that reads the nodes is reported as it is, and the next text is parsed', async (context) => {
  const { parse } = await loadGrammar(choice.wasm, choice.sha256)
  const reserve = context.mock.method(nodes, 'reserve', () => {
    throw new TypeError('a mistake')
  })
  for (let count = 0; count < 4; count++)
    assert.match((await parse('f()', 1_000)) ?? '', /^failed: TypeError: a mistake\n/)
  reserve.mock.restore()
  assert.equal(await parse('f()', 1_000), undefined)
})

test('refuses a grammar that is not the one that was chosen', async () => {
  await assert.rejects(loadGrammar(choice.wasm, '0'.repeat(64)), /does not have the expected SHA-256/)
})

// The last one: this thread parses nothing more.
test('names the text at which the last instance fails, and has the others read by another thread', async (context) => {
  const parse = await loadSyntax(choice)
  const clock = context.mock.method(performance, 'now', () => {
    throw new Error('aborted')
  })
  for (let count = 0; count < 20 && !hasNoInstancesLeft(); count++)
    assert.equal(await parse('f()', 1_000), 'out of memory')
  clock.mock.restore()
  assert.ok(hasNoInstancesLeft())
  assert.equal(await parse('f()', 1_000), 'out of memory')
  const inventory = await inventoryOf({ 'a.go': 'package a\n\nfunc A() {}\n', 'b.py': 'def b(): pass\n' })
  const { components } = await analyse(inventory, { signal: new AbortController().signal, onProgress() {} })
  assert.deepEqual(
    components.map((one) => one.id),
    ['a.go#A', 'b.py#b'],
  )
})
