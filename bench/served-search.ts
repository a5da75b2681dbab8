/**
 * A server with thousands of sets, all of them in the search over all repositories (the index is that of `cross-search`): what pages take alone, what
 * searches and questions of agents take, and what pages take beside these.
 */

import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { MANIFEST } from '#store/manifest-file.ts'
import { createSetStore } from '#store/sets.ts'
import { madeKey } from './cross-search.ts'
import { percentile, print, readFlag } from './measure.ts'
import { readRssMb, startServer } from './programs.ts'
import { listsOf } from './prose/figures.ts'
import { makeDocuments, openSubject } from './prose/subject.ts'
import { makeSpool, writeEnded } from './spool.ts'

/** A server may refuse what it has no time for; that is counted. */
class Busy extends Error {}
const BUSY = /SERVER_BUSY|TOOK_TOO_LONG/
const PAUSE_MS = 500

/** Readers of pages at the same time. */
const READERS = 2
/** Without limits, since all requests are from one address. */
const NO_LIMITS = { DOCSPOOL_SEARCHES_PER_MINUTE: '0', DOCSPOOL_QUESTIONS_PER_HOUR: '0', DOCSPOOL_LOG_LEVEL: 'info' }
const WORDS = [
  'parse',
  'error',
  'request',
  'config',
  'read file',
  'write',
  'session',
  'token',
  'how are errors handled',
  'client',
]

export async function run(): Promise<void> {
  const [given] = listsOf('spool')
  const [index] = listsOf('index')
  const repos = listsOf('repo').map((folder) => path.resolve(folder))
  if (given === undefined || index === undefined || repos.length === 0)
    throw new Error('Expected --spool=<folder>, --index=<folder> and --repo=<checkout>.')
  const [spool, count, seconds] = [path.resolve(given), readFlag('count', 10_000), readFlag('seconds', 20)]
  const names = await publish(spool, index, repos, count)
  const server = await startServer({ ...NO_LIMITS, DOCSPOOL_SPOOL_DIR: spool })
  const client = new Client({ name: 'bench', version: '1' })
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.found)))
    const random = (below: number): number => Math.floor(Math.random() * below)
    const call = async (name: string, args: Record<string, unknown>): Promise<void> => {
      const { isError, content } = await client.callTool({ name, arguments: args })
      const text = JSON.stringify(content).slice(0, 300)
      if (isError === true && BUSY.test(text)) throw new Busy()
      if (isError === true) throw new Error(`${name}: ${text}`)
    }
    const any = () => {
      const number = random(count)
      const own = names[number % names.length] ?? []
      return { repoName: `ended--${number}`, symbol: own[random(own.length)] ?? '' }
    }
    const word = (): string => WORDS[random(WORDS.length)] ?? ''
    const read = async (to: string): Promise<void> => {
      // As browsers do: the server may end an idle connection just when it is used again.
      const answer = await fetch(server.found + to).catch(() => fetch(server.found + to))
      await answer.arrayBuffer()
      if (answer.status === 503) throw new Busy()
      if (!answer.ok) throw new Error(`${to}: ${answer.status}`)
    }
    const page = (): Promise<void> => read(`/static-docs/ended--${random(count)}/`)
    const kinds: Record<string, () => Promise<void>> = {
      'search over HTTP': () => read(`/api/search?${new URLSearchParams({ q: word() })}`),
      'search over MCP': () => call('search', { query: word() }),
      'callers over MCP': () => call('callers', any()),
      'a question over MCP': () =>
        call('ask_question', { repoName: any().repoName, question: `Where is ${word()} done?` }),
    }
    await during(5, [page])
    print(`  ${count} sets; pages alone: ${tell(await during(seconds, Array(READERS).fill(page)))}`)
    for (const [kind, step] of Object.entries(kinds)) print(`  ${kind}: ${tell(await during(seconds, [step]))}`)
    for (const [kind, step] of Object.entries(kinds)) {
      let isOver = false
      const others = (async () => {
        while (!isOver) await unlessBusy(step)
      })()
      print(`  pages beside ${kind}: ${tell(await during(seconds, Array(READERS).fill(page)))}`)
      isOver = true
      await others
    }
    print(`  pages alone again: ${tell(await during(seconds, Array(READERS).fill(page)))}`)
    print(`  resident ${readRssMb(server.pid).toFixed(0)} MB`)
  } finally {
    await client.close()
    await server.stop()
  }
}

/** Sets as `ended--0`, …: those of the repositories, linked. @returns Ids of definitions, by repository. */
async function publish(spool: string, index: string, repos: readonly string[], count: number): Promise<string[][]> {
  const docs = path.join(spool, 'docs')
  const isNew = !existsSync(docs)
  await makeSpool(spool)
  const names: string[][] = []
  const keys: string[] = []
  for (const repo of repos) {
    const subject = await openSubject(repo)
    const { set } = await makeDocuments(subject)
    keys.push(await createSetStore(docs).publish(set))
    const graph = JSON.parse(String(set.files.get('graph.json'))) as { components: { id: string; kind: string }[] }
    names.push(graph.components.filter(({ kind }) => kind === 'function' || kind === 'method').map(({ id }) => id))
    await subject.close()
  }
  if (!isNew) return names
  for (let number = 0; number < count; number++) {
    const key = keys[number % keys.length] ?? ''
    const [from, to] = [path.join(docs, key), path.join(docs, madeKey(number))]
    mkdirSync(to)
    for (const file of readdirSync(from)) if (file !== MANIFEST) linkSync(path.join(from, file), path.join(to, file))
    const manifest = readFileSync(path.join(from, MANIFEST), 'utf8').replaceAll(key, madeKey(number))
    writeFileSync(path.join(to, MANIFEST), manifest, { mode: 0o600 })
  }
  writeEnded(spool, count, madeKey)
  cpSync(index, path.join(spool, 'cache/cross-search'), { recursive: true })
  return names
}

/** Each step again and again for so many seconds. @returns Milliseconds of each. */
async function during(seconds: number, steps: readonly (() => Promise<void>)[]): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + seconds * 1_000
  const lane = async (step: () => Promise<void>): Promise<void> => {
    while (performance.now() < end) {
      const begin = performance.now()
      times.push((await unlessBusy(step)) ? performance.now() - begin : Number.POSITIVE_INFINITY)
    }
  }
  await Promise.all(steps.map(lane))
  return times
}

async function unlessBusy(step: () => Promise<void>): Promise<boolean> {
  try {
    await step()
    return true
  } catch (error) {
    if (!(error instanceof Busy)) throw error
    await pause(PAUSE_MS)
    return false
  }
}

/** What was refused took forever. */
const tell = (times: readonly number[]): string =>
  `${times.filter(Number.isFinite).length} of ${times.length} answered, ${[50, 99, 100].map((percent) => `p${percent} ${percentile(times, percent).toFixed(1)}`).join(', ')} ms`
