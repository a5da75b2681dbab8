/**
 * What one file says by itself, in a form that crosses threads and is kept in a cache: declarations, scopes,
 * expressions and imports, as numbers in columns and one table of strings. No other file was looked at; what a name
 * means is decided by `resolve/`, from these.
 *
 * Everything is named by its index in its table; `NONE` stands for nothing. Offsets are UTF-16 units of the text.
 */

import type { FileBlocks } from '#generate/analyse/blocks/file-blocks.ts'
import type { FileReads } from '#generate/analyse/reads/file-reads.ts'

export const NONE = -1

/** Kinds of declarations; the number of one is its place here. */
export const DECL_KINDS = [
  'package',
  'namespace',
  'module',
  'class',
  'struct',
  'interface',
  'trait',
  'enum',
  'type',
  'function',
  'method',
  'constructor',
  'macro',
  'field',
  'constant',
  'variable',
  'parameter',
  'local',
  'typeparam',
  'impl',
] as const
export type DeclKind = (typeof DECL_KINDS)[number]

/** Kinds of expressions. */
export const Op = {
  unknown: 0,
  /** `name` */
  ref: 1,
  /** `left.name` */
  member: 2,
  /** `left(list)` */
  call: 3,
  /** `new left(list)` */
  make: 4,
  this: 5,
  super: 6,
  /** A literal of the type `name`. */
  literal: 7,
  /** A value of the type `left`. */
  cast: 8,
  /** `left[…]` */
  index: 9,
  /** `left`, with something around it that `name` says: `paren`, `await`, `deref`, … */
  pass: 10,
  /** The type `left<list>` */
  generic: 11,
  /** The type of a list of `left`. */
  array: 12,
  /** One of `list`. */
  either: 13,
  /** What iterating over `left` gives. */
  element: 14,
  /** A function value; `left` is what it gives, where it is one expression. */
  lambda: 15,
  /** Several of different types, `list`; as a type, that of such. */
  tuple: 16,
  /** The type that is declared here; `left` is the declaration. */
  declared: 17,
} as const

/** How an expression is used by what is around it; `function` names one without calling it. */
export const Use = {
  value: 0,
  call: 1,
  type: 2,
  extends: 3,
  implements: 4,
  make: 5,
  annotation: 6,
  function: 7,
} as const

/**
 * Columns of an expression. The `name` of a call is the list of the types that it gives its function, or `NONE`. Of names
 * alone: `at` is where the name itself stands, `order` its number in the order of evaluation, `block` the one around it.
 */
export const E = { op: 0, name: 1, left: 2, list: 3, start: 4, scope: 5, use: 6, at: 7, order: 8, block: 9 } as const
export const E_WIDTH = 10

/** Columns of a declaration. */
export const D = {
  kind: 0,
  name: 1,
  /** Offset from which on a local name stands for it. */
  from: 2,
  start: 3,
  end: 4,
  /** The declaration around it. */
  parent: 5,
  /** The scope in which its name is bound. */
  scope: 6,
  /** The scope it makes. */
  ownScope: 7,
  /** Expression: the declared type; of a function, the type of its result. */
  type: 8,
  /** Expression: the value it begins with; of an alias, the type it stands for. */
  value: 9,
  /** Expression: the type that it is added to from outside. */
  receiver: 10,
  /** List of expressions: what it extends or implements. */
  supers: 11,
  /** Fewest and most arguments; most is `NONE` when there is no limit. */
  minArity: 12,
  maxArity: 13,
  flags: 14,
  startLine: 15,
  endLine: 16,
  /** Strings. */
  signature: 17,
  doc: 18,
  visibility: 19,
  /** String: the type that a doc comment gives, as it is written there. */
  docType: 20,
} as const
export const D_WIDTH = 21

/** Flags of a declaration. */
export const Flag = {
  exported: 1,
  static: 2,
  /** It only announces what is defined elsewhere: a prototype, a member without a body. */
  prototype: 4,
  /** A parameter with a default value, or that may be left out. */
  optional: 8,
  /** A parameter that takes all that is left. */
  rest: 16,
  /** Its members are members of what is around it: companion objects, anonymous unions and namespaces. */
  transparent: 32,
  /** Not visible outside its file: a `static` function of C. */
  fileLocal: 64,
  abstract: 128,
  /** Meant to be called on values of the type of its first parameter. */
  extension: 256,
  /** For the language's own use. */
  special: 512,
  /** Of a type and of its values both, where the two have members of their own. */
  shared: 1024,
  /** A parameter of a lambda that does not say its type. */
  inferred: 2048,
} as const

export const VISIBILITIES = ['public', 'protected', 'internal', 'private'] as const

/** Columns of a scope: the scope around it, the declaration it belongs to, the lambda whose scope it is. */
export const S = { parent: 0, decl: 1, expr: 2 } as const
export const S_WIDTH = 3

/** A name or a file that is taken from elsewhere. */
export interface ImportFact {
  /** What is named, as it stands: `java.util.List`, `./a.h`, `crate::x`. */
  path: string
  /** The name it has here; `null` when it gives none. */
  alias: string | null
  /** All that is inside `path`. */
  isWildcard: boolean
  /** The language's own distinction: `static`, `system`, `pub`, … */
  kind: string
  scope: number
  line: number
}

export interface FileFacts {
  strings: string[]
  /** `D_WIDTH` columns. */
  decls: Int32Array
  /** `S_WIDTH` columns; scope 0 is the file's. */
  scopes: Int32Array
  /** `E_WIDTH` columns, in order of their starts. */
  exprs: Int32Array
  /** Lists of expressions: a length, then the members. */
  lists: Int32Array
  imports: ImportFact[]
  /** The text of `package …` or what stands for it; '' without one. */
  packageName: string
  /** Comment at the head of the file, as Markdown. */
  fileDoc: string | null
  /** The text does not follow the grammar somewhere. */
  hasError: boolean
  /** Anything else that a language needs to know of a file. */
  notes: string[]
  /**
   * A hash of all that the meaning of names in other files may depend on: the heads of what is declared outside of
   * functions, and imports. Equal before and after a change that is inside of bodies alone.
   */
  interface: string
  /** What it reads from outside; `null` for nothing. */
  reads: FileReads | null
  /** Parts of bodies, for the column `block`. */
  blocks: FileBlocks
  /** Where each line begins. */
  lines: Int32Array
}
