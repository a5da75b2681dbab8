/** Many definitions of the same name take time linear in their number. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component, SourceFile, Surface } from '#generate/model.ts'
import { sentenceOf } from '#generate/pages/public-api/row-words.ts'
import { offeredByName } from '#generate/pages/readme/offered-names.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { component, file } from './sample.ts'

const sameNames = (count: number, exported: boolean): Component[] =>
  Array.from({ length: count }, (_, n) =>
    component(file(`src/p${n}/a.go`, null), 'plan', { kind: 'function', startLine: 1, endLine: 1, exported }),
  )

/** A repository with components and nothing else, and the number of times that the tops of a file were asked for. */
function writingOf(components: readonly Component[], ...rootFiles: SourceFile[]) {
  const asked = { tops: 0 }
  const files = components.map((one) => file(one.file, null, { language: 'go' }))
  const byFile = new Map(components.map((one) => [one.file, [one]]))
  const tops = {
    get: (path: string) => {
      asked.tops++
      return byFile.get(path)
    },
  }
  const writing = {
    subject: { name: 'orbit' },
    surfaces: [],
    packages: [],
    guides: null,
    inventory: { files: rootFiles },
    analysis: { edges: [] },
    repo: {
      files: new Map(files.map((one) => [one.path, one])),
      folders: new Map([
        ['src', files],
        ['', rootFiles],
      ]),
      components: new Map(components.map((one) => [one.id, one])),
      leaves: new Map(files.map(({ path }) => [path, {}])),
      tops,
      members: new Map(),
      callees: new Map(),
      fileDocs: new Map(),
      inTests: new Set(),
      users: new Map(),
      bases: new Map(),
      occurrences: { usesIn: () => [] },
    },
  } as unknown as Writing
  return { writing, asked }
}

/** A package of Go with a path for each definition, below a main path that has none of them. */
function surfaceOf(components: readonly Component[]): Surface {
  const main = { path: 'example.org/orbit', language: 'go', names: [{ name: 'Flight', to: null }] }
  const paths = components.map(({ id, name, file }) => ({
    path: `example.org/orbit/${file.split('/')[1]}`,
    language: 'go',
    names: [{ name, to: id }],
  }))
  return { ecosystem: 'go', package: 'example.org/orbit', folder: '', isPrivate: false, paths: [main, ...paths] }
}

function assertFast(work: () => void): void {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  assert.ok(user + system < 4_000_000, `${user + system} µs`)
}

test('names that code may mean', () => {
  const { writing } = writingOf(sameNames(60_000, true))
  assertFast(() => assert.equal(offeredByName(writing).get('plan')?.length, 60_000))
})

test('names that no document describes', () => {
  const components = sameNames(20_000, true)
  const { writing } = writingOf(components)
  assertFast(() => assert.ok(components.every((one) => readmeDescription(writing, one) === null)))
})

test('names that a document describes', () => {
  const components = sameNames(10_000, true)
  const [first] = components
  const readme = { ...file('README.md', null), text: '- `plan` - Plans a flight to the moon.\r\n' }
  const described = (some: readonly Component[]): Component[] => {
    const { writing } = writingOf(some, readme)
    Object.assign(writing, { surfaces: [surfaceOf(some)] })
    return some.filter((one) => readmeDescription(writing, one) !== null)
  }
  assertFast(() => assert.deepEqual(described(components), []))
  assert.deepEqual(described(components.slice(0, 1)), [first])
})

test('types that share a sentence', () => {
  const doc = 'Describes a burn of one stage.'
  const types = sameNames(10_000, true).map(
    (one, n): Component => ({ ...one, id: `${one.id}${n}`, name: `Plan${n}`, kind: 'struct', doc }),
  )
  const stage: Component = { ...(types[0] as Component), id: 'stage', name: 'Stage' }
  const { writing } = writingOf([...types, stage])
  assertFast(() => assert.ok(types.every((one) => sentenceOf(writing, one).length === 0)))
  assert.ok(sentenceOf(writing, stage).length > 0)
})

test('functions that may pass on others', () => {
  const components = sameNames(1_000, false).map((one) => ({ ...one, file: one.file.replace(/p(\d+)\/a/, 'p$1') }))
  const { writing, asked } = writingOf(components)
  Object.assign(writing.repo, { callees: new Map(components.map(({ id }) => [id, new Map([[id, 'calls']])])) })
  for (const one of components) assert.deepEqual(sentenceOf(writing, one), [])
  assert.ok(asked.tops <= 2_000, `${asked.tops} files`)
})
