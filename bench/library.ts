/**
 * docspool's queue library as a driver of `peers`, on a spool or on PostgreSQL; it is not in that folder, whose package.json knows nothing of the
 * program's imports. The queue lives in a process of its own, to which submissions go over a channel, as those of
 * the others go to their servers; the worker is a supervisor whose jobs do nothing.
 */

import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { supervise } from '#queue/supervisor.ts'
import type { Closable, Producer } from './peers/driver.ts'
import { endProcess, forkBench } from './programs.ts'
import { deps } from './spool.ts'

export async function createProducer(address: string): Promise<Producer> {
  const server = forkBench('library-server.ts', [address])
  const waiting = new Map<string, { resolve(): void; reject(error: Error): void }>()
  await once(server, 'message')
  server.on('message', ({ id, error }: { id: string; error?: string }) => {
    const one = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) one?.resolve()
    else one?.reject(new Error(error))
  })
  return {
    add: (id) =>
      new Promise<void>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        server.send({ id })
      }),
    close: () => endProcess(server),
  }
}

export async function createWorker(
  address: string,
  onStart: (id: string) => void,
  onDone: () => void,
): Promise<Closable> {
  const end = new AbortController()
  const never = new AbortController()
  // The supervisor tells in its log when the end of a job is recorded.
  const log = Object.assign(Object.create(deps.log), {
    info: (_: object, message: string) => message === 'a job ends' && onDone(),
  })
  const run = async ({ jobId }: { jobId: string }) => {
    onStart(jobId)
    return { docsKey: 'none', resolvedCommit: '0'.repeat(40), summary: 'nothing was done' }
  }
  const isPassing = (): boolean => false
  const signals = { signal: end.signal, hardSignal: never.signal }
  const databaseUrl = address.startsWith('postgres:') ? address : null
  const spoolDir = databaseUrl === null ? address : await mkdtemp(path.join(tmpdir(), 'docspool-bench-machine-'))
  const over = supervise({ spoolDir, databaseUrl, run, concurrency: 8, isPassing, graceMs: 10_000, log, ...signals })
  return {
    async close() {
      end.abort()
      await over
      if (databaseUrl !== null) await rm(spoolDir, { recursive: true, force: true })
    },
  }
}
