/** The facts of a file under construction: tables, records, and the row of each record. */

import { Lines } from '#generate/formats/lines.ts'
import { Comments } from './comments.ts'
import { D, D_WIDTH, DECL_KINDS, type DeclKind, E_WIDTH, type ImportFact, NONE, S_WIDTH } from './facts.ts'
import type { ReadRules } from './read-rules.ts'
import type { MatchRecord, Part } from './records.ts'
import { Lists, Strings, Table } from './table.ts'

/** Kinds of declarations that have members. */
export const HOLDERS: ReadonlySet<DeclKind> = new Set<DeclKind>([
  'namespace',
  'module',
  'class',
  'struct',
  'interface',
  'trait',
  'enum',
  'impl',
])
export const LOCALS: ReadonlySet<DeclKind> = new Set<DeclKind>(['parameter', 'local', 'typeparam'])
/** Kinds whose arguments are counted. */
export const FUNCTIONS: ReadonlySet<DeclKind> = new Set<DeclKind>(['function', 'method', 'constructor'])

/** Declarations directly below each other, of which the first has a comment. */
export interface DeclarationGroup {
  readonly key: string
  /** What the comment says of each declaration, `These functions …`; `null` if it is a title. */
  readonly doc: string | null
  /** A comment that is a title if another declaration follows the first; `own` is the doc of the first until then. */
  readonly title: {
    readonly words: readonly string[]
    readonly first: number
    readonly own: string
    readonly trailing: string | null
    /** Whether it may be a sentence about the first. */
    readonly isSentence: boolean
  } | null
  readonly end: number
}

export class FactsDraft {
  readonly text: string
  /** The text that the grammar parsed, of the same length. */
  readonly parsed: string
  readonly path: string
  readonly records: readonly MatchRecord[]
  readonly rules: ReadRules
  readonly comments: Comments
  readonly strings = new Strings()
  readonly decls = new Table(D_WIDTH)
  readonly scopes = new Table(S_WIDTH, 64)
  readonly exprs = new Table(E_WIDTH, 1_024)
  readonly lists = new Lists()
  readonly imports: ImportFact[] = []
  readonly notes: string[] = []
  /** The expression of each node id; `NONE` for other nodes. */
  readonly byNode: Int32Array
  /** Processed when all expressions are known. */
  readonly declRecords: MatchRecord[] = []
  readonly exprRecords: { record: MatchRecord; index: number }[] = []
  readonly lines: Lines
  /** Adjacent declarations of one kind and parent, which share a comment above the first. */
  group: DeclarationGroup | undefined
  packageName = ''

  constructor(
    text: string,
    path: string,
    records: readonly MatchRecord[],
    nodeCount: number,
    rules: ReadRules,
    parsed: string,
  ) {
    this.byNode = new Int32Array(nodeCount).fill(NONE)
    this.text = text
    this.parsed = parsed
    this.path = path
    this.records = records
    this.rules = rules
    this.comments = new Comments(text, records, rules, parsed)
    this.lines = new Lines(text)
  }

  kindOf(decl: number): DeclKind {
    return DECL_KINDS[this.decls.at(decl, D.kind)] ?? 'local'
  }

  exprOf(part: Part | undefined): number {
    return part === undefined ? NONE : (this.byNode[part.id] ?? NONE)
  }

  textOf(part: { readonly start: number; readonly end: number }): string {
    return this.text.slice(part.start, Math.min(part.end, part.start + 1_000))
  }

  /**
   * Offset of the last character of a node that is neither space nor in a comment on lines of its own: where
   * indentation ends blocks, the grammar includes the comment of the next member.
   */
  lastCharacter(start: number, end: number): number {
    let at = end - 1
    for (;;) {
      while (at > start && this.text.charCodeAt(at) <= 0x20) at--
      const comment = this.comments.aloneAt(at)
      if (comment === undefined || comment <= start) return at
      at = comment - 1
    }
  }

  lineAt(offset: number): number {
    return this.lines.at(offset)
  }
}
