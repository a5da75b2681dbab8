/** Holds what was promised against what the records show. Pure. */

import type { Ledger, Promised } from './ledger.ts'
import { type History, newestOf, type Revision } from './witness.ts'

export interface Evidence {
  histories: ReadonlyMap<string, History>
  ledger: Pick<Ledger, 'promised' | 'submissions'>
  /** How often a program said that it starts a job, by `<job id> <epoch>`. */
  starts: ReadonlyMap<string, number>
}

/** What must not be; each entry is a sentence that names the job. */
export interface Findings {
  /** Promised, and there is no record that follows from it. */
  lost: string[]
  /** One submission has two ends. */
  double: string[]
  /** One epoch was claimed, or started, twice. */
  duplicate: string[]
  /** Neither ended nor removed. */
  stuck: string[]
  /** A revision follows another that it cannot follow. */
  illegal: string[]
  /** The end of a run was written by another machine than the one that had the claim. */
  stale: string[]
  /** Revisions that must be there and are not. */
  gaps: string[]
  /** Revisions that changed, or cannot be read. */
  spoiled: string[]
  /** The removal was confirmed, nobody submitted the job since, and it is there. */
  undeleted: string[]
}

/** As many as a job keeps; see docs/spool.md. */
const KEPT_REVISIONS = 32

export function judge({ histories, ledger, starts }: Evidence): Findings {
  const all = [...histories.values()]
  return {
    lost: once(ledger.promised.flatMap((promised) => lostOf(promised, histories.get(promised.jobId)))),
    double: all.flatMap(doubleEnds),
    duplicate: [
      ...all.flatMap(duplicateEpochs),
      ...[...starts].filter(([, times]) => times > 1).map(([claim, times]) => `${claim}: started ${times} times`),
    ],
    stuck: all.flatMap((history) => {
      const newest = newestOf(history)
      return newest === undefined || isEnd(newest) ? [] : [`${history.jobId}: still ${newest.status}`]
    }),
    illegal: all.flatMap(illegalMoves),
    stale: all.flatMap(staleEffects),
    gaps: all.flatMap(gapsOf),
    spoiled: all.flatMap(({ jobId, spoiled }) => spoiled.map((what) => `${jobId}: ${what}`)),
    undeleted: once(
      ledger.promised.flatMap((promised) => undeletedOf(promised, histories.get(promised.jobId), ledger)),
    ),
  }
}

/** A job may have been promised many times. */
const once = (lines: string[]): string[] => [...new Set(lines)]

const isTerminal = ({ status }: Revision): boolean => status === 'completed' || status === 'failed'
const isEnd = (revision: Revision): boolean => isTerminal(revision) || revision.status === 'removed'

function inOrder({ revisions }: History): Revision[] {
  return [...revisions.values()].sort((a, b) => a.rev - b.rev)
}

function lostOf({ jobId, what, rev }: Promised, history: History | undefined): string[] {
  if (what === 'delete') return []
  const newest = history === undefined ? undefined : newestOf(history)
  if (newest === undefined) return [`${jobId}: acknowledged as revision ${rev}, and there is no record`]
  if (newest.rev < rev) return [`${jobId}: acknowledged as revision ${rev}, the record ends with ${newest.rev}`]
  return history?.onDisk.has(newest.rev) ? [] : [`${jobId}: its newest revision, ${newest.rev}, was there and is gone`]
}

/** Revisions of one submission: from the first that has its time to the last. */
function submissionsOf(history: History): Revision[][] {
  const groups: Revision[][] = []
  let last: Revision | undefined
  for (const revision of inOrder(history)) {
    const isSame = last !== undefined && last.status !== 'removed' && last.submitted_at === revision.submitted_at
    if (isSame || revision.status === 'removed') groups.at(-1)?.push(revision)
    else groups.push([revision])
    last = revision
  }
  return groups
}

/** Runs that ended as the job was queued for the next one, in one revision. */
export function countRunsThatGoOn({ revisions }: History): number {
  return [...revisions.values()].filter((next) => {
    const current = revisions.get(next.rev - 1)
    return current?.status === 'processing' && next.status === 'queued' && current.submitted_at !== next.submitted_at
  }).length
}

/** Submissions that have begun. */
export function countSubmissions(history: History): number {
  return submissionsOf(history).length
}

function doubleEnds(history: History): string[] {
  return submissionsOf(history).flatMap((revisions) => {
    const ends = revisions
      .filter(isTerminal)
      .filter((one) => !isNote(history.revisions.get(one.rev - 1), one))
      .map(({ rev, status }) => `r${rev} ${status}`)
    return ends.length > 1 ? [`${history.jobId}: ended twice, ${ends.join(' and ')}`] : []
  })
}

/** What is noted about an end: that somebody was told of it, or is to be. */
const isNote = (current: Revision | undefined, next: Revision): boolean =>
  current !== undefined &&
  isTerminal(current) &&
  current.status === next.status &&
  current.completed_at !== undefined &&
  current.completed_at === next.completed_at

function duplicateEpochs(history: History): string[] {
  const { jobId, spawned } = history
  const claims = new Map<number, number>()
  for (const revision of history.revisions.values()) {
    const before = history.revisions.get(revision.rev - 1)
    if (revision.status !== 'processing' || (before !== undefined && isSameClaim(before, revision))) continue
    claims.set(revision.epoch, (claims.get(revision.epoch) ?? 0) + 1)
  }
  return [
    ...[...claims].filter(([, times]) => times > 1).map(([epoch]) => `${jobId}: epoch ${epoch} was claimed twice`),
    ...[...spawned]
      .filter(([, pids]) => pids.length > 1)
      .map(([epoch, pids]) => `${jobId}: processes ${pids.join(' and ')} were started for epoch ${epoch}`),
  ]
}

const isSameClaim = (one: Revision, other: Revision): boolean =>
  one.status === 'processing' && one.epoch === other.epoch && one.worker === other.worker

function illegalMoves(history: History): string[] {
  return inOrder(history).flatMap((next) => {
    const current = history.revisions.get(next.rev - 1)
    if (current === undefined || mayFollow(current, next)) return []
    return [`${history.jobId}: r${next.rev} ${next.status}@${next.epoch} after ${current.status}@${current.epoch}`]
  })
}

function mayFollow(current: Revision, next: Revision): boolean {
  const epochs = next.epoch - current.epoch
  const again = current.again ?? null
  const isSameSubmission = current.submitted_at === next.submitted_at
  switch (`${current.status} ${next.status}`) {
    case 'queued processing':
      return epochs === 1 && isSameSubmission
    case 'queued queued':
    case 'queued failed':
      return epochs === 0 && isSameSubmission
    case 'processing processing':
      return isSameClaim(current, next) && isSameSubmission && (next.again ?? null) !== null
    case 'processing queued':
      return epochs === 0 && (isSameSubmission || next.submitted_at === again?.submitted_at)
    case 'processing completed':
      return epochs === 0 && isSameSubmission && again === null
    case 'processing failed':
      return epochs === 0 && isSameSubmission && (again === null || next.error_code === 'CANCELLED')
    case 'completed completed':
    case 'failed failed':
      return epochs === 0 && isSameSubmission && isNote(current, next)
    case 'completed queued':
    case 'failed queued':
      return epochs === 0 && (next.submitted_at ?? '') > (current.submitted_at ?? '')
    case 'completed removed':
    case 'failed removed':
    case 'removed queued':
      return epochs === 0
    default:
      return false
  }
}

/** Another machine may only give back, or give up, what a dead worker held. */
function staleEffects({ jobId, revisions, writtenBy }: History): string[] {
  return [...revisions.values()].flatMap((next) => {
    const current = revisions.get(next.rev - 1)
    const [mine, theirs] = [writtenBy.get(next.rev - 1), writtenBy.get(next.rev)]
    const isTry = next.status === 'queued' && (next.attempt ?? 0) > (current?.attempt ?? 0)
    if (current?.status !== 'processing' || (next.status !== 'completed' && !isTry)) return []
    const claim = claimOf(revisions, current)
    const by = writtenBy.get(claim.rev)
    return by === theirs || mine === undefined
      ? []
      : [`${jobId}: r${next.rev} ${next.status} by ${theirs}, claimed by ${by}`]
  })
}

/** The revision with which the claim began. */
function claimOf(revisions: History['revisions'], current: Revision): Revision {
  const before = revisions.get(current.rev - 1)
  return before !== undefined && isSameClaim(before, current) ? claimOf(revisions, before) : current
}

function gapsOf({ jobId, revisions }: History): string[] {
  const newest = Math.max(0, ...revisions.keys())
  const oldest = Math.max(1, newest - KEPT_REVISIONS + 1)
  const missing: string[] = []
  for (let rev = oldest; rev <= newest; rev++)
    if (!revisions.has(rev)) missing.push(`${jobId}: no r${rev} below r${newest}`)
  return missing
}

function undeletedOf(promised: Promised, history: History | undefined, ledger: Evidence['ledger']): string[] {
  const { jobId, what, askedAt } = promised
  const newest = history === undefined ? undefined : newestOf(history)
  if (what !== 'delete' || newest === undefined || newest.status === 'removed') return []
  // A request that was under way may have come after the removal.
  const isSubmittedSince = ledger.submissions.some((one) => one.jobId === jobId && one.endedAt > askedAt)
  return isSubmittedSince ? [] : [`${jobId}: removed, and ${newest.status} again`]
}
