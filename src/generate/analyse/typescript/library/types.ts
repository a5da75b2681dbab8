/**
 * Types of the standard library, reduced to the parts that inference without the compiler can use. Unions leave out
 * `null` and `undefined`, since members are looked up on the rest.
 */

/** A type. Parameters are numbered from 0. */
export type LibraryType =
  /** A type of the platform or `any`, which never refers to the program. */
  | { readonly kind: 'outside' }
  /** A type that is not in the table; it may be anything. */
  | { readonly kind: 'unknown' }
  /** `void`, `undefined`, `null`, `never`. */
  | { readonly kind: 'nothing' }
  /** Has the members of its interface: `string` those of `String`. */
  | { readonly kind: 'primitive'; readonly name: PrimitiveName }
  | { readonly kind: 'literal'; readonly text: string }
  /** `Map<K, V>`, with all its arguments; `Intl.Collator`; `typeof.URL`, the type of the value `URL`; `globalThis`. */
  | { readonly kind: 'reference'; readonly name: string; readonly arguments: readonly LibraryType[] }
  /** A type parameter of the declaring type: in a member of `Map`, 1 is `V`. */
  | { readonly kind: 'parameter'; readonly index: number }
  /** A type parameter of the enclosing signature: in `map<U>`, 0 is `U`. */
  | { readonly kind: 'own'; readonly index: number }
  /** The type of the receiver. */
  | { readonly kind: 'this' }
  | { readonly kind: 'union' | 'intersection'; readonly types: readonly LibraryType[] }
  | { readonly kind: 'tuple'; readonly elements: readonly LibraryElement[] }
  /** A function, or a class if `isNew`; several signatures are overloads, in order of precedence. */
  | { readonly kind: 'function'; readonly isNew: boolean; readonly signatures: readonly LibrarySignature[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, LibraryMember> }
  /** `keyof of`. */
  | { readonly kind: 'keys'; readonly of: LibraryType }
  /** `object[index]`. */
  | { readonly kind: 'indexed'; readonly object: LibraryType; readonly index: LibraryType }
  /** `{ [P in keyof over]: value }`, which maps tuples to tuples; `item` in `value` is `over[P]`. */
  | { readonly kind: 'mapped'; readonly over: LibraryType; readonly value: LibraryType }
  | { readonly kind: 'item' }
  /** The result of a type predicate: `value is type`. */
  | { readonly kind: 'predicate'; readonly type: LibraryType }

export type PrimitiveName = 'bigint' | 'boolean' | 'number' | 'string' | 'symbol'

export interface LibraryElement {
  readonly type: LibraryType
  /** `...type`: any number of elements of the array type. */
  readonly isRest: boolean
}

export interface LibraryParameter extends LibraryElement {
  readonly isOptional: boolean
}

/** A call signature. Parameters without useful types are `outside`. */
export interface LibrarySignature {
  readonly own: readonly TypeParameter[]
  readonly parameters: readonly LibraryParameter[]
  readonly result: LibraryType
}

export interface TypeParameter {
  /** `K extends keyof HTMLElementTagNameMap`; `undefined` for no constraint. */
  readonly constraint: LibraryType | undefined
  readonly default: LibraryType | undefined
}

export interface LibraryMember {
  /** `method` if declared as a method. A property may hold a function, too. */
  readonly sort: 'method' | 'property'
  /** A function type for methods. */
  readonly type: LibraryType
}

/**
 * An interface, class or alias. Members are keyed by name: `map`, `[iterator]` for `[Symbol.iterator]`, `[]` and
 * `[string]` for index signatures of numbers and strings, `()` and `new` for call and construct signatures.
 */
export interface LibraryDeclaration {
  readonly parameters: readonly TypeParameter[]
  /** Types that it extends, in terms of its own type parameters. */
  readonly bases: readonly LibraryType[]
  /** Own members, without inherited ones. */
  readonly members: ReadonlyMap<string, LibraryMember>
  /** False if the table may lack members; those are `outside`. */
  readonly isComplete: boolean
  /**
   * The aliased type; `unknown` for computed types (`Awaited`, `Partial`, `ReturnType`, `FlatArray`). `undefined` for
   * an interface.
   */
  readonly alias: LibraryType | undefined
}
