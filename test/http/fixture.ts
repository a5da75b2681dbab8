/** An application with a queue in memory, a set in a real folder, and a few assets. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import pino from 'pino'
import { buildGraphIndex } from '#graph-queries/build.ts'
import { GRAPH_INDEX_FILE } from '#graph-queries/format.ts'
import { createApp } from '#http/app.ts'
import type { AppDeps, AssetReader, ServedAsset } from '#http/deps.ts'
import type { Backend } from '#queue/backend.ts'
import { createFollowedRepositories } from '#queue/follows/followed-repositories.ts'
import type { PublicApi } from '#store/public-api.ts'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore } from '#store/sets.ts'
import { createMemoryBackend } from '../queue/conformance/memory-backend.ts'
import { createState } from '../queue/conformance/memory-state.ts'
import { conforms } from '../support/conformance.ts'
import { MemoryQueue } from './memory-queue.ts'

/** Lies beside the published sets; no request may ever see it. */
export const SECRET = 'CANARY-7f3a91'

/** Of a fixture. */
export const MAX_FOLLOWS = 3

export const HOSTILE_TITLE = '<script>alert(1)</script>"onmouseover="x'

export interface Fixture {
  queue: MemoryQueue
  /** Where followed repositories are stored. */
  backend: Backend
  /** Key of the published set of `pallets--flask`. */
  docsKey: string
  shutdown: AbortController
  /** What was logged, JSON a line. */
  logged: string[]
  app: ReturnType<typeof createApp>
  /** Each answer is held to the OpenAPI document. */
  request(path: string, init?: RequestInit): Promise<Response>
  /** A form as `curl -d` sends it. */
  post(path: string, fields: Record<string, string> | string, headers?: Record<string, string>): Promise<Response>
  /** The same as a browser sends it. */
  browse(path: string, fields?: Record<string, string>): Promise<Response>
}

export async function createFixture(t: TestContext, change: Partial<AppDeps> = {}): Promise<Fixture> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-http-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(path.join(folder, 'docs'))
  const docsKey = await sets.publish(exampleSet)
  await plantSecrets(folder, docsKey)
  const queue = new MemoryQueue()
  const backend = createMemoryBackend(createState(), Date.now)
  const shutdown = new AbortController()
  const logged: string[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(line) })
  const app = createApp({
    queue,
    follows: createFollowedRepositories(backend, MAX_FOLLOWS, Date.now),
    sets,
    assets,
    policy: { allowedHosts: ['github.com', 'gitlab.com'], allowPrivateNetworks: false, localRepos: [] },
    log,
    clock: Date.now,
    mainModel: 'offline',
    signal: shutdown.signal,
    ...change,
  })
  const request = async (to: string, init?: RequestInit): Promise<Response> => {
    const answer = await app.request(to, init)
    await conforms(init?.method ?? 'GET', to, answer)
    return answer
  }
  return {
    app,
    queue,
    backend,
    docsKey,
    shutdown,
    logged,
    request,
    post: (to, fields, headers = {}) =>
      request(to, {
        method: 'POST',
        body: String(typeof fields === 'string' ? fields : new URLSearchParams(fields)),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: '*/*', ...headers },
      }),
    browse: (to, fields) =>
      request(to, {
        headers: {
          ...BROWSER,
          ...(fields === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(fields === undefined ? {} : { method: 'POST', body: String(new URLSearchParams(fields)) }),
      }),
  }
}

/** Files that no request may ever see, around the published sets and in one of them. */
export async function plantSecrets(folder: string, docsKey: string): Promise<void> {
  await writeFile(path.join(folder, 'secret.md'), SECRET)
  await writeFile(path.join(folder, 'docs', 'secret.md'), SECRET)
  await writeFile(path.join(folder, 'docs', docsKey, 'unlisted.md'), SECRET)
}

const BROWSER = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
  origin: 'http://localhost',
}

const asset = (text: string, rest: Omit<ServedAsset, 'body' | 'hash'>): ServedAsset => ({
  body: new TextEncoder().encode(text),
  hash: `hash${text.length}`,
  ...rest,
})

const files: Record<string, ServedAsset> = {
  'docspool.css': asset('body{}', { type: 'text/css' }),
  'favicon.svg': asset('<svg/>', { type: 'image/svg+xml' }),
  'diagram.html': asset('<!doctype html>', {
    type: 'text/html; charset=utf-8',
    csp: "sandbox allow-scripts; script-src {origin}; frame-ancestors 'self'",
    inFrame: true,
  }),
}

const assets: AssetReader = {
  read: (name) => (Object.hasOwn(files, name) ? files[name] : undefined),
  version: (name) => (Object.hasOwn(files, name) ? (files[name]?.hash ?? '') : ''),
}

const inApp = { file: 'src/app.py', isExported: true, isTest: false, summary: null, page: 'src-app.md', parent: null }

/** A class, a function that makes one, and a test of it. */
const graphIndex = buildGraphIndex({
  commit: 'a'.repeat(40),
  files: [
    {
      path: 'src/app.py',
      lines: 40,
      isTest: false,
      page: null,
      link: 'https://example.org/src/app.py#L{start}-L{end}',
    },
    { path: 'tests/test_app.py', lines: 9, isTest: true, page: null, link: null },
  ],
  definitions: [
    {
      ...{ ...inApp, id: 'src/app.py#Flask', kind: 'class', qualifiedName: 'Flask', startLine: 5, endLine: 25 },
      ...{ signature: 'class Flask', anchor: 'flask' },
    },
    {
      ...{ ...inApp, id: 'src/app.py#main', kind: 'function', qualifiedName: 'main', startLine: 30, endLine: 33 },
      ...{ signature: 'def main()', anchor: 'main' },
    },
    {
      ...{ ...inApp, id: 'tests/test_app.py#test_main', file: 'tests/test_app.py', kind: 'function', isTest: true },
      ...{
        qualifiedName: 'test_main',
        startLine: 3,
        endLine: 5,
        signature: 'def test_main()',
        anchor: null,
        page: null,
      },
    },
  ],
  edges: [
    { from: 'src/app.py#main', to: 'src/app.py#Flask', kind: 'instantiates', origin: 'same-file', confidence: 1 },
    { from: 'tests/test_app.py#test_main', to: 'src/app.py#main', kind: 'calls', origin: 'import', confidence: 1 },
  ],
  placesOf: (edge) => [edge === 0 ? [31, 11, null] : [4, 5, 'branch']],
})
export const exampleApi: PublicApi = {
  version: 1,
  commit: 'a'.repeat(40),
  packages: [],
  definitions: [],
  settings: [],
  commands: [],
  modules: [],
}

export const exampleSet: NewSet = {
  manifest: {
    repo_url: 'https://github.com/pallets/flask',
    name: 'flask',
    full_name: 'pallets/flask',
    commit: 'a'.repeat(40),
    commit_url: null,
    committed_at: '2026-01-01T00:00:00.000Z',
    main_model: 'offline',
    generator_version: '0.1.0',
    statistics: { files: 1, lines: 2, components: 3, edges: 4, modules: 1, pages: 2 },
    pages: [
      { file: 'overview.md', title: 'Flask', module: null, html: 'overview.html', headings: [], diagrams: 0 },
      { file: 'src-app.md', title: HOSTILE_TITLE, module: 'src/app', html: 'src-app.html', headings: [], diagrams: 0 },
    ],
    tree: [
      { title: 'Flask', file: 'overview.md', children: [{ title: HOSTILE_TITLE, file: 'src-app.md', children: [] }] },
    ],
  },
  files: new Map([
    ['overview.md', '# Flask\n'],
    ['src-app.md', '# App\n'],
    ['api.json', JSON.stringify(exampleApi)],
    ['module_tree.json', '{"modules":{}}'],
    ['llms.txt', 'flask'],
    ['odd.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ]),
  binaries: new Map([[GRAPH_INDEX_FILE, graphIndex]]),
  html: new Map([
    ['overview.html', '<h1 id="flask">Flask</h1><p>the overview</p>'],
    ['src-app.html', '<h1 id="app">App</h1>'],
  ]),
}
