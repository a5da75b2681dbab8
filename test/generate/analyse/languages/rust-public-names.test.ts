import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Crates } from '#generate/analyse/languages/rust/crates.ts'
import type { Paths } from '#generate/analyse/languages/rust/paths.ts'
import { publicNames } from '#generate/analyse/languages/rust/public-names.ts'

test('the names of modules that re-export more and more modules are listed in bounded time', () => {
  let visits = 0
  const program = { files: new Map(), byFullName: new Map() } as unknown as Program
  const crates = { fileOf: () => undefined } as unknown as Crates
  const paths = {
    reExportsOf(module: string) {
      visits += 1
      assert.ok(visits <= 20_000)
      return { named: [], globs: [{ decls: [], origin: 'import', namespace: `${module.slice(0, 5)}${visits}` }] }
    },
  } as unknown as Paths
  assert.deepEqual(publicNames(program, crates, paths, { package: 'lib' } as FileUnit), [])
})
