/** The only file that builds paths of the spool. The names in them, with the ids that they contain, are from `file-names.ts`. */

import path from 'node:path'
import { sha256Of } from '#base/sha256.ts'
import type { Entry, ListPosition } from '#queue/backend.ts'
import type { Status } from '#queue/contract.ts'
import { BadJobId } from '#queue/errors.ts'
import {
  checked,
  dayOf,
  entryName,
  isFollowId,
  isWorkerId,
  millis,
  placeName,
  repoPrefix,
  revisionName,
  shardOf,
} from './file-names.ts'

export type EndedStatus = Extract<Status, 'completed' | 'failed'>
/** Folders that must exist, parents first: those of the queue, then those that other parts of the program use. */
const FOLDERS = [
  ...'tmp journal jobs ready delayed active workers ended ended/completed ended/failed repos expired keys'.split(' '),
  ...'work outbox follows looks corrupt control docs cache spend answers metrics tokens'.split(' '),
]
/** Files and folders in the root that other parts of the program create when they need them. */
const OTHER_NAMES = ['made', 'asked', 'spend.json']

export const ENDED = ['completed', 'failed'] as const satisfies readonly EndedStatus[]

/** Builds the paths in one spool. Every method that takes an id throws `BadJobId` if the id is not safe. */
export class SpoolPaths {
  readonly root: string
  readonly layout: string
  readonly tmp: string
  readonly journal: string
  readonly jobs: string
  readonly ready: string
  readonly delayed: string
  readonly active: string
  readonly workers: string
  readonly ended: string
  readonly outbox: string
  readonly follows: string
  readonly looks: string
  readonly repos: string
  readonly expired: string
  readonly keys: string
  readonly work: string
  readonly corrupt: string
  readonly control: string
  readonly pausedMark: string
  /** Beside a database; see `database-mark.ts`. */
  readonly databaseMark: string

  /** @param root - The absolute path of the spool. */
  constructor(root: string) {
    this.root = root
    this.layout = path.join(root, 'LAYOUT')
    this.tmp = path.join(root, 'tmp')
    this.journal = path.join(root, 'journal')
    this.jobs = path.join(root, 'jobs')
    this.ready = path.join(root, 'ready')
    this.delayed = path.join(root, 'delayed')
    this.active = path.join(root, 'active')
    this.workers = path.join(root, 'workers')
    this.ended = path.join(root, 'ended')
    this.outbox = path.join(root, 'outbox')
    this.follows = path.join(root, 'follows')
    this.looks = path.join(root, 'looks')
    this.repos = path.join(root, 'repos')
    this.expired = path.join(root, 'expired')
    this.keys = path.join(root, 'keys')
    this.work = path.join(root, 'work')
    this.corrupt = path.join(root, 'corrupt')
    this.control = path.join(root, 'control')
    this.pausedMark = path.join(this.control, 'paused')
    this.databaseMark = path.join(this.control, 'database')
  }

  /** Folders that must exist, parents first. */
  get folders(): string[] {
    return FOLDERS.map((name) => path.join(this.root, name))
  }

  /** Names that docspool creates in the root; others are not touched. */
  get rootNames(): ReadonlySet<string> {
    const made = [this.layout, ...this.folders].map((file) => path.relative(this.root, file))
    return new Set([...made.filter((name) => !name.includes(path.sep)), ...OTHER_NAMES])
  }

  shard(jobId: string): string {
    return path.join(this.jobs, shardOf(jobId))
  }

  job(jobId: string): string {
    return path.join(this.jobs, shardOf(jobId), checked(jobId))
  }

  revision(jobId: string, rev: number): string {
    return path.join(this.job(jobId), revisionName(rev))
  }

  copy(jobId: string): string {
    return path.join(this.job(jobId), 'job.json')
  }

  cancelMark(jobId: string): string {
    return path.join(this.job(jobId), 'cancel')
  }

  events(jobId: string, epoch: number): string {
    return path.join(this.job(jobId), `events.${epoch}.ndjson`)
  }

  readyEntry(entry: Entry): string {
    return path.join(this.ready, entryName(entry))
  }

  delayedEntry(entry: Entry, notBefore: number): string {
    return path.join(this.delayed, `${millis(notBefore)}-${entryName(entry)}`)
  }

  activeOf(worker: string): string {
    if (!isWorkerId(worker)) throw new BadJobId('Expected the id of a worker.')
    return path.join(this.active, worker)
  }

  activeEntry(worker: string, entry: Entry): string {
    return path.join(this.activeOf(worker), entryName(entry))
  }

  worker(worker: string): string {
    if (!isWorkerId(worker)) throw new BadJobId('Expected the id of a worker.')
    return path.join(this.workers, `${worker}.json`)
  }

  endedStatus(status: EndedStatus): string {
    return path.join(this.ended, status)
  }

  endedDay(status: EndedStatus, submittedMs: number): string {
    return path.join(this.ended, status, dayOf(submittedMs))
  }

  endedEntry(status: EndedStatus, place: ListPosition): string {
    return path.join(this.endedDay(status, place.submittedMs), placeName(place))
  }

  repoShard(repoUrl: string): string {
    return path.join(this.repos, sha256Of(repoUrl).slice(0, 2))
  }

  repoEntry(repoUrl: string, jobId: string): string {
    return path.join(this.repoShard(repoUrl), `${repoPrefix(repoUrl)}${checked(jobId)}`)
  }

  expiredMark(jobId: string): string {
    return path.join(this.expired, shardOf(jobId), checked(jobId))
  }

  /** @param key - Any text; only its hash becomes part of the path. */
  key(key: string): string {
    return this.keyOfHash(sha256Of(key))
  }

  /** @param hash - 64 hex digits. */
  keyOfHash(hash: string): string {
    return path.join(this.keys, hash.slice(0, 2), `${hash}.json`)
  }

  follow(id: string): string {
    if (!isFollowId(id)) throw new BadJobId('Expected the id of a followed repository.')
    return path.join(this.follows, id)
  }

  followRevision(id: string, rev: number): string {
    return path.join(this.follow(id), revisionName(rev))
  }

  workDir(jobId: string, epoch: number): string {
    return path.join(this.work, `${checked(jobId)}.${epoch}`)
  }
}
