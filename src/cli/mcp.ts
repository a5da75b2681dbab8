/** `docspool mcp`: the Model Context Protocol over standard input and output, for documents in folders or those of a server. */

import { finished } from 'node:stream/promises'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import type { Log } from '#base/log.ts'
import { OFFLINE } from '#base/offline.ts'
import { createApp } from '#http/app.ts'
import { createServer } from '#http/mcp/server.ts'
import type { Service } from '#http/mcp/service.ts'
import { toInit } from './remote-service.ts'
import { createWrittenQueue } from './written-queue.ts'
import { createWrittenReader, findWrittenSets } from './written-sets.ts'

/** Serve until the client closes standard input. */
export async function serveMcp(service: Service, signal: AbortSignal, options: { isReadOnly: boolean }): Promise<void> {
  const handle = serveStdio(() => createServer(service, options))
  await finished(process.stdin, { writable: false, signal }).catch(() => undefined)
  await handle.close()
}

/**
 * Documents in folders.
 *
 * @throws {NoDocuments}
 */
export async function writtenService(folders: readonly string[], log: Log): Promise<Service> {
  const sets = (await Promise.all(folders.map(findWrittenSets))).flat()
  const app = createApp({
    queue: createWrittenQueue(sets),
    sets: createWrittenReader(sets),
    assets: { read: () => undefined, version: () => '' },
    // Folders may contain documents of any repository.
    policy: { allowedHosts: ['*'], allowPrivateNetworks: true, localRepos: ['/'] },
    log,
    requestLevel: 'debug',
    clock: Date.now,
    mainModel: OFFLINE,
    signal: new AbortController().signal,
  })
  return { fetch: async (path, request = {}) => app.request(path, toInit(request)) }
}
