/** A language's rules for reading a file. They run in threads, so they are plain functions. */

import type { DocComment } from '#generate/analyse/doc-comment.ts'
import type { Visibility } from '#generate/model.ts'
import type { DeclKind, FileFacts } from './facts.ts'

/** The text of a declaration. */
export interface DeclarationText {
  readonly kind: DeclKind
  readonly name: string
  /** Modifiers and attributes as written, separated by spaces; '' without any. */
  readonly modifiers: string
  /** The text from its start to its body, on one line. */
  readonly header: string
  readonly hasBody: boolean
  /** How its body begins, on one line. */
  readonly bodyStart?: string
  /** The enclosing declaration. */
  readonly parent: { readonly kind: DeclKind; readonly name: string; readonly isExported: boolean } | null
  readonly path: string
}

export interface Description {
  readonly visibility: Visibility
  /** Visible outside its file by the language's rules, as far as its own text and its parents tell. */
  readonly isExported: boolean
  /** Bits of `Flag`, in addition to those from the query. */
  readonly flags?: number
}

/** A single import of a statement. */
export interface ImportItem {
  readonly path: string
  readonly alias?: string | null
  readonly isWildcard?: boolean
  readonly kind?: string
}

/** Types written in a doc comment. */
export interface DocTypes {
  /** The type of the declaration itself, or of a function's result. */
  readonly own: string | null
  /** Types of parameters or variables, keyed by name. */
  readonly named: ReadonlyMap<string, string>
}

/** Text to parse instead of the original, of the same length, and uses in the removed parts. */
export interface Prepared {
  readonly text: string
  readonly refs: readonly HiddenRef[]
  /** Comments that were removed, in order. */
  readonly comments?: readonly (readonly [start: number, end: number])[]
}

export interface HiddenRef {
  readonly start: number
  readonly end: number
  /** The position whose component uses the name. */
  readonly at: number
}

export interface ReadRules {
  /** Called before parsing, to replace text that the grammar does not support. */
  prepare?(text: string): Prepared
  /** Signatures also omit text that was removed before parsing. */
  readonly hasPreparedHeaders?: boolean
  /** Nested types are not members. */
  readonly hasFlatTypes?: boolean
  /** A macro belongs to the file, wherever it is defined. */
  readonly hasFileMacros?: boolean
  describe(words: DeclarationText): Description
  /**
   * The doc comment before a declaration or at the start of a file.
   *
   * @param comments - As written, with their delimiters.
   * @returns Markdown, possibly with details on parameters and so on; `null` when the comments are not documentation.
   */
  doc(comments: readonly string[]): DocComment | string | null
  /** The types in the comments before a declaration. */
  docTypes?(comments: readonly string[]): DocTypes | null
  /** Final changes when the whole file is known. Facts that other files may depend on must also go into `notes`. */
  finish?(facts: FileFacts, text: string): void
  /** The imports of a statement; the text is that of the node `@import.<kind>`. */
  readImports?(text: string, kind: string): ImportItem[]
  /** A better signature than the header; at most 500 characters are kept, 2,000 for functions. */
  signature?(words: DeclarationText): string
  /** The name as callers write it, without quotes or sigils. */
  plainName?(text: string, kind: DeclKind): string
  /**
   * The name by which a written type is looked up: `s` for `struct s`. With this rule, declarations in other files are found only by names
   * that the code contains, so that a use depends only on declarations of the names around it.
   */
  bareName?(text: string): string
  /** Whether a doc comment is about several declarations: `These functions …`. */
  isGroupDoc?(doc: string): boolean
  /** Whether comments are marked as documentation of what contains them: `//!` of Rust. */
  isOfWhole?(comments: readonly string[]): boolean
  /** Whether the comments before a declaration are marked as its documentation. */
  isMarkedDoc?(comments: readonly string[]): boolean
  /** Whether the lines between a plain comment and a declaration only state a condition for the declaration. */
  isOnlyCondition?(between: string, declaration: string, comment: string): boolean
  /** Prose before a blank line still documents the declaration below, as documentation tools do. */
  readonly hasLooseComments?: boolean
  /** Whether a trailing comment on the last line documents a declaration; `data`: only a sentence, and only a field or constant. */
  readonly hasTrailingDocs?: boolean | 'data'
}
