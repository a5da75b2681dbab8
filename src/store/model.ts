/** The schema of a published document set. No I/O. */

import { z } from 'zod'
import { FollowWish } from '#base/followed-refs.ts'

/** A heading of a rendered page, for its table of contents. */
export const Heading = z.object({ depth: z.number().int().min(1).max(6), id: z.string(), text: z.string() })
export type Heading = z.infer<typeof Heading>

const Bytes = z.number().int().nonnegative()

/** The maximum number of bases of a set; their packs are named `base-1.pack` to `base-9.pack`. */
export const MAX_BASES = 9

/** The position and encoding of a part in one of the packs of a set. */
export interface Stored {
  /** The name of a base pack, such as `base-1.pack`; absent for `set.pack`. */
  pack?: string | undefined
  /** Offset of its first byte in the pack. */
  at: number
  /** Its length in the pack, in bytes. */
  length: number
  /** Its uncompressed length; absent unless it is stored as gzip or as a delta. */
  inflated?: number | undefined
  /** The SHA-256 of the part, in lower-case hex, if it is stored uncompressed and nothing else in the manifest has its hash. */
  sha256?: string | undefined
  /** Present if the part is stored as a delta (`delta.ts`), compressed with Brotli. */
  delta?: StoredDelta | undefined
}

export interface StoredDelta {
  /** The part that the delta is applied to, after the base's commit id in it was replaced. */
  base: Stored
  /** The uncompressed length of the delta. */
  bytes: number
  /** The SHA-256 of the result, in lower-case hex. */
  sha256: string
  /** Whether the part would be stored as gzip if there was no base. */
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
    sha256: z.string().optional(),
    delta: z.object({ base: Stored, bytes: Bytes, sha256: z.string(), is_text: z.boolean() }).optional(),
  }),
)

/** A set that parts of this set are stored as deltas to. Its pack is linked into this set's folder, so it outlives that set. */
export const Base = z.object({
  commit: z.string(),
  /** The size of the pack. */
  bytes: Bytes,
})
export type Base = z.infer<typeof Base>

/** A file of the set that the server may send. Names that are not listed do not exist. */
export const SetFile = z.object({
  /** A name without `/`, such as `overview.md` or `module_tree.json`. */
  name: z.string(),
  /** The uncompressed size. */
  bytes: Bytes,
  /** The SHA-256 of the uncompressed bytes, in lower-case hex. */
  sha256: z.string(),
  /** Absent in version 1, where each file of a set is a separate file on disk. */
  stored: Stored.optional(),
})
export type SetFile = z.infer<typeof SetFile>

/** The position of a file in a pack, with its hash if nothing else can show whether the bytes there are damaged. */
export const hashedPart = ({ stored, sha256 }: Pick<SetFile, 'stored' | 'sha256'>): Stored | undefined =>
  stored && isPlain(stored) ? { ...stored, sha256 } : stored

/** Whether a part is stored uncompressed. */
export const isPlain = ({ inflated, delta }: Stored): boolean => inflated === undefined && delta === undefined

/** A Markdown page and the HTML that was rendered from it when the set was published. */
export const SetPage = z.object({
  /** The name of the Markdown file, such as `overview.md`. */
  file: z.string(),
  title: z.string(),
  /** The id of the module; `null` for the overview. */
  module: z.string().nullable(),
  /** Name of the sanitised HTML body, such as `overview.html`. In version 1, the name of a file below `html/`. */
  html: z.string(),
  headings: z.array(Heading),
  /** Number of Mermaid diagrams in the page. */
  diagrams: Bytes,
  /** The position of the body; absent in version 1 and until the set is published. */
  stored: Stored.optional(),
})
export type SetPage = z.infer<typeof SetPage>

/** A node of the tree in the sidebar. */
export interface TreeNode {
  title: string
  /** The file of the page, such as `src-http.md`. */
  file: string
  children: TreeNode[]
  /** At the top level: tests, examples and tools, which the sidebar groups at its end. Absent in sets of older versions. */
  aside?: true | undefined
}
export const TreeNode: z.ZodType<TreeNode> = z.lazy(() =>
  z.object({
    title: z.string(),
    file: z.string(),
    children: z.array(TreeNode),
    aside: z.literal(true).optional(),
  }),
)

/** The file of a set that lists its source files. */
export const SOURCES_FILE = 'sources.json'

/** Annotations of a source file for its page. */
export const SourceMarks = z.object({
  /** The page and section that document the file; the anchor is empty for the top of the page. */
  home: z.object({ page: z.string(), anchor: z.string(), title: z.string() }).nullable(),
  /** First line, last line, name, page and anchor of each symbol, in order of lines. */
  symbols: z.array(z.tuple([z.number(), z.number(), z.string(), z.string(), z.string()])),
  /** First and last lines of ranges that pages refer to. */
  spans: z.array(z.tuple([z.number(), z.number()])),
})
export type SourceMarks = z.infer<typeof SourceMarks>

/** The entry of a source file in a set's table of sources. */
export interface SourceRow {
  /** The name below `source/` in URLs: letters, digits and `_.@+~-/`, valid on any file system. */
  name: string
  /** The path in the repository; untrusted. */
  path: string
  language: string | null
}

/** A source file with everything needed to render its page. */
export interface Source extends SourceRow {
  text: string
  /** See `#base/packed-colours.ts`. */
  colours: Uint8Array
  marks: SourceMarks
}

export interface StoredSource extends Source {
  /** The text in UTF-8. Use these bytes where the text itself is not needed, because it is decoded at each access. */
  textBytes: Uint8Array<ArrayBuffer>
}

/** Bytes that can be streamed. */
export interface StoredBytes {
  bytes: number
  /** Set if reading from an offset costs as much as reading everything before it, too. */
  skips?: true
  /** Set if the bytes stay in this process's memory while a reader is using them. */
  isInMemory?: true
  /**
   * @param from - Offset of the first byte.
   * @param to - Offset after the last byte.
   */
  read(from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** `manifest.json` of a set. Names in requests are looked up in it; only listed files are read. */
export const Manifest = z.object({
  /**
   * 1: each file of the set is a separate file on disk. 2: all are in `set.pack`. 3: some are in base packs or stored as deltas.
   */
  version: z.literal([1, 2, 3]),
  /** The name of the set's folder in `docs/`. */
  key: z.string(),
  repo_url: z.string(),
  name: z.string(),
  full_name: z.string(),
  /** Full commit id. */
  commit: z.string(),
  /** URL of the commit's web page; `null` when the host's link format is unknown. */
  commit_url: z.string().nullable(),
  /** ISO 8601 UTC. */
  committed_at: z.string(),
  /** `offline` or the model's name. */
  main_model: z.string(),
  generator_version: z.string(),
  /** See `options-digest.ts`; absent for default options. */
  options_digest: z.string().optional(),
  /** Set if the submitter's notes were part of the prompts. */
  has_notes: z.literal(true).optional(),
  /** Why part of the documents has no prose; absent when nothing is missing. */
  degraded: z.enum(['budget', 'model']).optional(),
  /** Language of the pages as a BCP 47 tag; absent for English. */
  language: z.string().optional(),
  /** The branches and tags that the repository's `docspool.json` wants documented; absent if it names none. */
  follow: FollowWish.optional().catch(undefined),
  statistics: z.object({
    files: z.number().int(),
    lines: z.number().int(),
    components: z.number().int(),
    edges: z.number().int(),
    modules: z.number().int(),
    pages: z.number().int(),
  }),
  /** Number of exported names and their visible members: all of them, and those with a doc comment. */
  public_api: z.object({ definitions: z.number().int(), documented: z.number().int() }).optional(),
  /** The nearest base first (`base-1.pack`); absent for a set stored without a base. */
  bases: z.array(Base).max(MAX_BASES).optional(),
  /** Sorted by name. */
  files: z.array(SetFile),
  /** In reading order, the overview first. */
  pages: z.array(SetPage),
  tree: z.array(TreeNode),
  /** Source files stored in the set; absent when links lead to the code host instead. */
  sources: z.object({ files: z.number().int(), bytes: z.number().int(), left_out: z.number().int() }).optional(),
  /** The SHA-256 of `sources.table`, in lower-case hex; absent if there are no source files, and in sets of older versions. */
  sources_table: z.string().optional(),
})
export type Manifest = z.infer<typeof Manifest>
