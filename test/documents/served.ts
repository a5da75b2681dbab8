/** The application with a published set on a port of the loopback, and a browser that looks at it. */

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { createLog } from '#base/log.ts'
import { createApp } from '#http/app.ts'
import { loadAssets } from '#server/asset-reader.ts'
import type { NewSet } from '#store/publish-set.ts'
import { createSetStore, htmlNameOf } from '#store/sets.ts'
import { MemoryQueue } from '../http/memory-queue.ts'
import { fakeSet } from '../templates/fakes.ts'

export interface Served {
  origin: string
  /** `http://127.0.0.1:…/static-docs/acme--orbit/` */
  docs: string
  /** Of the published set. */
  key: string
  queue: MemoryQueue
  close(): Promise<void>
}

/** The made-up set as it is published. */
export function exampleSet(): NewSet {
  const { manifest, html, files } = fakeSet()
  const { key: _key, files: _files, ...rest } = manifest
  return { manifest: rest, files, html: new Map([...html].map(([file, text]) => [htmlNameOf(file), text])) }
}

export async function serveSet(set = exampleSet()): Promise<Served> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-documents-'))
  const sets = createSetStore(path.join(folder, 'docs'))
  const queue = new MemoryQueue()
  const key = await sets.publish(set)
  queue.move('acme--orbit', { status: 'completed' }, key)
  const app = createApp({
    queue,
    sets,
    assets: await loadAssets(),
    policy: { allowedHosts: ['github.com'], allowPrivateNetworks: false, localRepos: [] },
    log: createLog('test', 'silent'),
    clock: Date.now,
    mainModel: 'gpt-x',
    allowedModels: ['gpt-x', 'org/gpt-y:free'],
    signal: new AbortController().signal,
  })
  // As the service has it: a test may look at one page for longer than Node keeps a connection by itself.
  const server = createServer({ keepAliveTimeout: 65_000 }, getRequestListener(app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    docs: `${origin}/static-docs/acme--orbit/`,
    key,
    queue,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export function launchBrowser(): Promise<Browser> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath: '/usr/bin/chromium', args })
}

/**
 * Open a page and gather what goes wrong meanwhile: errors, violations of the policy, requests to anywhere else.
 *
 * @param home - The beginning of every address that may be asked.
 * @param expected - What may go wrong.
 * @returns What did.
 */
export async function visit(
  browser: Browser,
  home: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
  expected?: RegExp,
): Promise<string[]> {
  const context = await browser.newContext(options)
  const troubles: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()))
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('dialog', (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`)
      dialog.dismiss().catch(() => undefined)
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(home)) troubles.push(request.url())
    })
    await use(page)
    return expected === undefined ? troubles : troubles.filter((text) => !expected.test(text))
  } finally {
    await context.close()
  }
}
