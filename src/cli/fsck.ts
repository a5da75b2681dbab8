/** `docspool fsck`: checks and repairs the queue, removes unfinished documents, reads all documents if asked to, and prints a report. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { fsck } from '#queue/fsck.ts'
import { placeOf } from '#queue/open-storage.ts'
import { createSetStore, type SetStore } from '#store/sets.ts'
import { openDatabaseSets } from '#worker/configured-sets.ts'
import { requireQueueAndFolder } from './configured-queue.ts'

/** What was checked and repaired. Fields as in `SpoolReport`. */
export interface SpoolCheck {
  /** Whether all that could be repaired was. */
  ok: boolean
  jobs: number
  follows: number
  checked: number
  brought_back: number
  repaired: number
  reaped: number
  not_taken_over: number
  swept: number
  /** Unfinished documents that were removed, and those that cannot be. */
  documents: { removed: number; stuck: number }
  /** `null` with a database, which has jobs and documents in one backup. */
  without_docs: number | null
  /** With `--documents`: sets of documents that were read, and those that are damaged. */
  documents_checked?: number
  documents_damaged?: DamagedDocuments[]
  unreadable: number
  /** `null` with a database, which has no files. */
  quarantined: { file: string; reason: string }[] | null
}

/**
 * @param options.documents - Whether to read all documents, too. Damaged sets are set aside; in a database, they stay, and are replaced
 *   when they are generated again.
 * @throws {NoSpool}
 */
export async function checkSpool(config: Config, log: Log, options: { documents?: boolean } = {}): Promise<SpoolCheck> {
  await requireQueueAndFolder(config)
  const place = placeOf(config)
  const isSpool = typeof place === 'string'
  const sets = createSetStore(path.join(config.spoolDir, 'docs'))
  const read = options.documents === true ? await readDocuments(config, sets, log) : undefined
  const damaged = new Map(read?.damaged.map((set) => [set.key, set]))
  const report = await fsck(place, {
    log,
    clock: Date.now,
    ...(isSpool && { hasDocs: sets.has }),
    onCompleted: ({ job_id, docs_key }) => damaged.get(docs_key)?.jobs.push(job_id),
  })
  const { jobs, follows, checked, restored, repaired, unreadable, reaped, deadWorkers, swept } = report
  return {
    // A worker may hold a job that only a newer version can read.
    ok: (deadWorkers === 0 || unreadable > 0) && damaged.size === 0,
    jobs,
    follows,
    checked,
    brought_back: restored,
    repaired,
    reaped,
    not_taken_over: deadWorkers,
    swept,
    documents: await sets.sweep(),
    without_docs: isSpool ? report.withoutDocs : null,
    ...(read && { documents_checked: read.checked, documents_damaged: read.damaged }),
    unreadable,
    quarantined: isSpool ? report.quarantined : null,
  }
}

/**
 * The report as text, without a final line feed.
 *
 * @param shown - The folder as the user gave it.
 */
export function checkText(check: SpoolCheck, shown: string): string {
  const { jobs, checked, documents, quarantined, without_docs: withoutDocs } = check
  const unlessNone = (count: number | null, line: string): string[] => (count ? [line] : [])
  const stuck = `${documents.stuck}, below ${path.join(shown, 'docs')}`
  const lines = [
    `jobs: ${jobs}; checked more closely: ${checked}`,
    ...unlessNone(check.follows, `followed repositories: ${check.follows}`),
    ...unlessNone(check.brought_back, `files restored from corrupt/: ${check.brought_back}`),
    `repaired: ${check.repaired}`,
    `taken over from dead workers: ${check.reaped}`,
    ...unlessNone(check.not_taken_over, `dead workers whose jobs could not be taken over: ${check.not_taken_over}`),
    `leftover files: ${check.swept} removed`,
    `unfinished documents: ${documents.removed} removed`,
    ...unlessNone(documents.stuck, `unfinished documents that cannot be removed: ${stuck}`),
    ...unlessNone(withoutDocs, `completed jobs without documents, expired or not in the backup: ${withoutDocs}`),
    ...(check.documents_checked === undefined ? [] : [`sets of documents that were read: ${check.documents_checked}`]),
    ...(check.documents_damaged ?? []).flatMap(damageLines),
    ...unlessNone(check.unreadable, `jobs that cannot be read: ${check.unreadable}; left unchanged`),
  ]
  if (quarantined === null) return lines.join('\n')
  const moved = quarantined.length === 0 ? 'none' : `${quarantined.length} moved to ${shown}/corrupt`
  const files = quarantined.map(({ file, reason }) => `  ${file}: ${reason}`)
  return [...lines, `damaged or foreign files: ${moved}`, ...files].join('\n')
}

function damageLines({ key, reason, jobs }: DamagedDocuments): string[] {
  const again = jobs.length === 0 ? 'no completed job has them' : `retry ${jobs.join(' ')} to generate them again`
  return [`damaged documents: ${key}: ${reason}; ${again}`]
}

interface DamagedDocuments {
  key: string
  /** What is damaged, and where the set was moved. */
  reason: string
  /** Ids of the completed jobs whose documents these are. */
  jobs: string[]
}

interface ReadDocuments {
  /** Number of sets that were read. */
  checked: number
  damaged: DamagedDocuments[]
}

/**
 * Verifies the hashes of every set, one after the other. Damaged sets of a spool are set aside. Those of a database stay until a job generates them again.
 *
 * @param sets - The sets of the spool.
 */
async function readDocuments(config: Config, sets: SetStore, log: Log): Promise<ReadDocuments> {
  const inDatabase = await openDatabaseSets(config, log)
  try {
    const read: ReadDocuments = { checked: 0, damaged: [] }
    for (const key of await (inDatabase?.shared ?? sets).list()) {
      const reason =
        inDatabase === undefined ? (await sets.check(key))?.message : await damageInDatabase(inDatabase.shared, key)
      read.checked += 1
      if (reason !== undefined) read.damaged.push({ key, reason, jobs: [] })
    }
    return read
  } finally {
    await inDatabase?.close()
  }
}

async function damageInDatabase(
  shared: { isDamaged(key: string): Promise<boolean> },
  key: string,
): Promise<string | undefined> {
  return (await shared.isDamaged(key)) ? 'A piece of the set in the database is damaged.' : undefined
}
