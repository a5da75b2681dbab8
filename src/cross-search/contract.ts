/** The types of the index over all repositories, for searching and for updating it. */

import { z } from 'zod'
import type { Caller } from '#base/caller.ts'

/** Kinds of entries that are not definitions. */
export const DOCUMENT_KINDS = ['repository', 'module', 'guide', 'section'] as const

/** An entry of the index. */
export interface CrossEntry {
  /** Qualified, `Router.match`; the name of the repository, the title of a page, or `Guide › Section`. */
  title: string
  /** One of `DOCUMENT_KINDS`, or the kind of a definition as in `graph.json`. */
  kind: string
  /** As in `api.json`; `null` for documents. */
  language: string | null
  /** Page file, `src-http.md`. */
  page: string
  /** Without `#`; empty for the page itself. */
  anchor: string
  /**
   * The URL of its line if its page has no entry for it: absolute, or relative to the folder of the pages. Has `{line}`
   * for the line, so that it is the same for all entries of a file; a hit has the line itself.
   */
  address: string | null
  /** Path in the repository, and its line. */
  file: string | null
  line: number | null
  /** The beginning of its text; may be empty. */
  text: string
  /** Of equal matches, the heavier entry comes first; 0 to 8. */
  weight: number
}

/** A package, as a manifest names it. */
export interface PackageName {
  ecosystem: string
  name: string
}

export const Link = z.object({
  job_id: z.string(),
  repository: z.string().describe('Its URL.'),
  name: z.string(),
  package: z.string().describe('Name of the package, as its ecosystem compares names.'),
  ecosystem: z.string(),
  kind: z.string().describe('runtime, peer, optional, development or build: the most binding one.'),
})
export type Link = z.infer<typeof Link>

export interface CrossLinks {
  /** Repositories that depend on a package of this one, by name. */
  usedBy: Link[]
  /** Repositories that this one depends on. */
  uses: Link[]
}

/** The URL of the line of an entry. */
export const addressOf = ({ address, line }: Pick<CrossEntry, 'address' | 'line'>): string | null =>
  address?.replace('{line}', () => String(line)) ?? null

/** The job and the set that represent a repository in the index. */
export interface IndexedJob {
  repoUrl: string
  jobId: string
  /** The key of the set. */
  key: string
}

/** A set with the age of its repository: of equal results, the one from the older repository comes first. */
export interface AgedJob extends IndexedJob {
  /** When the first of the repository's jobs with documents was submitted for the first time; milliseconds since the epoch. */
  since: number
}

/** The contents of the index for one repository. */
export interface IndexedSet extends AgedJob {
  /** `pallets/flask` */
  name: string
  entries: CrossEntry[]
  packages: PackageName[]
  dependencies: (PackageName & { kind: string })[]
}

export interface CrossHit extends CrossEntry, AgedJob {
  /** The name of the repository. */
  name: string
}

export interface CrossFound {
  /** Best first. Jobs may have been removed or have a newer set since; the caller checks that before showing them. */
  hits: CrossHit[]
  /** The query with its misspelled words corrected, and its filters, for which the hits are; `null` if none was corrected. */
  corrected: string | null
  /** Values of `in:` that match no repository, language or kind of the index. */
  unknown: string[]
  /** Milliseconds that the search took, for limits. */
  work: number
  /** false while the index is being built. */
  isComplete: boolean
}

export interface CrossSearcher {
  /**
   * @param within - Values of `in:` in addition to those in the query.
   * @returns `undefined` when there is no index yet.
   * @throws If it runs in a thread: `ServerBusy` or `TookTooLong`.
   */
  search(query: string, within: readonly string[], limit: number, caller?: Caller): Promise<CrossFound | undefined>
  /** @returns Nothing in either list when the repository is not in the index; `undefined` when there is no index yet. */
  links(repoUrl: string, caller?: Caller): Promise<CrossLinks | undefined>
}

/** Stores the contents of sets. */
export interface CrossIndex {
  /** Store the contents of a set. They replace all contents of the repository, atomically for readers. */
  put(set: IndexedSet): Promise<void>
  /** Remove a repository. */
  remove(repoUrl: string): Promise<void>
  /** All repositories. */
  list(): Promise<IndexedJob[]>
  /** Mark the index as complete: all existing sets have been stored. */
  complete(): Promise<void>
}

/** The index as the updater sees it. */
export interface IndexWriter extends Pick<CrossIndex, 'remove' | 'list' | 'complete'> {
  /** Store a set. @returns false when the set does not exist. */
  put(job: AgedJob): Promise<boolean>
  /** Changes when the index is rebuilt; `undefined` while there is none. */
  generation(): Promise<string | undefined>
}
