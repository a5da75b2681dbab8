/** What a language gives the engine: a grammar, a query, how to read a file, and how names travel between files. */

import type { EdgeOrigin, FileExport, SourceFile } from '#generate/model.ts'
import type { Decl, FileUnit } from './declarations.ts'
import type { DeclKind } from './facts.ts'
import type { Program } from './program.ts'
import type { ReadRules } from './read-rules.ts'
import type { Semantics } from './semantics.ts'

export interface LanguageSpec {
  /** As in `SourceFile.language`. */
  readonly language: string
  /** The npm package and the file of its grammar: `tree-sitter-java/tree-sitter-java.wasm`. */
  readonly wasm: string
  /** SHA-256 of that file, hex. */
  readonly sha256: string
  /** Where the query is: `new URL('./query.scm', import.meta.url)`. */
  readonly query: URL
  readonly reading: ReadRules
  readonly linking: LinkRules
}

/** How names of a language are found. */
export interface LinkRules {
  /** Languages of one family know each other's names: `jvm`, `c`. */
  readonly family: string
  /** Members of the type around are in scope by their bare names. */
  readonly hasImplicitThis: boolean
  /** A function and a variable of one name do not hide each other. */
  readonly hasSeparateCalls: boolean
  /** `Thing(…)` makes a `Thing`. */
  readonly callsMakeInstances: boolean
  /** Types of one full name are parts of one type. */
  readonly hasPartialTypes: boolean
  /** `f` alone calls the function `f`, and `x.f` without arguments reads a field or calls a method. */
  readonly bareNamesCall?: boolean
  /** A type has members of its own, which its values lack, and the other way round; `Flag.static` tells them apart. */
  readonly hasTypeMembers?: boolean
  /** In its function, a parameter that takes several values is an array of its type. */
  readonly restIsArray?: boolean
  /** `Linker.resultOf` also gets types that the repository does not have, by name: `BigDecimal.valueOf(1)`. */
  readonly knowsOutsideTypes?: boolean
  /** What code outside of the repository gives may be a value of it, as generics and mocks do. */
  readonly outsideGivesAnything?: boolean
  /** Overloads in several files of which none fits best are no edge. */
  readonly dropsUndecided?: boolean
  /** What a type takes the members of without being one of its kind. */
  readonly mixins?: DeclKind
  /** A `module` only groups names, in many files: to name it is no use of it. */
  readonly hasOpenModules?: boolean
  /** What a type declares inside is not in scope by its bare name, not even in the type. */
  readonly typesNeedPaths?: boolean
  /** Names that so many types outside the repository have that their being unique inside it says nothing. */
  readonly commonNames: ReadonlySet<string>
  /** The package or namespace of what is declared at the top of a file, its parts joined by dots; '' for none. */
  packageOf(file: FileUnit, context: LinkContext): string
  /** The same for one declaration at the top of its file, where parts of a file are in packages of their own. */
  packageAround?(decl: Decl): string
  /** False for what is declared and needs no entry of its own, such as a prototype whose definition is known. */
  isComponent?(decl: Decl, program: Program): boolean
  /** The member that is meant where a type or a value is called. */
  readonly applyName?: string
  /** The name of the only parameter of a lambda that names none. */
  readonly implicitParameter?: string
  /** Another name that an annotation has, tried before the one that is written: `FooAttribute`. */
  annotationName?(name: string): string
  /** Whether a method can override one of its name and arity in a type above; by default it can. */
  mayOverride?(decl: Decl, above: Decl): boolean
  /**
   * Of several declarations of one name, those that a file can mean: of functions written once for each system, the one
   * for the system the file is for.
   */
  variants?(decls: readonly Decl[], file: FileUnit): readonly Decl[]
  /** A call names all types that a generic function takes, or none. */
  readonly namesAllTypes?: boolean
  /** Types that a call does not name follow from its arguments alone, and stand for just those. */
  readonly infersFromArguments?: boolean
  /** A method that overrides another one takes no fewer arguments: what that one has by default may be left out. */
  readonly inheritsDefaults?: boolean
  /** Whether a file counts as importing one that declares what it uses. */
  importsWhatItUses?(file: FileUnit, target: FileUnit): boolean
  /** What a declaration that only announces stands for. */
  definitionOf?(decl: Decl, program: Program): Decl
  /** What is documented in the place of a declaration, or better: a prototype of it. */
  documented?(decl: Decl, program: Program): Decl | undefined
  link(program: Program, semantics: Semantics, context: LinkContext): Linker
}

export interface LinkContext {
  /** Every path of the repository. */
  readonly paths: ReadonlySet<string>
  /** Every file of the inventory by path: build files, manifests. */
  readonly files: ReadonlyMap<string, SourceFile>
}

/** What a name that is looked for has to be. */
export type NameUse = 'value' | 'call' | 'type'

/** What a name stands for. */
export interface Resolution {
  /** Several for overloads and for parts of one type. */
  readonly decls: readonly Decl[]
  readonly origin: EdgeOrigin
  /** The value it was found on, as the type that declares it sees it. */
  readonly receiver?: Value
  /** A package or namespace. */
  readonly namespace?: string
  /** It is known to be outside the repository. */
  readonly isExternal?: boolean
  /** A value that nothing declares: `it`. */
  readonly value?: Value
}

export const EXTERNAL: Resolution = { decls: [], origin: 'import', isExternal: true }

/** What a lambda is given to. */
export interface LambdaTarget {
  /** The type of the parameter or variable. */
  readonly type?: Value
  /** A function outside the repository, and which of its arguments the lambda is. */
  readonly outside?: {
    /** What it is called on. */
    readonly receiver: Value | undefined
    readonly name: string
    readonly index: number
    /** Its first argument. */
    readonly first: Value | undefined
  }
}

/** Finds what is not in the file itself. Made once for a program. */
export interface Linker {
  /** What a bare name means that no scope of the file binds: imports, package, wildcards, what is always there. */
  lookUp(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined
  /** What the imports of one scope make of a name; `null` where no scope around it is seen. */
  lookUpIn?(file: FileUnit, scope: number, name: string, wanted: NameUse): Resolution | null | undefined
  /** Paths of the files that an import of this file names. */
  importedFiles(file: FileUnit): Iterable<string>
  /** What others get from a file; by default what it declares for all, by full names. */
  exportsOf?(file: FileUnit): Iterable<FileExport>
  /** Edges that no name in a file stands for: what a type implements by having its methods. */
  relationsOf?(file: FileUnit): Iterable<Relation>
  /** Of declarations of one full name, those that a file can know; all, where it knows none. */
  inSight?(decls: readonly Decl[], file: FileUnit): readonly Decl[]
  /** Of a type that is written once for each system, the one that a file means. */
  seenFrom?(decl: Decl, file: FileUnit): Decl
  /** Of members of one type those that a file can mean: not all that is added to it from outside. */
  membersInSight?(decls: readonly Decl[], file: FileUnit): readonly Decl[]
  /** Whether a call can mean a function at all; its arguments are expressions in `file`. */
  isMeant?(decl: Decl, file: FileUnit, args: readonly number[]): boolean
  /** A member that neither a type nor what it extends declares: extension functions, members of outside types. */
  memberOf?(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined
  /**
   * What a declaration holds, or a function gives, where its type does not lead to the repository and before its value
   * is asked: doc comments, conventions.
   */
  held?(decl: Decl): Value | undefined
  /**
   * What calling a member of an outside type gives: `unwrap` of `Option<T>`.
   *
   * @param given - What the function among the arguments gives.
   */
  resultOf?(receiver: Value, name: string, file: FileUnit, given: () => Value | undefined): Value | undefined
  /** What a function gets, as its parameter `order`, that is argument `index` of a member of an outside type. */
  lambdaGets?(receiver: Value, name: string, index: number, order: number, file: FileUnit): Value | undefined
  /** What `this` is in a lambda, where that is another than around it. */
  lambdaThis?(given: LambdaTarget, file: FileUnit): Value | undefined
  /** What a value of an outside function type gets as its parameter `order`. */
  functionGets?(type: Value, order: number): Value | undefined
  /** A function value, by what it gives. */
  lambdaOf?(result: Value): Value
  /** What calling a value gives: a pointer to a function, an object with a call operator. */
  resultOfValue?(value: Value, file: FileUnit): Value | undefined
  /** How well a value goes where one of another type is wanted, when one of them is an outside type: -5 to 3, 3 for the same type. */
  fits?(given: Value, wanted: Value): number | undefined
  /** What iterating over a value, or indexing it, gives; by default the last argument of its type. */
  elementOf?(value: Value, isIndexed: boolean): Value | undefined
  /** What a wrapper around a value gives: `await`, `deref`; by default the value itself. */
  pass?(wrapper: string, value: Value): Value | undefined
}

/** That one declaration implements or overrides another one. */
export interface Relation {
  readonly from: Decl
  readonly to: Decl
  readonly kind: 'implements' | 'overrides'
}

/** What an expression turned out to be. */
export type Value =
  /** A value of a type; `decl` is `null` for a type outside the repository, `name` is its name as written. */
  | { readonly kind: 'instance'; readonly decl: Decl | null; readonly name: string; readonly args: readonly Value[] }
  /** A type itself. */
  | { readonly kind: 'type'; readonly decl: Decl | null; readonly name: string; readonly args: readonly Value[] }
  | { readonly kind: 'function'; readonly decls: readonly Decl[]; readonly receiver: Value | undefined }
  | { readonly kind: 'namespace'; readonly path: string }
  /** Something outside the repository. */
  | { readonly kind: 'external' }

export const OUTSIDE: Value = { kind: 'external' }
