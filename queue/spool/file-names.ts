/**
 * Builds and parses the names of files and folders in the spool; `paths.ts` has their paths. Ids are validated, so that untrusted
 * text never changes the meaning of a name. Names start with zero-padded numbers, so that sorting them by name sorts them by
 * priority or time.
 */

import { sha256Of } from '#base/sha256.ts'
import type { Entry, ListPosition, OutboxItem } from '#queue/backend.ts'
import { BadJobId } from '#queue/errors.ts'
import type { FollowDue } from '#queue/follows/follow-store.ts'

const MAX_ID_BYTES = 200
/** No separator, no control or format character, no lone surrogate, no leading dot. */
const SAFE_ID = /^(?!\.)[^\p{C}\p{Zl}\p{Zp}/\\]+$/u

/** Whether a text may be the id of a job: a file name of 1 to 200 bytes without a leading dot. */
export function isJobId(text: string): boolean {
  return text.length <= MAX_ID_BYTES && Buffer.byteLength(text) <= MAX_ID_BYTES && SAFE_ID.test(text)
}

/** @throws {BadJobId} */
export function checked(jobId: string): string {
  if (!isJobId(jobId)) throw new BadJobId('Expected a job id: a file name of 1 to 200 bytes without a leading dot.')
  return jobId
}

const WORKER_ID = /^[0-9]{1,10}-[0-9]{1,20}-[0-9a-f]{8}$/
const REVISION_NAME = /^r([0-9]{6,12})\.json$/
const READY_NAME = /^([0-9])-([0-9]{13})-(.+)$/u
const DELAYED_NAME = /^([0-9]{13})-([0-9]-[0-9]{13}-.+)$/u
/** Lanes of versions up to 0.6 have 8 digits. */
const OUTBOX_NAME = /^([0-9]{13})-([0-9a-f]{8}|[0-9a-f]{20})-([0-9a-f]{16})-(.+)$/u
const ENDED_NAME = /^([0-9]{13})-(.+)$/u
const EVENTS_NAME = /^events\.([1-9][0-9]{0,8})\.ndjson$/
const DAY_NAME = /^[0-9]{8}$/
const FOLLOW_ID = /^[0-9a-f]{32}$/
const LOOK_NAME = /^([0-9]{13})-([0-9a-f]{32})$/

export const millis = (ms: number): string => String(Math.max(0, Math.trunc(ms))).padStart(13, '0')

/** The day (UTC) of a time, such as `20260131`. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')

/** The name of a job's shard: the first two hex digits of the hash of its id. */
export const shardOf = (jobId: string): string => sha256Of(jobId).slice(0, 2)

export const isShard = (name: string): boolean => /^[0-9a-f]{2}$/.test(name)

export const isDay = (name: string): boolean => DAY_NAME.test(name)

export const isWorkerId = (text: string): boolean => WORKER_ID.test(text)

/** The worker of `workers/<name>`; `undefined` for its lock and other names. */
export function parseWorkerName(name: string): string | undefined {
  const worker = name.endsWith('.json') ? name.slice(0, -'.json'.length) : ''
  return isWorkerId(worker) ? worker : undefined
}

export const revisionName = (rev: number): string => `r${String(rev).padStart(6, '0')}.json`

/** The job id in `jobs/<xx>/<id>`, a path relative to the spool's root; `undefined` for other paths. */
export function parseJobFolder(relative: string): string | undefined {
  const [top, shard, jobId, ...rest] = relative.split('/')
  if (top !== 'jobs' || jobId === undefined || rest.length > 0) return undefined
  return isJobId(jobId) && shardOf(jobId) === shard ? jobId : undefined
}

/** The hash in `keys/<xx>/<hash>.json`, a path relative to the spool's root; `undefined` for other paths. */
export const parseKeyPath = (relative: string): string | undefined =>
  /^keys\/[0-9a-f]{2}\/([0-9a-f]{64})\.json$/.exec(relative)?.[1]

/** The number in the name of a revision; `undefined` for other names. */
export function parseRevisionName(name: string): number | undefined {
  const digits = REVISION_NAME.exec(name)?.[1]
  if (digits === undefined) return undefined
  const rev = Number(digits)
  return rev > 0 && revisionName(rev) === name ? rev : undefined
}

/** The epoch in the name of an event log; `undefined` for other names. */
export function parseEventsName(name: string): number | undefined {
  const epoch = EVENTS_NAME.exec(name)?.[1]
  return epoch === undefined ? undefined : Number(epoch)
}

/** Whether a name is that of the copy of the record for people, or of its lock. */
export const isCopyName = (name: string): boolean => name === 'job.json' || name === 'job.json.lock'

/** Whether a name belongs in the folder of a job. */
export function isJobFileName(name: string): boolean {
  return isCopyName(name) || name === 'cancel' || parseRevisionName(name) !== undefined || EVENTS_NAME.test(name)
}

/** The name of an entry, `5-1700000000000-<job id>`, which sorts by priority, then by time. */
export const entryName = (entry: Entry): string =>
  `${entryHead(entry.priority, entry.submittedMs)}${checked(entry.jobId)}`

/** The prefix of the names of entries with this priority and time. */
export const entryHead = (priority: number, submittedMs: number): string => `${priority}-${millis(submittedMs)}-`

export function parseEntryName(name: string): Entry | undefined {
  const [, priority, ms, jobId] = READY_NAME.exec(name) ?? []
  if (jobId === undefined || !isJobId(jobId)) return undefined
  return { jobId, priority: Number(priority), submittedMs: Number(ms) }
}

/** Parses the name of a delayed entry, `<due>-5-1700000000000-<job id>`, which sorts by due time. */
export function parseDelayedName(name: string): { entry: Entry; notBefore: number } | undefined {
  const [, due, rest] = DELAYED_NAME.exec(name) ?? []
  const entry = rest === undefined ? undefined : parseEntryName(rest)
  return entry === undefined ? undefined : { entry, notBefore: Number(due) }
}

/** The name of a finished job in its index, `1700000000000-<job id>`, which sorts by submission time. */
export const placeName = (place: ListPosition): string => `${millis(place.submittedMs)}-${checked(place.jobId)}`

export function parsePlaceName(name: string): ListPosition | undefined {
  const [, ms, jobId] = ENDED_NAME.exec(name) ?? []
  return jobId === undefined || !isJobId(jobId) ? undefined : { jobId, submittedMs: Number(ms) }
}

/** The name of a pending delivery, `<due>-<lane>-<callback>-<job id>`, which sorts by due time. */
export const outboxName = ({ dueMs, lane, callbackId, jobId }: OutboxItem): string =>
  `${millis(dueMs)}-${lane}-${callbackId}-${checked(jobId)}`

export function parseOutboxName(name: string): OutboxItem | undefined {
  const [, due, lane = '', callbackId = '', jobId] = OUTBOX_NAME.exec(name) ?? []
  return jobId === undefined || !isJobId(jobId) ? undefined : { jobId, callbackId, lane, dueMs: Number(due) }
}

export const isFollowId = (text: string): boolean => FOLLOW_ID.test(text)

/** The name of a scheduled check, `<due>-<id>`, which sorts by due time. */
export const lookName = ({ dueMs, id }: FollowDue): string => `${millis(dueMs)}-${id}`

export function parseLookName(name: string): FollowDue | undefined {
  const [, due, id] = LOOK_NAME.exec(name) ?? []
  return id === undefined ? undefined : { id, dueMs: Number(due) }
}

/** The prefix of the names of a repository's jobs in `repos/<xx>/`: 32 hex digits and a dash. */
export const repoPrefix = (repoUrl: string): string => `${sha256Of(repoUrl).slice(0, 32)}-`

export function parseRepoName(name: string): string | undefined {
  const jobId = /^[0-9a-f]{32}-/.test(name) ? name.slice(33) : ''
  return isJobId(jobId) ? jobId : undefined
}

/** Parses the name of a folder in `work/`, `<job id>.<epoch>`. */
export function parseWorkName(name: string): { jobId: string; epoch: number } | undefined {
  const [, jobId, epoch] = /^(.+)\.([1-9][0-9]{0,8})$/u.exec(name) ?? []
  return jobId === undefined || !isJobId(jobId) ? undefined : { jobId, epoch: Number(epoch) }
}
