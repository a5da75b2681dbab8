/** The application on a real server over loopback, with a queue in memory: for what only a socket shows. */

import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { readConfig } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { startServer } from '#server/serve.ts'
import { createSetStore } from '#store/sets.ts'
import { exampleSet } from './fixture.ts'
import { MemoryQueue } from './memory-queue.ts'

/** What a caller gets, read to its end. */
export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface Served {
  origin: string
  port: number
  queue: MemoryQueue
  /** Key of the published set of `pallets--flask`. */
  docsKey: string
  /** Of its spool. */
  folder: string
  /** Ask as `curl` does: no header but those that are given, any Host, any address of the loopback network as the caller's. */
  ask(path: string, options?: RequestOptions & { body?: string }): Promise<Answered>
  /** A form as `curl -d` sends it. */
  post(path: string, fields: Record<string, string>, options?: RequestOptions): Promise<Answered>
}

/** What ends with a test, or with a bench. */
export interface Ending {
  after(step: () => unknown): void
}

export async function serve(t: Ending, settings: Record<string, string> = {}): Promise<Served> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-served-'))
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const queue = new MemoryQueue()
  const docsKey = await createSetStore(path.join(folder, 'docs')).publish(exampleSet)
  const server = await startServer({
    config: readConfig({ DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: folder, ...settings }, {}),
    log: createLog('test', 'silent'),
    signal: new AbortController().signal,
    openQueue: async () => Object.assign(queue, { close: async () => undefined }),
  })
  t.after(() => server.close(0))
  const ask: Served['ask'] = (to, { body, ...options } = {}) =>
    new Promise((resolve, reject) => {
      const request = httpRequest(`${server.url}/`, { ...options, path: to }, (response) => {
        const { statusCode: status = 0, headers } = response
        text(response).then((read) => resolve({ status, headers, body: read }), reject)
      })
      request.on('error', reject)
      request.end(body)
    })
  return {
    origin: server.url,
    port: server.port,
    queue,
    docsKey,
    folder,
    ask,
    post: (to, fields, options = {}) =>
      ask(to, {
        method: 'POST',
        body: String(new URLSearchParams(fields)),
        ...options,
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: '*/*', ...options.headers },
      }),
  }
}
