/**
 * Reads every revision of every record while the run goes on, before it may be pruned, and keeps it: revisions never
 * change, so one that reads otherwise later is itself a finding. It reads files and asks no program.
 */

import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseRevisionName } from '#queue/spool/paths.ts'

/** The fields of a revision that are held against each other. */
export interface Revision {
  job_id: string
  status: 'queued' | 'processing' | 'completed' | 'failed' | 'removed'
  rev: number
  epoch: number
  submitted_at?: string
  started_at?: string | null
  error_code?: string
  worker?: string
  /** A run that follows this one, since somebody insisted while it ran. */
  again?: { submitted_at: string } | null
}

/** What a job's folder showed. */
export interface History {
  jobId: string
  /** By number; those that were pruned before they were seen are missing. */
  revisions: Map<number, Revision>
  /** Numbers that were there at the last look. */
  onDisk: Set<number>
  /** When a revision was written, milliseconds since the epoch. */
  writtenAt: Map<number, number>
  /** Epochs and the process ids that were started for them. */
  spawned: Map<number, number[]>
  /** Revisions that read otherwise than before, or not at all. */
  spoiled: string[]
}

export interface Witness {
  readonly histories: ReadonlyMap<string, History>
  /** Look at the whole spool once more. @param isThorough - Read again what was read before. */
  look(isThorough?: boolean): Promise<void>
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 250

export function startWitness(spoolDir: string): Witness {
  const histories = new Map<string, History>()
  /** Files that were read; of logs, which grow, up to which size. */
  const seen = new Map<string, string>()
  const jobs = path.join(spoolDir, 'jobs')
  const end = new AbortController()
  let last: Promise<void> = Promise.resolve()

  async function lookOnce(isThorough: boolean): Promise<void> {
    if (isThorough) seen.clear()
    for (const { onDisk } of histories.values()) onDisk.clear()
    for (const shard of await listNames(jobs)) {
      for (const jobId of await listNames(path.join(jobs, shard))) await lookAt(jobId, path.join(jobs, shard, jobId))
    }
  }

  async function lookAt(jobId: string, folder: string): Promise<void> {
    const history = histories.get(jobId) ?? createHistory(jobId)
    histories.set(jobId, history)
    for (const name of await listNames(folder)) {
      const rev = parseRevisionName(name)
      const file = path.join(folder, name)
      if (rev !== undefined) {
        history.onDisk.add(rev)
        await readRevision(history, rev, file)
      }
      const epoch = /^events\.(\d+)\.ndjson$/.exec(name)?.[1]
      if (epoch !== undefined) await readSpawned(history, Number(epoch), file)
    }
  }

  async function readRevision(history: History, rev: number, file: string): Promise<void> {
    if (seen.has(file)) return
    const text = await readFile(file, 'utf8').catch(() => undefined)
    const found = await stat(file).catch(() => undefined)
    // Pruned since it was listed.
    if (text === undefined || found === undefined) return
    seen.set(file, '')
    const revision = parse(text)
    const known = history.revisions.get(rev)
    if (revision === undefined || revision.rev !== rev || revision.job_id !== history.jobId) {
      history.spoiled.push(`r${rev} cannot be read`)
    } else if (known !== undefined && JSON.stringify(known) !== JSON.stringify(revision)) {
      history.spoiled.push(`r${rev} has changed`)
    } else {
      history.revisions.set(rev, revision)
      history.writtenAt.set(rev, found.mtimeMs)
    }
  }

  async function readSpawned(history: History, epoch: number, file: string): Promise<void> {
    const size = (await stat(file).catch(() => undefined))?.size ?? 0
    if (seen.get(file) === String(size)) return
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    const pids = lines.map(parse).flatMap((event) => (isSpawn(event) ? [event.pid] : []))
    history.spawned.set(epoch, pids)
    seen.set(file, String(size))
  }

  const look = (isThorough = false): Promise<void> => {
    last = last.then(() => lookOnce(isThorough))
    return last
  }
  const loop = (async () => {
    while (!end.signal.aborted) {
      await look()
      await pause(LOOK_EVERY_MS, undefined, { signal: end.signal }).catch(() => undefined)
    }
  })()
  return {
    histories,
    look,
    async stop() {
      end.abort()
      await loop
    },
  }
}

export function createHistory(jobId: string): History {
  return { jobId, revisions: new Map(), onDisk: new Set(), writtenAt: new Map(), spawned: new Map(), spoiled: [] }
}

/** The revision with the highest number, `undefined` when none was seen. */
export function newestOf({ revisions }: History): Revision | undefined {
  return revisions.get(Math.max(...revisions.keys()))
}

const isSpawn = (event: unknown): event is { pid: number } =>
  typeof event === 'object' && event !== null && 'type' in event && event.type === 'spawn' && 'pid' in event

function parse(text: string): Revision | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function listNames(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}
