/** The ledger of a run in lines, and the verdict. Pure. */

import type { ChaosResult } from './chaos.ts'
import { countRunsThatGoOn, countSubmissions } from './judge.ts'
import type { History } from './witness.ts'

/** What must not be, each with its name: all empty when the run went well. */
export function faultsOf(result: ChaosResult): [name: string, what: string[]][] {
  const { findings, follows, webhooks, undocumented, surprises, leftovers, ledger, faults } = result
  return [
    ['lost', findings.lost],
    ['ended twice', findings.double],
    ['duplicate epochs', findings.duplicate],
    ['stuck', findings.stuck],
    ['illegal moves', findings.illegal],
    ['effects of a stale claim', findings.stale],
    ['revision gaps', findings.gaps],
    ['spoiled revisions', findings.spoiled],
    ['there after a removal', findings.undeleted],
    ['completed without documents', undocumented],
    ['follows and pushes lost', follows.findings.lost],
    ['follows doubled', follows.findings.doubled],
    ['follows looked at late', follows.findings.late],
    ['webhooks lost', webhooks?.findings.lost ?? []],
    ['webhooks told again after they were recorded', webhooks?.findings.again ?? []],
    ['keys with two answers', [...ledger.splitKeys]],
    ['answers no client expects', ledger.oddAnswers],
    ['troubles that could not be made or mended', faults.failed],
    ['programs that ended by themselves', surprises],
    ['processes left behind', leftovers],
  ]
}

export function reportOf(result: ChaosResult, { seconds, seed }: { seconds: number; seed: number }): string[] {
  const { ledger, faults, histories, follows, webhooks } = result
  const jobs = [...histories.values()]
  const acknowledged = new Set(ledger.promised.map(({ jobId }) => jobId))
  const deleted = ledger.promised.filter(({ what }) => what === 'delete').length
  const ends = endsOf(jobs)
  const goOn = jobs.reduce((sum, job) => sum + countRunsThatGoOn(job), 0)
  const failed = [...ends.failed].map(([code, count]) => `${count} ${code}`).join(', ')
  const counts = ({ worker, supervisor, server }: typeof faults.kills): string =>
    `${worker} of workers, ${supervisor} of supervisors, ${server} of servers`
  const { takenBack, startedAgain } = recoveriesOf(result)
  return [
    `${seconds} s, seed ${seed}`,
    `acknowledged: ${acknowledged.size} jobs, ${submissionsIn(jobs)} submissions of them in the records; answers: ${list(ledger.outcomes)}`,
    `statuses of answers (0: none came): ${list(ledger.answers)}`,
    `ends: ${ends.completed} completed, ${goOn} went on with another run, ${ends.cancelled} cancelled, ${failed === '' ? 'none failed' : `failed: ${failed}`}; ${deleted} jobs removed`,
    `kill -9: ${counts(faults.kills)}; SIGSTOP: ${counts(faults.stops)}, ${faults.longStops} of them longer than the lease; git out of order: ${faults.gitTroubles}`,
    ...(faults.troubles.size === 0 ? [] : [`storage and network: ${list(faults.troubles)}`]),
    `claims taken back after kill -9 of a worker or its supervisor: ${spread(takenBack.quiet)}; while another process was stopped: ${spread(takenBack.amidStops)}`,
    `from there to the next claim of the job, its wait in the queue included: ${spread(startedAgain)}`,
    `follows: ${follows.books.followed}, ${follows.books.pushes} pushes, ${follows.books.told} webhooks acknowledged, ${follows.books.looks} looks seen`,
    ...(webhooks === undefined
      ? []
      : [`webhooks: ${webhooks.books.told} told, ${webhooks.books.repeated} of them once more`]),
    ...(result.starved === 0 ? [] : [`starts that ended without a database: ${result.starved}`]),
    `ends of runs that were fenced off: ${result.fenced}`,
    `calm ${(result.calmMs / 1_000).toFixed(1)} s after the last fault`,
    ...result.fsck.split('\n').map((line) => `fsck: ${line}`),
    ...faultsOf(result).flatMap(([name, what]) => [`${name}: ${what.length}`, ...what.map((line) => `  ${line}`)]),
  ]
}

function endsOf(jobs: History[]) {
  const failed = new Map<string, number>()
  let completed = 0
  for (const { revisions } of jobs) {
    for (const { status, error_code: code = '' } of revisions.values()) {
      if (status === 'completed') completed += 1
      if (status === 'failed') failed.set(code, (failed.get(code) ?? 0) + 1)
    }
  }
  const cancelled = failed.get('CANCELLED') ?? 0
  failed.delete('CANCELLED')
  return { completed, cancelled, failed }
}

const submissionsIn = (jobs: History[]): number => jobs.reduce((sum, job) => sum + countSubmissions(job), 0)

/** Milliseconds from a `kill -9` to the revision that takes the claim back, and to the next claim. */
function recoveriesOf({ faults, histories }: ChaosResult) {
  const takenBack = { quiet: [] as number[], amidStops: [] as number[] }
  const startedAgain: number[] = []
  for (const { jobId, epoch, at, isAmidStops } of faults.interrupted) {
    const history = histories.get(jobId)
    const revisions = [...(history?.revisions.values() ?? [])].sort((a, b) => a.rev - b.rev)
    const claim = revisions.findLast((one) => one.status === 'processing' && one.epoch === epoch)
    const after = revisions.find(({ rev }) => claim !== undefined && rev > claim.rev)
    const writtenAt = history?.writtenAt.get(after?.rev ?? 0)
    // It had ended a moment before.
    if (after === undefined || writtenAt === undefined || writtenAt < at) continue
    takenBack[isAmidStops ? 'amidStops' : 'quiet'].push(writtenAt - at)
    const next = revisions.find((one) => one.status === 'processing' && one.epoch === epoch + 1)
    const nextAt = history?.writtenAt.get(next?.rev ?? 0)
    if (after.status === 'queued' && nextAt !== undefined) startedAgain.push(nextAt - at)
  }
  return { takenBack, startedAgain }
}

function spread(times: number[]): string {
  if (times.length === 0) return '(no case)'
  const sorted = times.toSorted((a, b) => a - b)
  const [median, slowest] = [sorted[sorted.length >> 1], sorted.at(-1)].map((ms) => `${Math.round(ms ?? 0)} ms`)
  return `${median} (median), ${slowest} (slowest of ${times.length})`
}

const list = (counts: ReadonlyMap<string | number, number>): string =>
  [...counts]
    .sort()
    .map(([what, count]) => `${what}: ${count}`)
    .join(', ')
