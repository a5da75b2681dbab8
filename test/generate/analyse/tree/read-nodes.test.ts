/** What is read from the parser's memory is what the library's own cursor says, for every grammar. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Tree } from 'web-tree-sitter'
import { c } from '#generate/analyse/languages/c/c.ts'
import { NodeFlag } from '#generate/analyse/tree/nodes.ts'
import { loadGrammar, nodes } from '#generate/analyse/tree-sitter.ts'
import { bothGrammars } from '../query/grammars.ts'
import { SAMPLES } from '../query/samples.ts'

interface Row {
  kind: number
  field: number
  isNamed: boolean
  isMissing: boolean
  isExtra: boolean
  start: number
  end: number
  after: number
}

/** By the library: one call for each question. */
function rowsByCursor(tree: Tree): Row[] {
  const rows: Row[] = []
  const open: Row[] = []
  const cursor = tree.walk()
  const add = (): Row => {
    const node = cursor.currentNode
    const { isNamed, isMissing, isExtra } = node
    const row = {
      kind: node.typeId,
      field: isExtra ? 0 : (cursor.currentFieldId ?? 0),
      isNamed,
      isMissing,
      isExtra,
      start: node.startIndex,
      end: node.endIndex,
      after: 0,
    }
    rows.push(row)
    return row
  }
  for (let row = add(); ; row = add()) {
    open.push(row)
    if (cursor.gotoFirstChild()) continue
    for (;;) {
      const closed = open.pop()
      if (closed !== undefined) closed.after = rows.length
      if (cursor.gotoNextSibling()) break
      if (!cursor.gotoParent()) return rows
    }
  }
}

function rowsByMemory(): Row[] {
  return Array.from({ length: nodes.size }, (_, node) => {
    const flags = nodes.flags[node] ?? 0
    return {
      kind: nodes.kinds[node] ?? 0,
      field: nodes.fields[node] ?? 0,
      isNamed: (flags & NodeFlag.named) !== 0,
      isMissing: (flags & NodeFlag.missing) !== 0,
      isExtra: (flags & NodeFlag.extra) !== 0,
      start: nodes.starts[node] ?? 0,
      end: nodes.ends[node] ?? 0,
      after: nodes.after[node] ?? 0,
    }
  })
}

test('reads trees as deep as a text can make them', async () => {
  const grammar = await loadGrammar(c.wasm, c.sha256)
  const depth = 100_000
  assert.equal(await grammar.parse(`int x = ${'('.repeat(depth)}1${')'.repeat(depth)};`, 20_000), undefined)
  const inner = nodes.starts.indexOf(8 + depth)
  assert.equal(nodes.ends[inner], 8 + depth + 1)
  assert.ok(nodes.size > 3 * depth)
})

test('reads of every grammar what the library says, of sound and of broken texts', async () => {
  const grammars = await bothGrammars()
  assert.equal(grammars.length, Object.keys(SAMPLES).length)
  for (const { language, own, parse } of grammars) {
    const sample = SAMPLES[language] ?? assert.fail(`no sample of ${language}`)
    const texts = [sample, sample.slice(sample.length / 3), '', '\n\n', '}}}) é "', sample.repeat(20)]
    for (const text of texts) {
      assert.equal(await own.parse(text, 5_000), undefined)
      const tree = parse(text)
      assert.equal(nodes.hasError, tree.rootNode.hasError, language)
      assert.deepEqual(rowsByMemory(), rowsByCursor(tree), `${language}: ${text.slice(0, 40)}`)
      tree.delete()
    }
  }
})
