/**
 * `docspool gc`: removes all expired jobs and unused documents at once, which a supervisor does in small steps, and
 * prints a report.
 */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { collectGarbage } from '#queue/gc.ts'
import { placeOf } from '#queue/open-storage.ts'
import { NO_LIMIT, type Reason, type SetsReport } from '#store/retention.ts'
import { openDatabaseSets } from '#worker/configured-sets.ts'
import { withStoredLimits } from '#worker/retention-limits.ts'
import { createTidyCaches, openSetRetention } from '#worker/tidy-sets.ts'
import { requireQueueAndFolder } from './configured-queue.ts'

const REASONS: Record<Reason, string> = {
  orphaned: 'whose jobs are gone',
  idle: 'unread for too long',
  crowded: 'to free space',
}

/** What was removed, or would be. */
export interface GarbageReport {
  dry_run: boolean
  keep_jobs_ms: number
  /** Settings that were not given to this command and are those of the last supervisor. */
  service_limits: Record<string, number>
  jobs: string[]
  documents: { key: string; bytes: number; reason: Reason }[]
  /** Marks of jobs that expired long ago. */
  marks: number
  git_objects: { removed_bytes: number; bytes: number }
  /** Files of dead processes; `null` if they were not searched for. */
  leftovers: number | null
  /** Sets of unfinished documents that cannot be removed. */
  stuck: number
  remaining: { documents: number; bytes: number }
}

/**
 * @param options.isDry - Only report what would be removed.
 * @param options.given - Names of the settings that are given. Other limits are those of the last supervisor.
 * @throws {NoSpool}
 */
export async function collect(
  own: Config,
  log: Log,
  { isDry, given }: { isDry: boolean; given: ReadonlySet<string> },
): Promise<GarbageReport> {
  await requireQueueAndFolder(own)
  const { config, taken } = await withStoredLimits(own, given)
  const inDatabase = await openDatabaseSets(config, log, { isReading: isDry })
  const tidy = openSetRetention(config, inDatabase, { isDry, orphanMs: 0 })
  let sets: SetsReport = { removed: [], sets: 0, bytes: 0, isMeasured: true, swept: 0, stuck: 0 }
  const deps = { keepJobsMs: config.keepJobsMs, log, clock: Date.now, isDry }
  let objects = { bytes: 0, removedBytes: 0 }
  const tidyCaches = createTidyCaches(config, (report) => {
    objects = report
  })
  const jobs = await collectGarbage(placeOf(config), deps, {
    async tidySets(readReferences) {
      const now = await tidy(NO_LIMIT, readReferences)
      sets = { ...now, removed: [...sets.removed, ...now.removed], swept: sets.swept + now.swept }
    },
    tidyCaches: isDry ? async () => undefined : tidyCaches,
  }).finally(() => inDatabase?.close())
  return {
    dry_run: isDry,
    keep_jobs_ms: config.keepJobsMs,
    service_limits: taken,
    jobs: jobs.removed,
    documents: sets.removed.map(({ key, bytes, reason }) => ({ key, bytes, reason })),
    marks: jobs.marks,
    git_objects: { removed_bytes: objects.removedBytes, bytes: objects.bytes },
    leftovers: jobs.check === undefined ? null : jobs.check.swept + sets.swept,
    stuck: sets.stuck,
    remaining: { documents: sets.sets, bytes: sets.bytes },
  }
}

/** The report as text, without a final line feed. */
export function reportText(report: GarbageReport): string {
  const { jobs, documents, marks, git_objects: objects, leftovers, stuck, remaining } = report
  const verb = report.dry_run ? 'would be removed' : 'removed'
  const limits = Object.entries(report.service_limits).map(([name, value]) => `${name}=${value}`)
  const lines = [
    ...(limits.length === 0 ? [] : [`limits of the service: ${limits.join(', ')}`]),
    `jobs that finished more than ${ageText(report.keep_jobs_ms)} ago: ${jobs.length} ${verb}`,
    `documents: ${setsText(documents.length)} ${verb}, ${formatBytes(sum(documents))}${reasons(documents)}`,
    `marks of jobs that expired long ago: ${marks} ${verb}`,
  ]
  if (objects.bytes + objects.removed_bytes > 0) {
    lines.push(
      `git objects of followed repositories: ${formatBytes(objects.removed_bytes)} removed, ${formatBytes(objects.bytes)} remain`,
    )
  }
  if (leftovers !== null) lines.push(`leftover files of dead processes: ${leftovers} ${verb}`)
  if (stuck > 0) lines.push(`unfinished documents that cannot be removed: ${stuck}`)
  return [...lines, `remaining documents: ${setsText(remaining.documents)}, ${formatBytes(remaining.bytes)}`].join('\n')
}

function reasons(removed: GarbageReport['documents']): string {
  const texts = Object.entries(REASONS).flatMap(([reason, text]) => {
    const count = removed.filter((set) => set.reason === reason).length
    return count === 0 ? [] : [`${count} ${text}`]
  })
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`
}

/** A set is the documents of one commit. */
const setsText = (count: number): string => (count === 1 ? '1 set' : `${count} sets`)

/** `3 hours`, `1000 days`. */
function ageText(ms: number): string {
  const hours = ms / 3_600_000
  return hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : hours === 1 ? '1 hour' : `${hours} hours`
}

const sum = (sets: { bytes: number }[]): number => sets.reduce((total, { bytes }) => total + bytes, 0)

/** `812 KB`, `12.4 MB`, `1.2 GB`; units are powers of 1,024, as in the settings. */
function formatBytes(bytes: number): string {
  if (bytes < 1_048_576) return `${Math.ceil(bytes / 1_024)} KB`
  if (bytes < 1_073_741_824) return `${(bytes / 1_048_576).toFixed(1)} MB`
  return `${(bytes / 1_073_741_824).toFixed(1)} GB`
}
