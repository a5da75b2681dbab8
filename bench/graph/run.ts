/**
 * Questions about graphs: how much processor time they take when nothing is loaded and when it is, in a made-up graph and in sets as
 * `generate` writes them; and whether callers and callees of every definition are those of `graph.json`.
 */

import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildGraphIndex } from '#graph-queries/build.ts'
import { GRAPH_INDEX_FILE } from '#graph-queries/format.ts'
import { createGraphs, type PartReader } from '#graph-queries/graphs.ts'
import { Parameters, type Question } from '#graph-queries/questions.ts'
import { percentile, print, readFlag } from '../measure.ts'
import { compare } from './against-graph-json.ts'
import { syntheticGraph } from './synthetic.ts'

export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-graph-'))
  try {
    const definitions = readFlag('definitions', 50_000)
    const input = syntheticGraph(definitions)
    const start = performance.now()
    const bytes = buildGraphIndex(input)
    const built = performance.now() - start
    await writeFile(path.join(folder, GRAPH_INDEX_FILE), bytes)
    print(
      `made-up: ${definitions} definitions, ${input.edges.length} edges, ${megabytes(bytes.length)}, built in ${ms(built)}`,
    )
    const ids = input.definitions.map(({ id }) => id)
    await measure(folder, ids)
  } finally {
    await rm(folder, { recursive: true })
  }
  const sets = process.argv
    .filter((argument) => argument.startsWith('--set='))
    .map((flag) => flag.slice('--set='.length))
  for (const set of sets) {
    const graph = JSON.parse(await readFile(path.join(set, 'graph.json'), 'utf8'))
    const ids: string[] = graph.components.map(({ id }: { id: string }) => id)
    const { size } = await stat(path.join(set, GRAPH_INDEX_FILE))
    print(`${set}: ${ids.length} definitions, ${graph.edges.length} edges, ${megabytes(size)}`)
    await measure(set, ids)
    const { symbols, wrong, merged } = await compare(createGraphs(readerOf(set)), graph)
    print(`  callers and callees of ${symbols} definitions (${merged} further declarations): ${wrong.length} differ`)
    for (const each of wrong.slice(0, 10)) print(`    ${each}`)
  }
}

/** Some of every question about definitions drawn evenly. */
function questionsOf(ids: readonly string[]): Map<string, Question[]> {
  const drawn = Array.from({ length: 60 }, (_, at) => ids[Math.floor((at * ids.length) / 60)] ?? '')
  const of = (ask: Question['ask'], queries: Record<string, unknown>[]): Question[] =>
    queries.map((query) => ({ ask, ...Parameters[ask].parse(query) }) as Question)
  const symbols = drawn.map((symbol) => ({ symbol }))
  return new Map([
    [
      'symbols by name',
      of(
        'symbols',
        drawn.map((id) => ({ name: id.split(/[.#]/).at(-1) })),
      ),
    ],
    ['symbol', of('symbol', symbols)],
    ['callers', of('callers', symbols)],
    ['callees', of('callees', symbols)],
    ['implementations', of('implementations', symbols)],
    [
      'path_between',
      of(
        'path_between',
        drawn.map((from, at) => ({ from, to: drawn[(at * 7 + 3) % drawn.length] })),
      ),
    ],
    [
      'impact',
      of(
        'impact',
        drawn.map((symbol) => ({ symbol: [symbol] })),
      ),
    ],
    [
      'outline',
      of(
        'outline',
        drawn.map((id) => ({ file: id.split('#')[0] })),
      ),
    ],
  ])
}

async function measure(folder: string, ids: readonly string[]): Promise<void> {
  for (const [name, questions] of questionsOf(ids)) {
    const cold: number[] = []
    const warm: number[] = []
    const kept = createGraphs(readerOf(folder))
    await kept.ask('key', questions[0] as Question)
    for (const question of questions) {
      const fresh = createGraphs(readerOf(folder))
      cold.push(await timed(() => fresh.ask('key', question)))
      warm.push(await timed(() => kept.ask('key', question)))
    }
    print(`  ${name.padEnd(16)} kept: ${spread(warm)}   nothing loaded: ${spread(cold)}`)
  }
}

function readerOf(folder: string): PartReader {
  const file = path.join(folder, GRAPH_INDEX_FILE)
  return {
    readFile: async () => readFile(file),
    async readBytes(_, __, from, to) {
      const handle = await open(file)
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from)
      await handle.close()
      return buffer.subarray(0, bytesRead)
    },
  }
}

/** Processor time of this process, which holds where other programs run. */
async function timed(step: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  await step()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000
}

const spread = (times: number[]): string =>
  `median ${ms(percentile(times, 50))}, 95 % ${ms(percentile(times, 95))}, most ${ms(Math.max(...times))}`

const ms = (value: number): string => `${value.toFixed(1)} ms`
const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`
