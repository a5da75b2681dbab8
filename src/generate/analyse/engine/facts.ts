/**
 * The facts of one file, independent of all others, in a form that can cross threads and be cached: declarations,
 * scopes, expressions and imports as numbers in columns, with one table of strings. The linker decides later what names
 * mean.
 *
 * Rows are identified by their index; `NONE` means nothing. Offsets are in UTF-16 code units.
 */

import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import type { FileBlocks } from '#generate/file-blocks.ts'

export const NONE = -1

/** Kinds of declarations; the index is the stored number. */
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
  /** `left(list)`; for `a.b()`, `left` is the member `a.b`. */
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
  /** `left` in a wrapper named by `name`: `paren`, `await`, `deref`, … */
  pass: 10,
  /** The type `left<list>` */
  generic: 11,
  /** The type of a list of `left`. */
  array: 12,
  /** One of `list`. */
  either: 13,
  /** An element of `left`, when iterated. */
  element: 14,
  /** A function value; `left` is its result if it is a single expression. */
  lambda: 15,
  /** A tuple of `list`; or the type of such a tuple. */
  tuple: 16,
  /** A type declared in place; `left` is the declaration. */
  declared: 17,
} as const

/** How an expression is used; `function` names a function without calling it. */
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
 * Columns of an expression. `left` is the operand that the comment on each `Op` shows: an expression, except that the
 * `left` of `declared` is a declaration. The `name` of a call is the list of its explicit type arguments, or `NONE`; for a
 * `generic` without arguments, the text in their place, `<,>`.
 * Only names have `at`, the position of the name itself, `order`, its number in order of evaluation, and `block`, the
 * enclosing block.
 */
export const E = { op: 0, name: 1, left: 2, list: 3, start: 4, scope: 5, use: 6, at: 7, order: 8, block: 9 } as const
export const E_WIDTH = 10

/** Columns of a declaration. */
export const D = {
  kind: 0,
  name: 1,
  /** Offset from which a local name is visible. */
  from: 2,
  start: 3,
  end: 4,
  /** The enclosing declaration. */
  parent: 5,
  /** The scope in which its name is bound. */
  scope: 6,
  /** The scope that it opens. */
  ownScope: 7,
  /** Expression: the declared type; for a function, the result type. */
  type: 8,
  /** Expression: the initial value; for an alias, the aliased type; for a function, a value that it returns. */
  value: 9,
  /** Expression: the type that it is attached to from outside. */
  receiver: 10,
  /** List of expressions: supertypes. */
  supers: 11,
  /**
   * Minimum and maximum number of arguments; the maximum is `NONE` without a limit. For a name in a Rust pattern, the
   * minimum is its position among the parts of the pattern.
   */
  minArity: 12,
  maxArity: 13,
  flags: 14,
  startLine: 15,
  endLine: 16,
  /** String; for an `impl`: the supertypes that it states, one a line, and their condition after `WHERE`. */
  signature: 17,
  /** String. */
  doc: 18,
  /** Index in `VISIBILITIES`. */
  visibility: 19,
  /** String: the type given in a doc comment, as written. */
  docType: 20,
  /** String: attributes and annotations, one a line. */
  attributes: 21,
} as const
export const D_WIDTH = 22

/** Begins the condition of an `impl`. */
export const WHERE = ' where '

/** Flags of a declaration. */
export const Flag = {
  exported: 1,
  static: 2,
  /** A declaration without a definition: a prototype, a member without a body. */
  prototype: 4,
  /** A parameter with a default value, or an optional one. */
  optional: 8,
  /** A parameter that takes all remaining arguments. */
  rest: 16,
  /** The members are also members of the parent: companion objects, anonymous unions and namespaces. */
  transparent: 32,
  /** Not visible outside its file: a `static` function of C. */
  fileLocal: 64,
  abstract: 128,
  /** Callable as a method on values of the type of its first parameter. */
  extension: 256,
  /** A flag with a meaning that the language defines. */
  special: 512,
  /** A member of both the type and its values, where the language distinguishes them. */
  shared: 1024,
  /** A lambda parameter without a declared type. */
  inferred: 2048,
  /** Not compiled in an ordinary build: for another system, or for tests. */
  otherBuild: 4096,
  /** A test, or compiled only for tests. */
  test: 8192,
  /** Kept from users by its comment, an attribute or the preprocessor. */
  hidden: 16384,
} as const

export const VISIBILITIES = ['public', 'protected', 'internal', 'private'] as const

/** Columns of a scope: the enclosing scope, its declaration, the lambda that opens it. */
export const S = { parent: 0, decl: 1, expr: 2 } as const
export const S_WIDTH = 3

/** An imported name or file. */
export interface ImportFact {
  /** The imported path as written: `java.util.List`, `./a.h`, `crate::x`. */
  path: string
  /** The local name; `null` without an alias. */
  alias: string | null
  /** Imports everything inside `path`. */
  isWildcard: boolean
  /** A distinction of the language: `static`, `system`, `pub`, … */
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
  /** `E_WIDTH` columns, sorted by start. */
  exprs: Int32Array
  /** Lists of expressions: a length, then the items. */
  lists: Int32Array
  imports: ImportFact[]
  /** The package declaration or its equivalent; '' without one. */
  packageName: string
  /** Comment at the start of the file, as Markdown. */
  fileDoc: string | null
  /** Whether the text has syntax errors. */
  hasError: boolean
  /** Further information for the language's linker. */
  notes: string[]
  /**
   * A hash of everything that names in other files may depend on: imports, and declarations outside functions.
   * Unchanged by edits inside bodies.
   */
  interface: string
  /** See `declarationHashes`; only of languages with `ReadRules.bareName`. */
  hashes?: Float64Array
  /** The environment variables and keys that the file reads; `null` for none. */
  reads: FileReads | null
  /** Blocks, to which the column `block` refers. */
  blocks: FileBlocks
  /** The offset of each line. */
  lines: Int32Array
}
