/**
 * Keeps the index in step with the jobs, incrementally: each step checks the newest jobs, a page of older ones, and some
 * repositories of the index. The jobs are authoritative; the index may be late, and so the job of each result is checked before it is shown.
 *
 * A repository is in the index with one set, although it may have many jobs: that of its default branch, otherwise of the job
 * submitted last. Private and unlisted jobs are never in it, nor are commits that are on no branch or tag.
 */

import { isListed } from '#base/private-jobs.ts'
import { SEARCH_FILE, SearchIndex } from '#search/index-format.ts'
import { API_FILE, PublicApi } from '#store/public-api.ts'
import type { SetReader } from '#store/sets.ts'
import type { AgedJob, IndexedJob, IndexedSet, IndexWriter } from './contract.ts'
import { entriesOf } from './index-entries.ts'

/** The fields of a job that matter here. */
export interface DocumentedJob {
  jobId: string
  repoUrl: string
  /** The key of its newest set; `null` if it has none. */
  key: string | null
  /** When it was first submitted; milliseconds since the epoch. */
  since: number
  /** Whether it is pinned to a commit, a branch or a tag, or has options. */
  isSpecial: boolean
}

/** Jobs with documents that are those of their repository (`isOfRepository`). */
export interface DocumentedJobs {
  /** Newest first. A page may be empty. */
  page(after: string | null): Promise<{ jobs: DocumentedJob[]; next: string | null }>
  /** Includes that of the default branch, however many there are; empty only if there are no documents. */
  ofRepository(repoUrl: string): Promise<DocumentedJob[]>
  read(jobId: string): Promise<DocumentedJob | undefined>
}

export interface UpdateDeps {
  jobs: DocumentedJobs
  index: IndexWriter
  /** Called for sets that cannot be stored. */
  onFailure(repoUrl: string, error: unknown): void
}

/** Number of repositories of the index that are checked in one step. */
const MAX_CHECKED = 100
/** A set that could not be stored is tried again after this many rounds. */
const ROUNDS_LEFT_OUT = 20
/** Larger files of a set are not read. */
const MAX_BYTES = 128 * 1_048_576

/** @returns A function that performs a step and resolves to whether it changed anything. */
export function createUpdate({ jobs, index, onFailure }: UpdateDeps): () => Promise<boolean> {
  let generation: string | undefined
  /** The contents of the index, keyed by repository. */
  let known = new Map<string, IndexedJob>()
  let cursor: string | null = null
  let toCheck: IndexedJob[] = []
  let round = 0
  let isWhole = false
  let hasFailed = false
  const failed = new Map<string, { key: string; round: number }>()

  return async () => {
    if (generation === undefined || generation !== (await index.generation())) await begin()
    const newest = await jobs.page(null)
    const older = cursor === null ? undefined : await jobs.page(cursor)
    let isChanged = false
    const checked = new Set<string>()
    for (const job of [...newest.jobs, ...(older?.jobs ?? [])]) {
      if (job.key === null || checked.has(job.repoUrl)) continue
      checked.add(job.repoUrl)
      const there = known.get(job.repoUrl)
      const isRight = there?.jobId === job.jobId ? there.key === job.key : there !== undefined && job.isSpecial
      if (!isRight) isChanged = (await refresh(job.repoUrl)) || isChanged
    }
    cursor = older === undefined ? newest.next : older.next
    if (cursor === null) await endRound()
    return (await check()) || isChanged
  }

  /** The index is new, or has been replaced. */
  async function begin(): Promise<void> {
    known = new Map((await index.list()).map((job) => [job.repoUrl, job]))
    generation = await index.generation()
    cursor = null
    isWhole = false
  }

  /** All jobs have been read. */
  async function endRound(): Promise<void> {
    round += 1
    if (!isWhole && !hasFailed) {
      await index.complete()
      generation = await index.generation()
      isWhole = true
    }
    hasFailed = false
  }

  /** Checks for some repositories of the index whether their jobs still exist, with the same set. */
  async function check(): Promise<boolean> {
    if (toCheck.length === 0) toCheck = [...known.values()]
    let isChanged = false
    for (const { jobId, key, repoUrl } of toCheck.splice(-MAX_CHECKED)) {
      const job = await jobs.read(jobId)
      if (job?.key !== key) isChanged = (await refresh(repoUrl)) || isChanged
    }
    return isChanged
  }

  /** Update the index for a repository. */
  async function refresh(repoUrl: string): Promise<boolean> {
    const all = await jobs.ofRepository(repoUrl)
    const best = bestOf(all)
    const there = known.get(repoUrl)
    if (best === undefined) {
      if (there === undefined) return false
      await index.remove(repoUrl)
      known.delete(repoUrl)
      return true
    }
    if (there?.jobId === best.jobId && there.key === best.key) return false
    const before = failed.get(repoUrl)
    if (before?.key === best.key && round - before.round < ROUNDS_LEFT_OUT) return false
    const { jobId, key } = best
    try {
      // If `put` returns false, the set was removed meanwhile, or another follows soon.
      const since = all.reduce((first, job) => Math.min(first, job.since), best.since)
      if (!(await index.put({ repoUrl, jobId, key, since }))) return false
      known.set(repoUrl, { repoUrl, jobId, key })
      failed.delete(repoUrl)
      generation = await index.generation()
      return true
    } catch (error) {
      hasFailed = true
      failed.set(repoUrl, { key, round })
      onFailure(repoUrl, error)
      return false
    }
  }
}

type WithSet = DocumentedJob & { key: string }

function bestOf(jobs: readonly DocumentedJob[]): WithSet | undefined {
  const documented = jobs.filter((job): job is WithSet => job.key !== null && isListed(job.jobId))
  return documented.find((job) => !job.isSpecial) ?? documented[0]
}

/** @returns `undefined` when the set does not exist. */
export async function readSet(
  sets: Pick<SetReader, 'readManifest' | 'readFile'>,
  { jobId, repoUrl, key, since }: AgedJob,
): Promise<IndexedSet | undefined> {
  const manifest = await sets.readManifest(key)
  if (manifest === undefined) return undefined
  const read = async (name: string): Promise<unknown> => {
    const listed = manifest.files.find((file) => file.name === name)
    if (listed === undefined || listed.bytes > MAX_BYTES) return undefined
    const bytes = await sets.readFile(key, name)
    return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes))
  }
  const api = PublicApi.safeParse(await read(API_FILE)).data
  const search = SearchIndex.safeParse(await read(SEARCH_FILE)).data
  return { ...entriesOf({ jobId, manifest, api, search }), repoUrl, since }
}
