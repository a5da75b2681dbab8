/** The data of a published document set. No I/O. */

import { z } from 'zod'
import { FollowWish } from '#base/follow-wish.ts'

/** A heading of a rendered page, for its table of contents. */
export const Heading = z.object({ depth: z.number().int().min(1).max(6), id: z.string(), text: z.string() })
export type Heading = z.infer<typeof Heading>

const Bytes = z.number().int().nonnegative()

/** The most bases of a set, of which each has one name: `base-1.pack` to `base-9.pack`. */
export const MAX_BASES = 9

/** Where a part of a set lies in one of its packs, and how. */
export interface Stored {
  /** The pack of a base, `base-1.pack`; absent for `set.pack`. */
  pack?: string | undefined
  /** Its first byte there. */
  at: number
  /** How many bytes it takes there. */
  length: number
  /** How many it has uncompressed; absent unless it is gzip. */
  inflated?: number | undefined
  /** It is a delta (`delta.ts`), compressed with Brotli. */
  delta?: StoredDelta | undefined
}

export interface StoredDelta {
  /** What the delta is applied to, with the id of the base's commit replaced. */
  base: Stored
  /** Of the delta, uncompressed. */
  bytes: number
  /** Of the result, lower-case hex. */
  sha256: string
  /** The part would be gzip without a base. */
  is_text: boolean
}

export const Stored: z.ZodType<Stored> = z.lazy(() =>
  z.object({
    pack: z
      .string()
      .regex(/^base-[1-9]\.pack$/)
      .optional(),
    at: Bytes,
    length: Bytes,
    inflated: Bytes.optional(),
    delta: z.object({ base: Stored, bytes: Bytes, sha256: z.string(), is_text: z.boolean() }).optional(),
  }),
)

/** A set whose parts the parts of this one are stored beside. Its pack is linked into the folder: it outlives that set. */
export const Base = z.object({
  commit: z.string(),
  /** Of the pack. */
  bytes: Bytes,
})
export type Base = z.infer<typeof Base>

/** A file of the set that the server may send. Names that are not listed do not exist. */
export const SetFile = z.object({
  /** `overview.md`, `module_tree.json`; without `/`. */
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

/** The file of a set that lists its source files. */
export const SOURCES_FILE = 'sources.json'

/** Annotations of a source file for its page. */
export const SourceMarks = z.object({
  /** Where the file is documented; the anchor is empty for the top of the page. */
  home: z.object({ page: z.string(), anchor: z.string(), title: z.string() }).nullable(),
  /** First line, last line, name, page and anchor of the entry; in order of lines. */
  symbols: z.array(z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()])),
  /** First and last lines of ranges that pages refer to. */
  spans: z.array(z.tuple([z.number(), z.number()])),
})
export type SourceMarks = z.infer<typeof SourceMarks>

/** A source file stored in the set. */
export interface SourceRow {
  /** The name below `source/` in URLs: letters, digits and `_.@+~-/`, valid on any file system. */
  name: string
  /** The path in the repository; untrusted. */
  path: string
  language: string | null
}

/** A source file with everything that its page needs. */
export interface Source extends SourceRow {
  text: string
  /** See `#base/packed-colours.ts`. */
  colours: Uint8Array
  marks: SourceMarks
}

export interface StoredSource extends Source {
  /** The text in UTF-8; reading these alone costs no conversion. */
  textBytes: Uint8Array<ArrayBuffer>
}

/** Bytes that can be streamed. */
export interface StoredBytes {
  bytes: number
  /** To read from a later byte costs as much as to read all before it. */
  skips?: true
  /** They are in the memory of this process for as long as somebody reads them. */
  isInMemory?: true
  /**
   * @param from - The first byte.
   * @param to - Exclusive.
   */
  read(from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** `manifest.json` of a set. Names in requests are looked up in it; only listed files are read. */
export const Manifest = z.object({
  /** 1: each file of the set is a file on the disk. 2: they lie in one, `set.pack`. 3: some lie in packs of its bases. */
  version: z.literal([1, 2, 3]),
  /** Folder name below `docs/`. */
  key: z.string(),
  repo_url: z.string(),
  name: z.string(),
  full_name: z.string(),
  /** Full commit id. */
  commit: z.string(),
  /** The commit's web page; `null` when the host's form of links is unknown. */
  commit_url: z.string().nullable(),
  /** ISO 8601 UTC. */
  committed_at: z.string(),
  /** `offline` or the model's name. */
  main_model: z.string(),
  generator_version: z.string(),
  /** See `options-digest.ts`; absent for default options. */
  options_digest: z.string().optional(),
  /** The prompts of the model contained notes of the submitter. */
  has_notes: z.literal(true).optional(),
  /** Why part of the documents has no prose; absent when nothing is missing. */
  degraded: z.enum(['budget', 'model']).optional(),
  /** Language of the pages, BCP 47; absent for English. */
  language: z.string().optional(),
  /** Which branches and tags the repository wants documented, by its `docspool.json`; absent when it does not say. */
  follow: FollowWish.optional().catch(undefined),
  statistics: z.object({
    files: z.number().int(),
    lines: z.number().int(),
    components: z.number().int(),
    edges: z.number().int(),
    modules: z.number().int(),
    pages: z.number().int(),
  }),
  /** Of the names that packages export and their visible members: all, and those with a doc comment. */
  public_api: z.object({ definitions: z.number().int(), documented: z.number().int() }).optional(),
  /** The nearest first, `base-1.pack`; absent for a set that is stored by itself. */
  bases: z.array(Base).max(MAX_BASES).optional(),
  /** Sorted by name. */
  files: z.array(SetFile),
  /** In reading order, the overview first. */
  pages: z.array(SetPage),
  tree: z.array(TreeNode),
  /** Source files stored in the set; absent when links lead to the code host instead. */
  sources: z.object({ files: z.number().int(), bytes: z.number().int(), left_out: z.number().int() }).optional(),
})
export type Manifest = z.infer<typeof Manifest>
