import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { nearest } from '#generate/analyse/languages/nearest.ts'

test('of types with one full name, those in the longest common folder are nearest, not those in a folder whose name is its beginning', () => {
  const nearestTo = (path: string, ...paths: string[]): string[] =>
    nearest(
      paths.map((one) => ({ file: { path: one }, isFunction: false }) as Decl),
      { path } as FileUnit,
    ).map(({ file }) => file.path)
  assert.deepEqual(nearestTo('src/ab/x.kt', 'src/ab/y.kt', 'src/a/y.kt'), ['src/ab/y.kt'])
  assert.deepEqual(nearestTo('src/ab/x.kt', 'src/a/y.kt', 'src/c/y.kt'), ['src/a/y.kt', 'src/c/y.kt'])
  assert.deepEqual(nearestTo('src/commonTest/x.kt', 'src/commonMain/y.kt', 'src/jvmMain/y.kt'), ['src/commonMain/y.kt'])
})
