import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type GrammarChoice, loadGrammar } from '#generate/analyse/tree-sitter.ts'

const choice: GrammarChoice = {
  wasm: 'tree-sitter-python/tree-sitter-python.wasm',
  kinds: { module: 1, call: 2, identifier: 3, argument_list: 4, ERROR: 5 },
  ignored: [],
  comment: 'comment',
  hasParts(_kind, text) {
    if (text.includes('make it fail')) throw new Error('stands for an aborted instance')
    return true
  },
}

test('copies the named nodes in document order, comments apart', async () => {
  const grammar = await loadGrammar(choice)
  const tree = await grammar.parse('# é\nf(a, # b\n  g())\n', 1_000)
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
  assert.equal(tree.flat(tree.start(2), tree.end(2)), 'f(a, g())')
  assert.deepEqual([tree.startLine(2), tree.endLine(2), tree.hasError], [2, 3, false])
})

test('gives up on texts that are too long or too slow, and parses the next', async () => {
  const grammar = await loadGrammar(choice)
  assert.equal(await grammar.parse(' '.repeat(5_000_000), 1_000), 'too long')
  assert.equal(await grammar.parse('f()\n'.repeat(20_000), 0), 'too slow')
  const tree = await grammar.parse('f()', 1_000)
  assert.ok(typeof tree !== 'string' && !tree.hasError)
})

test('loads a new instance after one that failed, for every grammar', async () => {
  const first = await loadGrammar(choice)
  const second = await loadGrammar({ ...choice })
  assert.equal(await first.parse('make it fail', 1_000), 'aborted')
  for (const grammar of [first, second]) {
    const tree = await grammar.parse('f(', 1_000)
    assert.ok(typeof tree !== 'string' && tree.hasError)
  }
})
