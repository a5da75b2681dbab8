import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Package } from '#generate/model.ts'
import { describeReExport, reExportedWhole } from '#generate/pages/public-api/re-exports.ts'
import { en } from '#generate/pages/texts/en.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** What is said of a name that an entry file of a package that depends on `late-flights` exports; '' for nothing. */
function said(text: string, name: string, file = 'index.js'): string {
  const repo = { files: new Map([[file, { text }]]) }
  const about = { entries: [{ file }], dependencies: [{ name: 'late-flights' }] }
  const inline = describeReExport({ repo, texts: en } as unknown as Writing, about as unknown as Package, name)
  return inline.map((one) => (typeof one === 'string' ? one : wordsOf(one))).join('')
}

const wordsOf = (node: unknown): string => {
  const { value, children } = node as { value?: string; children?: unknown[] }
  return value ?? (children ?? []).map(wordsOf).join('')
}

const LATE = '/** Thrown when a flight takes too long. */\n'

describe('a name that is re-exported', () => {
  it('is described by the doc comment directly above its export', () => {
    const expected = 'Thrown when a flight takes too long. (from late)'
    assert.equal(said(`${LATE}export { Late } from 'late'`, 'Late'), expected)
    assert.equal(said(`${LATE}export type { Late } from "late"`, 'Late'), expected)
    assert.equal(said(`${LATE}export {\n  type Delay as Late,\n} from 'late' // not from 'b-lib'`, 'Late'), expected)
    assert.equal(said(`export {\n  Early, // isn't it\n  ${LATE}  Late,\n} from 'late'`, 'Late'), expected)
    assert.equal(said(`${LATE}export * as Late from 'late'`, 'Late'), expected)
  })

  it('is told by its crate in Rust, and not by a module of its own', () => {
    const text = 'pub use late_flights::{Late, Delay as Wait};\npub use late_flights::at::Now;\npub use plan::Plan;\n'
    const names = ['Late', 'Wait', 'Now', 'Plan'].map((name) => said(text, name, 'src/lib.rs'))
    assert.deepEqual(names, ['from late_flights', 'from late_flights', 'from late_flights', ''])
  })

  it('is not described by the comment of another export, nor by one that is no doc comment', () => {
    const first = `${LATE}export { Late } from 'late'\n`
    const second = "export { Orbit } from 'orbits'"
    for (const between of ['', '\n', '/* eslint-disable-next-line */\n', '\n\n'])
      assert.equal(said(first + between + second, 'Orbit'), 'from orbits')
    assert.equal(said(`${first.trimEnd()} /* a */\n${second}`, 'Orbit'), 'from orbits')
    assert.equal(said(`const a = 1 /** Makes orbits of stars. */\n${second}`, 'Orbit'), 'from orbits')
    assert.equal(said(`${LATE}\n${second}`, 'Orbit'), 'from orbits')
    assert.equal(said(`${LATE}export { Late, Orbit } from 'late'`, 'Orbit'), 'from late')
  })

  it('has an origin only if that is a package that gives the name', () => {
    assert.equal(said("export { Late } from '@sky/late/errors'", 'Late'), 'from @sky/late/errors')
    for (const path of ['./late.js', '../late.js', '/late.js', '#internal/late.js', '@/lib/late', '~/late'])
      assert.equal(said(`export { Late } from '${path}'`, 'Late'), '', path)
    assert.equal(said("export { Late as Delay } from 'late'", 'Late'), '')
    assert.equal(said("export * from 'late'", 'late'), '')
    assert.equal(said("export { Late }\nconst from = 'late'", 'Late'), '')
  })

  it('takes little time in long files', () => {
    for (const text of ['export {', 'export { a, ', 'export { /*', '/**', 'export * as a from ', ' '])
      assert.equal(said(text.repeat(100_000), 'Late'), '')
  })
})

it('names the packages from outside of which an entry exports everything', () => {
  const text = "export * from './own'\nexport * from 'late/names'\nexport * from 'orbit-core'\nexport * as b from 'b'\n"
  const repo = { files: new Map([['index.ts', { text }]]) }
  const about = { name: 'orbit', entries: [{ file: 'index.ts', subpath: '.' }] } as unknown as Package
  const writing = { repo, surfaces: [{ package: 'orbit-core' }] } as unknown as Writing
  assert.deepEqual(reExportedWhole(writing, about, 'orbit'), ['late/names'])
  assert.deepEqual(reExportedWhole(writing, about, 'orbit/other'), [])
})
