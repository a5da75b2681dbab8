import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { missingTool } from '../support/skips.ts'
import { createFetch, createQueue } from './app.ts'
import { askAll, type Compared, questions } from './questions.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const bun = path.join(here, 'installed/node_modules/@oven/bun-linux-x64/bin/bun')
const hasRuntimes = existsSync(bun) && existsSync(path.join(here, 'installed/node_modules/miniflare'))
const skip = missingTool('bun or workerd (make test-runtimes installs both)', hasRuntimes)

const ORIGIN = 'http://127.0.0.1:8000'
let folder: string
let expected: Compared[]

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-runtimes-'))
  const fetch = createFetch(createQueue())
  expected = await askAll(async (url, init) => fetch(new Request(url, init)), ORIGIN)
})
after(() => rm(folder, { recursive: true, force: true }))

/** The application and what serves it, as one module. @returns Its file. */
async function bundle(name: string, serve: string): Promise<string> {
  const file = path.join(folder, `${name}.mjs`)
  await build({
    stdin: {
      contents: `import { createFetch, createQueue } from './app.ts'\n${serve}`,
      resolveDir: here,
      loader: 'ts',
    },
    outfile: file,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'workerd', 'worker'],
    external: ['node:*'],
  })
  return file
}

function compare(answers: Compared[]): void {
  for (const [index, answer] of answers.entries()) assert.deepEqual(answer, expected[index])
  assert.equal(answers.length, questions.length)
}

test('the questions reach every kind of answer', () => {
  const statuses = new Set(expected.map(({ status }) => status))
  for (const status of [200, 202, 204, 207, 301, 302, 303, 400, 403, 404, 405, 413, 415])
    assert.ok(statuses.has(status), `${status}`)
  assert.ok(!statuses.has(500))
})

test('Bun answers as Node does', { skip }, async (t) => {
  const serve = `const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: createFetch(createQueue()) })\nconsole.log(server.port)`
  const file = await bundle('bun', serve)
  const child = spawn(bun, [file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: folder },
  })
  t.after(() => child.kill())
  const [port] = await once(child.stdout, 'data')
  compare(await askAll(fetch, `http://127.0.0.1:${Number(port)}`))
})

// What belongs to one request there cannot be used by another: the application is made for each, the stores stay.
test('workerd answers as Node does', { skip }, async (t) => {
  const file = await bundle(
    'workerd',
    'const queue = createQueue()\nexport default { fetch: (request) => createFetch(queue)(request) }',
  )
  const { Miniflare } = createRequire(path.join(here, 'installed/package.json'))('miniflare')
  const miniflare = new Miniflare({
    modules: true,
    script: await readFile(file, 'utf8'),
    host: '127.0.0.1',
    port: 0,
    compatibilityDate: '2025-12-01',
    compatibilityFlags: ['nodejs_compat'],
    cf: false,
  })
  t.after(() => miniflare.dispose())
  const { origin } = (await miniflare.ready) as URL
  compare(await askAll(fetch, origin))
})
