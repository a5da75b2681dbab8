import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { inventoryOf } from './inventory-of.ts'

/** Enough text of three languages for threads to be used. */
function texts(): Record<string, string> {
  const files: Record<string, string> = {}
  for (let i = 0; i < 60; i++) {
    const next = (i + 7) % 60
    const body = Array.from(
      { length: 120 },
      (_, k) => `  int m${k}(C${next} c) { return c.m${(k + 1) % 120}(this) + f; }`,
    )
    files[`java/C${i}.java`] = `package p;\nclass C${i} extends C${next} {\n  int f;\n${body.join('\n')}\n}\n`
    const defs = Array.from({ length: 120 }, (_, k) => `def f${k}(x):\n    return m${next}.f${(k + 1) % 120}(x)\n`)
    files[`py/m${i}.py`] = `from py import m${next}\n\n\n${defs.join('\n\n')}`
    const functions = Array.from(
      { length: 120 },
      (_, k) => `func F${i}_${k}(a T${next}) int { return a.n + F${next}_${k}(a) }`,
    )
    files[`go/p${i % 5}/f${i}.go`] = `package p${i % 5}\n\ntype T${i} struct{ n int }\n\n${functions.join('\n')}\n`
  }
  files['go/go.mod'] = 'module example.org/go\n'
  return files
}

test('five runs with one and two threads and files in any order give the same bytes', async () => {
  const inventory = await inventoryOf(texts())
  const { length } = inventory.files
  const orders = [
    inventory.files,
    [...inventory.files].reverse(),
    inventory.files.map((_, index) => inventory.files[(index * 7) % length] ?? assert.fail()),
  ]
  assert.equal(new Set(orders[2]).size, length)
  const results = new Set<string>()
  for (const [index, threads] of [1, 2, 2, 1, 2].entries()) {
    const files = orders[index % orders.length] ?? inventory.files
    const context = { signal: new AbortController().signal, onProgress() {}, threads }
    const analysis = await analyse({ ...inventory, files }, context)
    assert.ok(analysis.edges.length > 10_000)
    results.add(JSON.stringify(analysis))
  }
  assert.equal(results.size, 1)
})
