/** What the reader's side knows of a published document set. Plain data; no I/O. */

import { z } from 'zod'

/** A heading of a rendered page, for its table of contents. */
export const Heading = z.object({ depth: z.number().int().min(1).max(6), id: z.string(), text: z.string() })
export type Heading = z.infer<typeof Heading>

const Bytes = z.number().int().nonnegative()

/** Where a part of a set lies in its `set.pack`. */
export const Stored = z.object({
  /** Its first byte there. */
  at: Bytes,
  /** How many bytes it takes there. */
  length: Bytes,
  /** How many it has uncompressed; absent where it is no gzip. */
  inflated: Bytes.optional(),
})
export type Stored = z.infer<typeof Stored>

/** A file of the set as the server may give it out. A name that is not here does not exist. */
export const SetFile = z.object({
  /** `overview.md`, `module_tree.json`. Never holds `/`. */
  name: z.string(),
  /** Uncompressed. */
  bytes: Bytes,
  /** Of the uncompressed bytes, lower-case hex. */
  sha256: z.string(),
  /** Absent in version 1, where it is a file of its own. */
  stored: Stored.optional(),
})
export type SetFile = z.infer<typeof SetFile>

/** A Markdown page and the HTML that was rendered from it when the set was published. */
export const SetPage = z.object({
  /** `overview.md`. */
  file: z.string(),
  title: z.string(),
  /** Module id, `null` for the overview. */
  module: z.string().nullable(),
  /** Name of the sanitised body, in version 1 of a file below `html/`: `overview.html`. */
  html: z.string(),
  headings: z.array(Heading),
  /** How many mermaid diagrams it holds. */
  diagrams: Bytes,
  /** Where the body lies; absent in version 1 and while a set is not published. */
  stored: Stored.optional(),
})
export type SetPage = z.infer<typeof SetPage>

/** A node of the tree in the sidebar. */
export interface TreeNode {
  title: string
  /** Page file, `src-http.md`. */
  file: string
  children: TreeNode[]
}
export const TreeNode: z.ZodType<TreeNode> = z.lazy(() =>
  z.object({ title: z.string(), file: z.string(), children: z.array(TreeNode) }),
)

/** The file of a set that lists the files of the repository that it keeps. */
export const SOURCES_FILE = 'sources.json'

/** What the page of a kept file says beside its text. */
export const SourceMarks = z.object({
  /** Where the file is documented; the anchor is empty for the top of the page. */
  home: z.object({ page: z.string(), anchor: z.string(), title: z.string() }).nullable(),
  /** First line, last line, name, page and anchor of the entry; in order of lines. */
  symbols: z.array(z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()])),
  /** Lines that pages cite, first and last, where they are several. */
  spans: z.array(z.tuple([z.number(), z.number()])),
})
export type SourceMarks = z.infer<typeof SourceMarks>

/** A file of the repository whose text the set keeps. */
export interface SourceRow {
  /** Below `source/` in addresses: of letters, digits and `_.@+~-/`, as a file system anywhere takes it. */
  name: string
  /** In the repository. Anything may stand in it. */
  path: string
  language: string | null
}

/** A kept file with all its page needs. */
export interface Source extends SourceRow {
  text: string
  /** See `#base/packed-colours.ts`. */
  colours: Uint8Array
  marks: SourceMarks
}

/** Bytes that lie ready. */
export interface StoredBytes {
  bytes: number
  /** To read from a later byte costs as much as to read all before it. */
  skips?: true
  /**
   * @param from - The first byte.
   * @param to - The one behind the last.
   */
  read(from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** `manifest.json` of a set: the only way from a name in a request to bytes on the disk. */
export const Manifest = z.object({
  /** 1: each file of the set is a file on the disk. 2: they lie in one, `set.pack`. */
  version: z.literal([1, 2]),
  /** Folder name below `docs/`. */
  key: z.string(),
  repo_url: z.string(),
  name: z.string(),
  full_name: z.string(),
  /** Full commit id. */
  commit: z.string(),
  /** The commit's page on its host; `null` when the host's form of links is not known. */
  commit_url: z.string().nullable(),
  /** ISO 8601 UTC. */
  committed_at: z.string(),
  /** `offline` or the model's name. */
  main_model: z.string(),
  generator_version: z.string(),
  /** See `options-digest.ts`; absent for what is made by default. */
  options_digest: z.string().optional(),
  /** A model was told notes of whoever asked for the documents. */
  has_notes: z.literal(true).optional(),
  /** Why a model added less than it could have; absent when it did all it was asked. */
  degraded: z.enum(['budget', 'model']).optional(),
  /** BCP 47, what its pages are written in; absent for English. */
  language: z.string().optional(),
  statistics: z.object({
    files: z.number().int(),
    lines: z.number().int(),
    components: z.number().int(),
    edges: z.number().int(),
    modules: z.number().int(),
    pages: z.number().int(),
  }),
  /** Sorted by name. */
  files: z.array(SetFile),
  /** In reading order, the overview first. */
  pages: z.array(SetPage),
  tree: z.array(TreeNode),
  /** Files of the repository whose text the set keeps; absent when links lead to the web instead. */
  sources: z.object({ files: z.number().int(), bytes: z.number().int(), left_out: z.number().int() }).optional(),
})
export type Manifest = z.infer<typeof Manifest>
