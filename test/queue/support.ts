/** What the tests of the queue share: a spool of their own, a request, and waiting for a condition. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import pino from 'pino'
import { Releasers } from '#base/releasers.ts'
import type { SubmitRequest } from '#queue/contract.ts'
import { openQueue, type Queue, type QueueSettings } from '#queue/open-queue.ts'
import type { RunResult } from '#queue/runner.ts'
import type { WorkFolders } from '#queue/work-folders.ts'

export const silent = pino({ level: 'silent' })

export const settings: QueueSettings = {
  queueSize: 1_000,
  cacheExpiryMs: 365 * 86_400_000,
  retryCooldownMs: 180_000,
  revalidateMs: 3_600_000,
}

export const result: RunResult = { docsKey: 'k1', resolvedCommit: 'a'.repeat(40), summary: 'Documented.' }

/** For claims whose run makes no files. */
export const noFolders: WorkFolders = { folderOf: () => '/nowhere', remove: async () => undefined }

const releasers = new WeakMap<TestContext, Releasers>()

/** Do this when the test has ended; what was asked for last comes first. */
export function atEnd(t: TestContext, step: () => unknown): void {
  const known = releasers.get(t)
  const all = known ?? new Releasers()
  if (known === undefined) {
    releasers.set(t, all)
    t.after(() => all.releaseAll())
  }
  all.push(step)
}

/** A folder that goes away with the test. */
export async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-queue-'))
  atEnd(t, () => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** As after some seconds: the files of records are on the disk, and no journal has their lines. */
export async function forgetJournals({ journal }: { journal: string }): Promise<void> {
  for (const name of await readdir(journal)) await rm(path.join(journal, name))
}

export interface Clock {
  (): number
  /** Added to the real time. */
  aheadMs: number
}

export function createClock(): Clock {
  const clock = Object.assign(() => Date.now() + clock.aheadMs, { aheadMs: 0 })
  return clock
}

export interface Fixture {
  spoolDir: string
  queue: Queue
  clock: Clock
}

export async function makeQueue(t: TestContext, changes: Partial<QueueSettings> = {}): Promise<Fixture> {
  const spoolDir = path.join(await makeFolder(t), 'spool')
  const clock = createClock()
  const queue = await openQueue(spoolDir, { ...settings, ...changes }, { log: silent, clock })
  atEnd(t, () => queue.close())
  return { spoolDir, queue, clock }
}

export function request(jobId: string, changes: Partial<SubmitRequest> = {}): SubmitRequest {
  return {
    jobId,
    repoUrl: `https://github.com/acme/${jobId}`,
    commitId: null,
    options: {},
    priority: 5,
    force: false,
    mainModel: 'offline',
    idempotencyKey: null,
    ...changes,
  }
}

/** Resolves with the first value that is not `undefined` or `false`; rejects after `withinMs`. */
export async function until<T>(
  read: () => T | Promise<T>,
  what: string,
  withinMs = 20_000,
): Promise<Exclude<T, undefined | false>> {
  const end = performance.now() + withinMs
  for (;;) {
    const value = await read()
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** How many watches this process has on a folder, as the system knows them. */
export async function countWatches(folder: string): Promise<number> {
  const mark = `ino:${(await stat(folder)).ino.toString(16)} `
  const names = await readdir('/proc/self/fdinfo')
  const infos = await Promise.all(names.map((name) => readFile(`/proc/self/fdinfo/${name}`, 'utf8').catch(() => '')))
  return infos.join('').split(mark).length - 1
}

/** For `collectGarbage`, where only the queue matters. */
export const NO_TIDYING = { tidySets: async () => undefined, tidyCaches: async () => undefined }
