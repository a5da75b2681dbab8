/**
 * What the standard library is declared to have, as far as somebody can use it who infers without the compiler. A union
 * has no `null` and no `undefined` in it: a member is looked up on what is left.
 */

/** A type. Numbers of parameters count from 0. */
export type LibraryType =
  /** A value of the library, or `any`, that leads to nothing of the program. */
  | { readonly kind: 'outside' }
  /** The table does not say; it may be anything. */
  | { readonly kind: 'unknown' }
  /** `void`, `undefined`, `null`, `never`. */
  | { readonly kind: 'nothing' }
  /** Members are those of the interface: of `string` those of `String`. */
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'literal'; readonly text: string }
  /** `Map<K, V>`, with all its arguments; `Intl.Collator`; `typeof.URL`, the type of the value `URL`; `globalThis`. */
  | { readonly kind: 'reference'; readonly name: string; readonly arguments: readonly LibraryType[] }
  /** A type parameter of the type that was asked about: in an answer about `Map`, 1 is `V`. */
  | { readonly kind: 'parameter'; readonly index: number }
  /** A type parameter of the signature that this is in: in `map<U>`, 0 is `U`. */
  | { readonly kind: 'own'; readonly index: number }
  /** The type of the receiver. */
  | { readonly kind: 'this' }
  | { readonly kind: 'union' | 'intersection'; readonly types: readonly LibraryType[] }
  | { readonly kind: 'tuple'; readonly elements: readonly LibraryElement[] }
  /** A function, or with `isNew` a class; several signatures are overloads, in the order in which they are tried. */
  | { readonly kind: 'function'; readonly isNew: boolean; readonly signatures: readonly LibrarySignature[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, LibraryMember> }
  /** `keyof of`. */
  | { readonly kind: 'keys'; readonly of: LibraryType }
  /** `object[index]`. */
  | { readonly kind: 'indexed'; readonly object: LibraryType; readonly index: LibraryType }
  /** `{ [P in keyof over]: value }`, of a tuple a tuple; `item` in `value` is `over[P]`. */
  | { readonly kind: 'mapped'; readonly over: LibraryType; readonly value: LibraryType }
  | { readonly kind: 'item' }
  /** The result of a function that tells types apart: `value is type`. */
  | { readonly kind: 'predicate'; readonly type: LibraryType }

export type PrimitiveName = 'bigint' | 'boolean' | 'number' | 'string' | 'symbol'

export interface LibraryElement {
  readonly type: LibraryType
  /** `...type`: with an array as its type, any number of its elements. */
  readonly isRest: boolean
}

export interface LibraryParameter extends LibraryElement {
  readonly isOptional: boolean
}

/** One way to call a function. A parameter that tells nothing of types is `outside`. */
export interface LibrarySignature {
  readonly own: readonly TypeParameter[]
  readonly parameters: readonly LibraryParameter[]
  readonly result: LibraryType
}

export interface TypeParameter {
  /** `K extends keyof HTMLElementTagNameMap`; `undefined` for any. */
  readonly constraint: LibraryType | undefined
  readonly default: LibraryType | undefined
}

export interface LibraryMember {
  /** `method`: written as one. A property may hold a function, too. */
  readonly sort: 'method' | 'property'
  /** Of a method a function. */
  readonly type: LibraryType
}

/**
 * Members by name: `map`, `[iterator]` for `[Symbol.iterator]`, `[]` for what an index of a number gives and `[string]`
 * for one of a text, `()` and `new` for what the type can be called as.
 */
export interface LibraryDeclaration {
  readonly parameters: readonly TypeParameter[]
  /** What it extends, in its own type parameters. */
  readonly bases: readonly LibraryType[]
  /** Its own members, without those of its bases. */
  readonly members: ReadonlyMap<string, LibraryMember>
  /** False where it may have members of which the table knows nothing: they are `outside`. */
  readonly isComplete: boolean
  /**
   * What an alias stands for; `unknown` for those that compute with types (`Awaited`, `Partial`, `ReturnType`, `FlatArray`).
   * `undefined` for an interface.
   */
  readonly alias: LibraryType | undefined
}
