/**
 * The search over all repositories in an index of many made-up sets: milliseconds to take in a set and to answer queries of several kinds, and of
 * the processor, which hold where other programs run; memory and disk. `--sets=<folder>` holds the sets from which the others are made, by other names: each word of a name may become another word of
 * the same sets.
 */

import { readdirSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { findWrittenSets } from '#cli/written-sets.ts'
import type { CrossEntry, IndexedSet } from '#cross-search/contract.ts'
import { entriesOf } from '#cross-search/index-entries.ts'
import { createIndexFile } from '#cross-search/sqlite/index-file.ts'
import { createSqliteIndex } from '#cross-search/sqlite/sqlite-index.ts'
import { SearchIndex } from '#search/index-format.ts'
import { partsOf } from '#search/words.js'
import { PublicApi } from '#store/public-api.ts'
import { print, readFlag } from './measure.ts'

const flag = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

/** Of 100 names, so many become others, word by word. */
const CHANGED = 60

export async function run(): Promise<void> {
  const [folder, into] = [flag('sets'), flag('index')]
  if (folder === undefined || into === undefined)
    throw new Error('Expected --sets=<folder> and --index=<folder to make>.')
  const [count, names] = [Number(flag('count') ?? 10_000), Number(flag('names') ?? 1_000_000)]
  const queries = readFlag('queries', 300)
  const random = mulberry(7)
  const bases = await readBases(folder)
  const vocabulary = bases.flatMap(({ entries }) => entries.flatMap(({ title }) => partsOf(title)))
  const index = createSqliteIndex(createIndexFile(into))
  if (!process.argv.some((argument) => /^--keep(?:=|$)/.test(argument))) {
    rmSync(into, { recursive: true, force: true })
    const times: Times[] = []
    for (let number = 0; number < count; number++) {
      const base = bases[number % bases.length] as IndexedSet
      const set = variantOf(base, number, Math.round(names / count), vocabulary, random)
      times.push(await measured(() => index.put(set)))
      if ((number + 1) % (count / 10) === 0) print(`  ${number + 1} sets: ${tell(times.slice(-count / 10))} ms a set`)
    }
    await index.complete()
    print(`  a set of ${Math.round(names / count)} names is taken in within ${tell(times)} ms`)
  }
  print(`  on the disk ${(bytesOf(into) / 1e6).toFixed(0)} MB`)
  const titles = bases.flatMap(({ entries }) => entries.map(({ title }) => title))
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  const frequent = mostFrequent(vocabulary)
  const kinds: Record<string, () => string> = {
    'a name': () => pick(titles),
    'two words': () => `${pick(vocabulary)} ${pick(vocabulary)}`,
    'a word begun': () => pick(vocabulary).slice(0, 3),
    'two letters': () => pick(vocabulary).slice(0, 2),
    'one letter': () => pick(vocabulary).slice(0, 1),
    'the most frequent word': () => pick(frequent.slice(0, 5)),
    'eight frequent words': () => Array.from({ length: 8 }, () => pick(frequent)).join(' '),
    'a name in a repository': () => `${pick(titles)} in:ended--${Math.floor(random() * count)}`,
    'a word in a language and kind': () => `${pick(vocabulary)} in:python in:class`,
    'filters alone': () => 'in:typescript in:function',
    'a question': () => `how is the ${pick(frequent)} of a ${pick(vocabulary)} ${pick(vocabulary)} found`,
    nothing: () => `zz${Math.floor(random() * 1e9)}`,
  }
  const all: Times[] = []
  for (const [kind, make] of Object.entries(kinds)) {
    const times: Times[] = []
    let found = 0
    for (let number = 0; number < queries; number++) {
      const query = make()
      times.push(
        await measured(async () => {
          found += (await index.search(query, [], 20))?.hits.length ?? 0
        }),
      )
    }
    all.push(...times)
    print(`  ${kind}: ${tell(times)} ms, ${(found / queries).toFixed(1)} results`)
  }
  print(`  all queries: ${tell(all)} ms; resident ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
  index.close()
}

async function readBases(folder: string): Promise<IndexedSet[]> {
  const sets = await findWrittenSets(folder)
  return Promise.all(
    sets.map(async ({ folder: own, manifest }) => {
      const read = async (name: string) => JSON.parse(await readFile(path.join(own, name), 'utf8'))
      const [api, search] = [PublicApi.parse(await read('api.json')), SearchIndex.parse(await read('search.json'))]
      const titles = new Map(search.pages)
      const pages = [...titles].map(([file, title]) => ({
        file,
        title,
        module: 'm',
        html: '',
        headings: [],
        diagrams: 0,
      }))
      return { ...entriesOf({ jobId: path.basename(own), manifest: { ...manifest, pages }, api, search }), since: 0 }
    }),
  )
}

/** The jobs and keys are those of `served-search`. */
export const madeKey = (number: number): string => `${number}`.padStart(8, '0').padStart(64, 'a')

function variantOf(
  base: IndexedSet,
  number: number,
  size: number,
  vocabulary: string[],
  random: () => number,
): IndexedSet {
  const jobId = `ended--${number}`
  const name = `acme/${jobId}`
  const change = (title: string): string =>
    random() * 100 < CHANGED
      ? title.replace(/\p{Ll}{3,}/gu, (word) =>
          random() < 0.5 ? word : (vocabulary[Math.floor(random() * vocabulary.length)] ?? word),
        )
      : title
  const begin = base.entries.length <= size ? 0 : Math.floor(random() * (base.entries.length - size))
  const some = [base.entries[0] as CrossEntry]
  for (let at = 0; at < size; at++) some.push(base.entries[(begin + at) % base.entries.length] as CrossEntry)
  const entries = some.map((entry, at) =>
    at === 0 ? { ...entry, title: name } : { ...entry, title: change(entry.title) },
  )
  const other = (of: number): { ecosystem: string; name: string } => ({ ecosystem: 'npm', name: `made-${of}` })
  const dependencies = Array.from({ length: 10 }, () => ({ ...other(Math.floor(random() * 2_000)), kind: 'runtime' }))
  return {
    ...{ repoUrl: `https://git.invalid/${name}`, jobId, key: madeKey(number), name, entries },
    ...{ packages: [other(number)], dependencies, since: number },
  }
}

interface Times {
  wallMs: number
  processorMs: number
}

async function measured(step: () => Promise<void>): Promise<Times> {
  const [begin, before] = [performance.now(), process.cpuUsage()]
  await step()
  const { user, system } = process.cpuUsage(before)
  return { wallMs: performance.now() - begin, processorMs: (user + system) / 1_000 }
}

function tell(times: readonly Times[]): string {
  const of = (name: keyof Times): string => {
    const sorted = times.map((each) => each[name]).sort((a, b) => a - b)
    const at = (share: number): string =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
    return `p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`
  }
  return `${of('wallMs')} (of the processor ${of('processorMs')})`
}

function mostFrequent(words: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 40)
    .map(([word]) => word)
}

const bytesOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0)

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
