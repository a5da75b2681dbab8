/** What handles on the storage in memory share. */
import type { Entry, KeyRecord, ListPosition, OutboxItem, WorkerInfo } from '#queue/backend.ts'
import type { Pause, Status } from '#queue/contract.ts'
import type { StoredFollow } from '#queue/follows/follow-record.ts'
import type { FollowDue } from '#queue/follows/follow-store.ts'
import type { Job } from '#queue/job.ts'
import type { JobEvent } from '#queue/job-event.ts'

/** Stands for a job that was removed; one of the same id counts on from it. */
export interface Removed {
  status: 'removed'
  rev: number
  epoch: number
}

export interface Employed {
  info: WorkerInfo
  isAlive: boolean
  lost: AbortController
}

export interface State {
  records: Map<string, Job | Removed>
  ready: Map<string, Entry>
  delayed: Map<string, { entry: Entry; notBefore: number }>
  held: Map<string, Map<string, Entry>>
  ended: Map<string, ListPosition & { status: Status }>
  notes: Map<string, string>
  events: Map<string, JobEvent[]>
  workers: Map<string, Employed>
  marks: Map<string, string>
  keys: Map<string, KeyRecord>
  outbox: Map<string, OutboxItem>
  follows: Map<string, StoredFollow>
  looks: Map<string, FollowDue>
  expired: Map<string, number>
  watchers: Set<{ topic: string; onHint: () => void }>
  paused: Pause | undefined
}

export const createState = (): State => ({
  ...{ records: new Map(), ready: new Map(), delayed: new Map(), held: new Map(), ended: new Map(), notes: new Map() },
  ...{
    events: new Map(),
    workers: new Map(),
    marks: new Map(),
    keys: new Map(),
    outbox: new Map(),
    follows: new Map(),
    looks: new Map(),
    expired: new Map(),
  },
  ...{ watchers: new Set(), paused: undefined },
})

export const keyOf = ({ priority, submittedMs, jobId }: Entry): string => `${priority} ${submittedMs} ${jobId}`
export const placeKey = ({ jobId, submittedMs }: ListPosition): string => `${submittedMs} ${jobId}`

/** Let others get on first. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Entries that wait, those for later included. */
export function waiting({ ready, delayed }: State): Entry[] {
  return [...ready.values(), ...[...delayed.values()].map((late) => late.entry)]
}

export const held = (state: State): Entry[] => [...state.held.values()].flatMap((hands) => [...hands.values()])
