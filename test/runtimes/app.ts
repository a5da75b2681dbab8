/** The application with stores in memory, and nothing of Node: what each runtime serves. */

import type { Log } from '#base/log.ts'
import { createApp } from '#http/app.ts'
import type { ServedAsset } from '#http/deps.ts'
import type { Manifest } from '#store/model.ts'
import type { SetReader } from '#store/sets.ts'
import { MemoryQueue } from '../http/memory-queue.ts'

const KEY = 'k'.repeat(64)
const file = (name: string, text: string) => ({ name, text, bytes: text.length, sha256: `hash-of-${name}` })

const files = [file('overview.md', '# Flask\n'), file('module_tree.json', '{"modules":{}}')]

const manifest = {
  version: 1,
  key: KEY,
  repo_url: 'https://github.com/pallets/flask',
  name: 'flask',
  full_name: 'pallets/flask',
  commit: 'a'.repeat(40),
  commit_url: null,
  committed_at: '2026-01-01T00:00:00.000Z',
  main_model: 'offline',
  generator_version: '0.1.0',
  statistics: { files: 1, lines: 2, components: 3, edges: 4, modules: 1, pages: 1 },
  pages: [{ file: 'overview.md', title: 'Flask', module: null, html: 'overview.html', headings: [], diagrams: 0 }],
  tree: [],
  files: files.map(({ text: _, ...row }) => row),
} as Manifest

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const sets: SetReader = {
  readManifest: async (key) => (key === KEY ? manifest : undefined),
  has: async (key) => key === KEY,
  async readFile(_, name) {
    const found = files.find((each) => each.name === name)
    return found === undefined ? undefined : bytes(found.text)
  },
  readHtml: async () => bytes('<h1 id="flask">Flask</h1>'),
  listSources: async () => [],
  findSource: async () => undefined,
  readSource: async () => undefined,
  noteUse: () => undefined,
}

const silent = () => undefined
const log = {
  debug: silent,
  info: silent,
  warn: silent,
  error: (...told: unknown[]) => console.error(...told),
} as unknown as Log

const style: ServedAsset = { body: bytes('body{}'), type: 'text/css', hash: 'abc' }

/** The same beginning for each runtime. */
export function createQueue(): MemoryQueue {
  const queue = new MemoryQueue()
  queue.move('pallets--flask', { status: 'completed', epoch: 1 }, KEY)
  queue.tell('pallets--flask', {
    ...{ type: 'end', at: '2026-01-02T03:04:05.000Z', status: 'completed', error: null },
  })
  return queue
}

/** Answers requests. */
export function createFetch(queue: MemoryQueue): (request: Request) => Response | Promise<Response> {
  const app = createApp({
    queue,
    sets,
    assets: { read: (name) => (name === 'docspool.css' ? style : undefined), version: () => 'abc' },
    policy: { allowedHosts: ['github.com'], allowPrivateNetworks: false, localRepos: [] },
    log,
    clock: () => Date.parse('2026-01-03T00:00:00.000Z'),
    mainModel: 'offline',
    publicOrigin: 'https://docs.example.org',
    signal: new AbortController().signal,
  })
  return (request) => app.fetch(request)
}
