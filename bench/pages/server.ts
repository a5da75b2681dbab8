/**
 * The application with the same pages three times: as it answers them, as files that Hono's own middleware for static
 * files reads, and as assets, which lie in memory. All three pass the same middleware. Its arguments are the spool and the
 * folder of files; it sends its address when it listens.
 */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { createLog } from '#base/log.ts'
import { createApp } from '#http/app.ts'
import type { ServedAsset } from '#http/deps.ts'
import { openQueue } from '#queue/open-queue.ts'
import { loadAssets } from '#server/asset-reader.ts'
import { createSetStore } from '#store/sets.ts'
import { deps, settings } from '../spool.ts'

const [spoolDir = '', folder = ''] = process.argv.slice(2)
const assets = await loadAssets()
const pages = new Map<string, ServedAsset>()

const app = createApp({
  queue: await openQueue(spoolDir, settings, deps),
  sets: createSetStore(path.join(spoolDir, 'docs')),
  assets: { read: (name) => (name.startsWith('page-') ? readPage(name) : assets.read(name)), version: assets.version },
  policy: { allowedHosts: [], allowPrivateNetworks: false, localRepos: [] },
  log: createLog('bench', 'silent'),
  clock: Date.now,
  mainModel: 'offline',
  signal: new AbortController().signal,
})
app.get('/files/*', serveStatic({ root: folder, rewriteRequestPath: (address) => address.slice('/files'.length) }))

/** From the disk once. */
function readPage(name: string): ServedAsset {
  const known = pages.get(name)
  if (known !== undefined) return known
  const body = new Uint8Array(readFileSync(path.join(folder, `${name}.html`)))
  const page = { body, type: 'text/html; charset=UTF-8', hash: name }
  pages.set(name, page)
  return page
}

const server = createServer(getRequestListener(app.fetch))
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
process.once('disconnect', () => process.exit())
process.once('SIGTERM', () => process.exit())
