import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OutOfTime, runWithTimeLimit } from '#base/interruptible.ts'
import type { Decl } from '#generate/analyse/engine/declarations.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { Semantics } from '#generate/analyse/engine/semantics.ts'

test('a type whose ancestors took too long is tried again for the next file', () => {
  let isEndless = true
  const file = {
    spec: { linking: {} },
    list() {
      while (isEndless);
      return []
    },
  }
  const program = { files: new Map(), each: () => undefined } as unknown as Program
  const semantics = new Semantics(program, {} as LinkContext)
  const decl = { file, fullName: 'A', at: () => -1, moreSupers: [] } as unknown as Decl
  const work = () => {
    semantics.begin()
    semantics.ancestorsOf(decl)
  }
  assert.throws(() => runWithTimeLimit(20, work), OutOfTime)
  isEndless = false
  work()
  assert.ok(semantics.ancestors.has(decl))
})
