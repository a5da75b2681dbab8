import assert from 'node:assert/strict'
import { test } from 'node:test'
import { innerFunctions } from '#generate/pages/entry/inner-functions.ts'
import { indexRepo } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { analysedSample } from './real-sample.ts'
import { subject } from './sample.ts'

/** Those of `outer`. */
async function inner(path: string, text: string): Promise<string[]> {
  const { inventory, analysis } = await analysedSample({ [path]: text })
  const facts = indexRepo(inventory, analysis, partition(inventory, analysis, subject))
  const outer = facts.components.get(`${path}#outer`)
  assert.ok(outer)
  return innerFunctions(facts, outer).map(({ name, startLine, endLine }) => `${name} ${startLine}-${endLine}`)
}

test('functions within a function are found with their lines, and a function is not within itself', async () => {
  const text = `def leaf(): pass
def outer(f):
    def decorator(g):
        # a note
        return leaf()

    async def later():
        x = 1
        return x

    short = lambda: 1
    return decorator
`
  assert.deepEqual(await inner('src/a.py', text), ['decorator 3-5', 'later 7-9'])
})

test('a closure is found by the name that it is given', async () => {
  const go = 'package a\nfunc leaf() {}\nfunc outer() {\n\twalk := func(at int) {\n\t\tleaf()\n\t}\n\twalk(1)\n}\n'
  assert.deepEqual(await inner('a.go', go), ['walk 4-6'])
  const rust = 'fn leaf() {}\nfn outer() {\n  let walk = |x: i32| {\n    leaf()\n  };\n  fn own() {\n    1;\n  }\n}\n'
  assert.deepEqual(await inner('src/lib.rs', rust), ['walk 3-5', 'own 6-8'])
})
