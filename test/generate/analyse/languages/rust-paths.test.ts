import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OutOfTime, runWithTimeLimit } from '#base/interruptible.ts'
import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import type { Crates } from '#generate/analyse/languages/rust/crates.ts'
import { Paths } from '#generate/analyse/languages/rust/paths.ts'

test('a lookup that is interrupted by its time limit does not keep those for the next files from ending', () => {
  let isEndless = true
  const byFullName = {
    get() {
      while (isEndless);
    },
  }
  const semantics = { turn: 1 }
  const paths = new Paths(
    { files: new Map(), byFullName } as unknown as Program,
    semantics as Semantics,
    { fileOf: (module: string) => (module === 'lib.here' ? 'here.rs' : undefined) } as Crates,
  )
  const file = { spec: { linking: {} } } as FileUnit
  const work = (): void => {
    semantics.turn++
    paths.inModule('lib', 'slow', 'type', file)
  }
  assert.throws(() => runWithTimeLimit(20, work), OutOfTime)
  isEndless = false
  semantics.turn++
  for (let number = 0; number < 3_000; number++) paths.inModule('lib', `missing${number}`, 'type', file)
  assert.equal(paths.inModule('lib', 'here', 'type', file)?.namespace, 'lib.here')
})
