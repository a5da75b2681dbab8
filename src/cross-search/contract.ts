/** The index over all repositories, for those who search and keep it. */

import { z } from 'zod'

/** Kinds of entries that are no definitions. */
export const DOCUMENT_KINDS = ['repository', 'module', 'guide'] as const

/** Something that can be found. */
export interface CrossEntry {
  /** Qualified, `Router.match`; the name of the repository, or the title of a page. */
  title: string
  /** One of `DOCUMENT_KINDS`, or the kind of a definition as in `graph.json`. */
  kind: string
  /** As in `api.json`; `null` for documents. */
  language: string | null
  /** Page file, `src-http.md`. */
  page: string
  /** Without `#`; empty for the page itself. */
  anchor: string
  /** The URL of its line if its page has no entry for it: absolute, or relative to the folder of the pages. */
  address: string | null
  /** Path in the repository, and its line. */
  file: string | null
  line: number | null
  /** The beginning of its text; may be empty. */
  text: string
  /** Of equal matches, the heavier one comes first; 0 to 8. */
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

/** Which set of which job stands for a repository in the index. */
export interface IndexedJob {
  repoUrl: string
  jobId: string
  /** Of the set. */
  key: string
}

/** A set with the age of its repository here: of equal results, that of the older repository comes first. */
export interface AgedJob extends IndexedJob {
  /** When the first of the repository's jobs with documents was submitted for the first time; milliseconds since the epoch. */
  since: number
}

/** What the index holds of a repository. */
export interface IndexedSet extends AgedJob {
  /** `pallets/flask` */
  name: string
  entries: CrossEntry[]
  packages: PackageName[]
  dependencies: (PackageName & { kind: string })[]
}

export interface CrossHit extends CrossEntry, AgedJob {
  /** Of the repository. */
  name: string
}

export interface CrossFound {
  /** Best first. Of jobs that are gone or have a newer set meanwhile, too: who shows them checks that. */
  hits: CrossHit[]
  /** Values of `in:` that are no repository, language or kind of the index. */
  unknown: string[]
  /** Milliseconds that the search took, for limits. */
  work: number
  /** false while the index is being made. */
  isComplete: boolean
}

export interface CrossCaller {
  /** Aborted when the caller disconnects. */
  signal: AbortSignal
  /** `undefined` for callers without a limit of their own. */
  client: string | undefined
}

export interface CrossSearcher {
  /**
   * @param within - Values of `in:` beside those of the query.
   * @returns `undefined` when there is no index yet.
   * @throws If it runs in a thread: `ServerBusy` or `TookTooLong`.
   */
  search(query: string, within: readonly string[], limit: number, caller?: CrossCaller): Promise<CrossFound | undefined>
  /** @returns `undefined` when the repository is not in the index, or there is none yet. */
  links(repoUrl: string, caller?: CrossCaller): Promise<CrossLinks | undefined>
}

/** Stores what sets hold. */
export interface CrossIndex {
  /** Take in what a set holds; whatever the repository had is replaced, at once for readers. */
  put(set: IndexedSet): Promise<void>
  /** Remove a repository. */
  remove(repoUrl: string): Promise<void>
  /** All repositories. */
  list(): Promise<IndexedJob[]>
  /** All that there is was taken in. */
  complete(): Promise<void>
}

/** The index as it is kept up to date. */
export interface IndexWriter extends Pick<CrossIndex, 'remove' | 'list' | 'complete'> {
  /** Take in a set. @returns false when it is not there. */
  put(job: AgedJob): Promise<boolean>
  /** Differs when the index was made anew; `undefined` while there is none. */
  generation(): Promise<string | undefined>
}
