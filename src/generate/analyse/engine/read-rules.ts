/** What a language says about reading one of its files; used in threads, so plain functions of what they are given. */

import type { DocComment } from '#generate/analyse/doc-comment.ts'
import type { Visibility } from '#generate/model.ts'
import type { DeclKind, FileFacts } from './facts.ts'

/** A declaration as its words say it. */
export interface Words {
  readonly kind: DeclKind
  readonly name: string
  /** Modifiers and attributes as they stand, with spaces between; '' without. */
  readonly modifiers: string
  /** From its start to its body, on one line. */
  readonly header: string
  /** The declaration around it. */
  readonly parent: { readonly kind: DeclKind; readonly name: string; readonly isExported: boolean } | null
  readonly path: string
}

export interface Described {
  readonly visibility: Visibility
  /** Visible outside its file, by the language's rules, as far as its own words and those around it say. */
  readonly isExported: boolean
  /** Of `Flag`, beside those that the query gives. */
  readonly flags?: number
}

/** One import of a statement. */
export interface ImportWords {
  readonly path: string
  readonly alias?: string | null
  readonly isWildcard?: boolean
  readonly kind?: string
}

/** Types as a doc comment writes them. */
export interface DocTypes {
  /** Of what is declared; of a function, of its result. */
  readonly own: string | null
  /** Of parameters or variables, by name. */
  readonly named: ReadonlyMap<string, string>
}

/** A text as the grammar is given it, of the same length, and names that were taken away and count as uses. */
export interface Prepared {
  readonly text: string
  readonly refs: readonly HiddenRef[]
}

export interface HiddenRef {
  readonly start: number
  readonly end: number
  /** What begins or stands here uses the name. */
  readonly at: number
}

export interface ReadRules {
  /** Called before parsing, for what the grammar cannot know. */
  prepare?(text: string): Prepared
  /** A named type inside another one is none of its members. */
  readonly hasFlatTypes?: boolean
  /** A macro belongs to the file wherever it stands. */
  readonly hasFileMacros?: boolean
  describe(words: Words): Described
  /**
   * The doc comment before a declaration or at the head of a file, from the comments that stand there.
   *
   * @param comments - As they stand, with their marks.
   * @returns Markdown, alone or with what the comment says of parameters and the like, or `null` when they are no documentation.
   */
  doc(comments: readonly string[]): DocComment | string | null
  /** The types that the comments before a declaration give. */
  docTypes?(comments: readonly string[]): DocTypes | null
  /** Last changes, once all of a file is known; what other files may depend on is also to be noted in `notes`. */
  finish?(facts: FileFacts, text: string): void
  /** The imports of a statement; the text is that of the node `@import.<kind>`. */
  readImports?(text: string, kind: string): ImportWords[]
  /** A better line for the signature than the header; at most 500 characters are kept, of a function 2,000. */
  signature?(words: Words): string
  /** The name as others write it, without quotes or marks. */
  plainName?(text: string, kind: DeclKind): string
  /** A doc comment that says that it is of several declarations: `These functions …`. */
  isGroupDoc?(doc: string): boolean
  /** Comments before a declaration that are marked as its documentation. */
  isMarkedDoc?(comments: readonly string[]): boolean
  /** True where a comment behind a declaration, on its last line, documents it. */
  readonly hasTrailingDocs?: boolean
}
