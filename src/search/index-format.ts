/** The format of `search.json`: the entries of a set that can be found, and their index. */

import { z } from 'zod'

/** The file of a set that contains its index. */
export const SEARCH_FILE = 'search.json'

/**
 * An entry, as a tuple because a set may have tens of thousands: title, number of its kind, number of its page, anchor (empty
 * for the page itself, `null` if it links to its line in its file), number of its file (-1 for none), line (0 for none), weight,
 * and the beginning of its text.
 */
export const Row = z.tuple([
  z.string(),
  z.number().int(),
  z.number().int(),
  z.string().nullable(),
  z.number().int(),
  z.number().int(),
  z.number(),
  z.string(),
])
export type Row = z.infer<typeof Row>

export const SearchIndex = z.object({
  version: z.literal(1),
  /** File and title of each page. */
  pages: z.array(z.tuple([z.string(), z.string()])),
  /** Paths in the repository. */
  files: z.array(z.string()),
  /** URLs of lines, keyed by the number of the file, with `{line}` for the line number; for files that rows link to. */
  lines: z.record(z.string(), z.string()).default({}),
  /**
   * `page`, `section`, `guide` (a document of the repository as a page, or a section of it), `document` (a section of another
   * one) and the kinds of components, after `deprecated` or `internal` if users should not use them.
   */
  kinds: z.array(z.string()),
  rows: z.array(Row),
  /** A serialised MiniSearch. Document ids are row numbers, so the id table is omitted. */
  index: z.record(z.string(), z.unknown()),
})
export type SearchIndex = z.infer<typeof SearchIndex>

/** A search result. */
export interface Hit {
  title: string
  kind: string
  /** Page file, `src-http.md`. */
  page: string
  pageTitle: string
  /** Without `#`; empty for the page itself. */
  anchor: string
  /** The URL of its line if its page has no entry for it: absolute, or relative to the folder of the pages. */
  address: string | null
  /** Path in the repository, and its line when known. */
  file: string | null
  line: number | null
  /** The beginning of its text; may be empty. */
  text: string
}
