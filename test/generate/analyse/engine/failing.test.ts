/** An error of ours in one file costs that file, which is named; what is known of the others stays. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFamilyAnalyser } from '#generate/analyse/engine/analyse-family.ts'
import type { LanguageSpec, Linker } from '#generate/analyse/engine/language.ts'
import { loadReader } from '#generate/analyse/engine/reader.ts'
import { go } from '#generate/analyse/languages/go/go.ts'
import { analyseTexts } from '../languages/analyse-texts.ts'

const TEXTS = {
  'p/a.go': 'package p\n\nfunc A() { B() }\n',
  'p/b.go': 'package p\n\nfunc B() { A() }\n',
}

const failing = (): never => {
  throw new RangeError('Maximum call stack size exceeded')
}

async function partialWith(spec: LanguageSpec) {
  const { analysis, edges } = await analyseTexts([spec], TEXTS)
  return { failed: analysis.reports.flatMap((report) => report.failed), edges, components: analysis.components }
}

test('a file whose words cannot be described has failed, and the next is read', async () => {
  const { describe } = go.reading
  const reader = await loadReader({
    ...go,
    reading: { ...go.reading, describe: (words) => (words.path === 'p/a.go' ? failing() : describe(words)) },
  })
  assert.match(
    String(await reader.read('p/a.go', TEXTS['p/a.go'])),
    /^failed: RangeError: Maximum call stack.*\n +at (?:Object\.)?failing/,
  )
  assert.equal(typeof (await reader.read('p/b.go', TEXTS['p/b.go'])), 'object')
})

test('a file that cannot be made ready for the parser has failed', async () => {
  const reader = await loadReader({ ...go, reading: { ...go.reading, prepare: failing } })
  assert.match(
    String(await reader.read('p/a.go', TEXTS['p/a.go'])),
    /^failed: RangeError: Maximum call stack.*\n +at (?:Object\.)?failing/,
  )
})

test('a file whose names cannot be resolved keeps its components, and the others their edges', async () => {
  const { link } = go.linking
  const breaking = (...args: Parameters<typeof link>): Linker => {
    const linker = link(...args)
    const lookUp = linker.lookUp.bind(linker)
    linker.lookUp = (file, ...rest) => (file.path === 'p/a.go' ? failing() : lookUp(file, ...rest))
    return linker
  }
  const { failed, edges, components } = await partialWith({ ...go, linking: { ...go.linking, link: breaking } })
  assert.deepEqual(failed, ['p/a.go'])
  assert.deepEqual(
    components.map((one) => one.id),
    ['p/a.go#A', 'p/b.go#B'],
  )
  assert.ok(edges.includes('p/b.go#B -calls-> p/a.go#A (package)'), edges.join('\n'))
  assert.ok(!edges.some((edge) => edge.startsWith('p/a.go')))
})

test('a file whose package cannot be told is named, and the others keep theirs', async () => {
  const { packageOf } = go.linking
  const { failed, components } = await partialWith({
    ...go,
    linking: {
      ...go.linking,
      packageOf: (file, context) => (file.path === 'p/a.go' ? failing() : packageOf(file, context)),
    },
  })
  assert.deepEqual(failed, ['p/a.go'])
  assert.ok(components.some((one) => one.id === 'p/b.go#B'))
})

test('a file that could not be read at all is named', async () => {
  const [first, second] = ['p/a.go', 'p/b.go']
  const reader = await loadReader(go)
  const read = await reader.read(second, TEXTS['p/b.go'])
  assert.ok(typeof read !== 'string')
  const analyser = createFamilyAnalyser([go], async () => new Map([[second, read]]))
  const files = Object.entries(TEXTS).map(([path, text]) => ({
    ...{ path, text, blob: path, bytes: text.length, lines: 3, language: 'go' },
    ...{ role: 'code' as const, generated: false, vendored: false },
  }))
  const { reports } = await analyser.analyse(files, {
    signal: new AbortController().signal,
    onProgress() {},
    paths: new Set(files.map(({ path }) => path)),
    files: new Map(),
  })
  assert.deepEqual(reports[0]?.failed, [first])
})
