/**
 * Keeps every revision of every record that the storage has shown while the run goes on: revisions never change, so one
 * that reads otherwise later is itself a finding.
 */

import { setTimeout as pause } from 'node:timers/promises'
import type { World } from './world.ts'

/** The fields of a revision that are held against each other. */
export interface Revision {
  job_id: string
  status: 'queued' | 'processing' | 'completed' | 'failed' | 'removed'
  rev: number
  epoch: number
  submitted_at?: string
  started_at?: string | null
  completed_at?: string
  error_code?: string
  worker?: string
  attempt?: number
  /** A run that follows this one, since somebody insisted while it ran. */
  again?: { submitted_at: string } | null
  callbacks?: { id: string; url: string; delivered_at: string | null; failed_at: string | null }[]
}

/** What the storage showed of a job. */
export interface History {
  jobId: string
  /** By number; those that were pruned before they were seen are missing. */
  revisions: Map<number, Revision>
  /** Numbers that were there at the last look. */
  onDisk: Set<number>
  /** When a revision was written, milliseconds since the epoch. */
  writtenAt: Map<number, number>
  /** The machine that wrote a revision, where that is known. */
  writtenBy: Map<number, string>
  /** Epochs and the process ids that were started for them. */
  spawned: Map<number, number[]>
  /** Revisions that read otherwise than before, or not at all. */
  spoiled: string[]
}

export interface Witness {
  readonly histories: ReadonlyMap<string, History>
  /** Look at the whole storage once more. @param isThorough - Read again what was read before. */
  look(isThorough?: boolean): Promise<void>
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 250

export function startWitness({ readRecords }: Pick<World, 'readRecords'>): Witness {
  const histories = new Map<string, History>()
  const end = new AbortController()
  let last: Promise<void> = Promise.resolve()

  const look = (isThorough = false): Promise<void> => {
    last = last.then(() => readRecords(histories, isThorough))
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
  return {
    ...{ jobId, revisions: new Map(), onDisk: new Set(), writtenAt: new Map(), writtenBy: new Map() },
    ...{ spawned: new Map(), spoiled: [] },
  }
}

/** @param revision - `undefined`: it cannot be read. */
export function noteRevision(history: History, rev: number, revision: Revision | undefined, writtenAt: number): void {
  const known = history.revisions.get(rev)
  if (revision === undefined || revision.rev !== rev || revision.job_id !== history.jobId) {
    history.spoiled.push(`r${rev} cannot be read`)
  } else if (known !== undefined && JSON.stringify(known) !== JSON.stringify(revision)) {
    history.spoiled.push(`r${rev} has changed`)
  } else {
    history.revisions.set(rev, revision)
    history.writtenAt.set(rev, writtenAt)
  }
}

/** The revision with the highest number, `undefined` when none was seen. */
export function newestOf({ revisions }: History): Revision | undefined {
  return revisions.get(Math.max(...revisions.keys()))
}

export function parse(text: string): Revision | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
