/**
 * Serves sets as ZIP archives: `/static-docs/{job_id}.zip` contains the files of the set, `/static-docs/{job_id}.site.zip` a website
 * that can be opened from disk. With a `DerivedFileStore` they are cached, and the limits below apply; otherwise they are generated
 * while they are sent.
 */

import { type ArchiveKind, archiveFolder, archiveId, archiveOf } from '#export/archive.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import type { StoredBytes } from '#store/model.ts'
import { isKnown } from './conditional.ts'
import { type AppContext, type AppDeps, originOf } from './deps.ts'
import type { DerivedFile, DerivedFileStore } from './derived-files.ts'
import { logOmittedPart } from './error-response.ts'
import { type BodyHeaders, sendStored } from './large-responses.ts'
import { ConcurrencyLimit } from './limits/concurrency-limit.ts'
import { Refusal } from './problem.ts'
import { readManifest, refuseDocs } from './published-set.ts'
import type { VersionReader } from './versions/repository-versions.ts'
import { siteVersionsOf } from './versions/version-bar.ts'

/** Limits of archives that are being sent or generated. */
const LIMITS = { max: 64, maxPerClient: 4 }
/** The cost of generating an archive, counted in searches. */
const GENERATION_COST = 30
/** How long a request waits for an archive to be generated; proxies time out after a minute. */
const WAIT_MS = 30_000
const RETRY_AFTER_S = 10

/**
 * Answers a request for an archive by its file name. Longer job ids take precedence.
 *
 * @returns `undefined` when no job has an archive of this name.
 * @throws {Refusal} `NO_DOCS`, `ARCHIVE_LIMIT`, `ARCHIVE_NOT_READY`, `SERVER_BUSY` or `RATE_LIMITED`.
 */
export type AnswerArchive = (c: AppContext, name: string) => Promise<Response | undefined>

export function createAnswerArchive(deps: AppDeps & { versions: VersionReader }): AnswerArchive {
  const limit = new ConcurrencyLimit({ ...LIMITS, maxPerClient: deps.limits === undefined ? 0 : LIMITS.maxPerClient })

  return async function answerArchive(c, name) {
    for (const [suffix, kind] of [
      ['.zip', 'set'],
      ['.site.zip', 'site'],
    ] as const) {
      if (!name.endsWith(suffix) || name.length === suffix.length) continue
      const job = await deps.queue.read(name.slice(0, -suffix.length))
      if (job !== undefined) return answer(c, job, kind)
    }
    return undefined
  }

  async function answer(c: AppContext, job: JobSnapshot, kind: ArchiveKind): Promise<Response> {
    const manifest = await readManifest(job, deps)
    // The cache may still have the archive of a deleted set.
    if (!(await deps.sets.has(manifest.key))) return refuseDocs(job, deps)
    deps.sets.noteUse(manifest.key)
    // If the versions cannot be read, the archive is sent without the version switcher.
    const readVersions = () => siteVersionsOf(deps.versions, job, originOf(c, deps))
    const versions =
      kind === 'set'
        ? undefined
        : await c.var.turns
            .list(c.var.limits.callerOf(c), readVersions)
            .catch((error) => logOmittedPart(c, deps, error))
    const id = await archiveId(manifest, kind, { assets: deps.assets, versions })
    const headers = { ETag: `"${id}"`, 'Cache-Control': 'no-cache' }
    if (isKnown(c, headers.ETag)) return c.body(null, 304, headers)
    const name = `${archiveFolder(manifest)}${kind === 'site' ? '-site' : ''}.zip`
    const file = { 'Content-Type': 'application/zip', 'Content-Disposition': `attachment; filename="${name}"` }
    if (deps.made === undefined)
      return c.body(await archiveOf(manifest, kind, { ...deps, versions }), 200, { ...headers, ...file })
    const wanted: DerivedFile = { key: manifest.key, archive: kind, id, versions }
    return answerMade(c, deps.made, wanted, { ...headers, ...file })
  }

  async function answerMade(
    c: AppContext,
    store: DerivedFileStore,
    wanted: DerivedFile,
    headers: BodyHeaders,
  ): Promise<Response> {
    if (c.req.raw.method === 'HEAD') {
      const made = await store.find(wanted)
      // Do not generate an archive to answer HEAD.
      return made === undefined ? c.body(null, 200, headers) : sendStored(c, made, headers)
    }
    const release = takeSlot(c)
    try {
      const made = (await store.find(wanted)) ?? (await make(c, store, wanted))
      return sendStored(c, made, headers, release)
    } catch (error) {
      release()
      throw error
    }
  }

  function takeSlot(c: AppContext): () => void {
    const { client } = c.var.limits.callerOf(c)
    const release = limit.take(client)
    if (release !== undefined) return release
    if (limit.reached(client) === 'client') {
      const message = `Too many archives are being sent to your address; the limit is ${LIMITS.maxPerClient}.`
      throw new Refusal('ARCHIVE_LIMIT', message, 'Wait until one of them is complete.')
    }
    throw new Refusal('SERVER_BUSY', 'Too many archives are being sent.', 'Try again shortly.')
  }

  async function make(c: AppContext, store: DerivedFileStore, wanted: DerivedFile): Promise<StoredBytes> {
    if (!store.isMaking(wanted)) c.var.limits.search(c, GENERATION_COST)
    const made = await store.make(wanted, c.var.limits.callerOf(c), WAIT_MS)
    if (made !== undefined) return made
    throw new Refusal('ARCHIVE_NOT_READY', 'The archive is being created.', 'Try again shortly.', RETRY_AFTER_S)
  }
}
