/** `search.json`: what a reader may look for in a set, and the index that finds it. */

import { z } from 'zod'

/**
 * One thing that can be found, as a tuple since a set may have tens of thousands: title, number of its kind, number of
 * its page, anchor (empty for the page itself, `null` for what leads to its line in its file), number of its file (-1 for none), line (0 for none), weight, and the
 * beginning of what it says.
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
  /** The addresses of lines of a file, by its number, with `{line}` for that of the line; of those that rows lead to. */
  lines: z.record(z.string(), z.string()).default({}),
  /** `page`, `section`, `guide` (a document of the repository as a page, or a section of it), `document` (a section of another one) and the kinds of components. */
  kinds: z.array(z.string()),
  rows: z.array(Row),
  /** A serialised MiniSearch whose ids are the numbers of rows, which are not in it. */
  index: z.record(z.string(), z.unknown()),
})
export type SearchIndex = z.infer<typeof SearchIndex>

/** A thing that was found. */
export interface Hit {
  title: string
  kind: string
  /** Page file, `src-http.md`. */
  page: string
  pageTitle: string
  /** Without `#`; empty for the page itself. */
  anchor: string
  /** Of its line, where its page has no entry of it: of the web, or relative to the folder of the pages. */
  address: string | null
  /** Path in the repository, and its line when known. */
  file: string | null
  line: number | null
  /** The beginning of what it says; may be empty. */
  text: string
}
