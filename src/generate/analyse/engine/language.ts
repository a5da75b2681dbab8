/** The interface of languages: grammar, query, how to read a file, and how names resolve across files. */

import type { EdgeOrigin, FileExport, SourceFile } from '#generate/model.ts'
import type { Decl, FileUnit } from './declarations.ts'
import type { DeclKind } from './facts.ts'
import type { Program } from './program.ts'
import type { ReadRules } from './read-rules.ts'
import type { Semantics } from './semantics.ts'

export interface LanguageSpec {
  /** The language, named as in `SourceFile.language`. */
  readonly language: string
  /** The npm package and file of its grammar: `tree-sitter-java/tree-sitter-java.wasm`. */
  readonly wasm: string
  /** SHA-256 of that file, hex. */
  readonly sha256: string
  /** The location of the query: `new URL('./query.scm', import.meta.url)`. */
  readonly query: URL
  readonly reading: ReadRules
  readonly linking: LinkRules
}

/** Rules of name resolution. */
export interface LinkRules {
  /** Languages of one family can refer to each other's names: `jvm`, `c`. */
  readonly family: string
  /** Members of the enclosing type are in scope by their bare names. */
  readonly hasImplicitThis: boolean
  /** A function and a variable of the same name do not hide each other; `members`: only variables in functions hide functions. */
  readonly hasSeparateCalls: boolean | 'members'
  /** `Thing(…)` instantiates `Thing`. */
  readonly callsMakeInstances: boolean
  /** Types with the same qualified name are parts of one type. */
  readonly hasPartialTypes: boolean
  /** `f` alone calls the function `f`; `x.f` without arguments reads a field or calls a method. */
  readonly bareNamesCall?: boolean
  /** Members may be defined at run time, so an undeclared name may still be a member. */
  readonly definesAtRunTime?: boolean
  /** Fields, such as `val`, override members of supertypes. */
  readonly fieldsOverride?: boolean
  /** Types and their values have separate members, distinguished by `Flag.static`. */
  readonly hasTypeMembers?: boolean
  /** Without a base class in the repository, `super` means an interface or trait with default methods. */
  readonly superReachesTraits?: boolean
  /** Inside its function, a variadic parameter is an array. */
  readonly restIsArray?: boolean
  /** `Linker.resultOf` also gets types outside the repository, by name: `BigDecimal.valueOf(1)`. */
  readonly knowsOutsideTypes?: boolean
  /** Ambiguous overloads in several files yield no edge. */
  readonly dropsAmbiguous?: boolean
  /**
   * Separates the names in an import path; `/` if the whole path is a module, named by its last segment. Without one,
   * imports bind no names.
   */
  readonly importSeparator?: string
  /** The kind of declarations that can be mixed into types. */
  readonly mixins?: DeclKind
  /** A `module` only groups names across many files: naming it is not a use. */
  readonly hasOpenModules?: boolean
  /** Whether extensions are called on values only: a bare name never means one through `this`. */
  readonly extensionsNeedReceiver?: boolean
  /** Nested types need a path, even inside their type. */
  readonly typesNeedPaths?: boolean
  /** Names so common outside the repository that being unique inside it proves nothing. */
  readonly commonNames: ReadonlySet<string>
  /** The package or namespace of top-level declarations in a file, joined by dots; '' for none. */
  packageOf(file: FileUnit, context: LinkContext): string
  /** The package of one declaration, for languages in which a file may contain several packages. */
  packageAround?(decl: Decl): string
  /** False for declarations that need no component, such as a prototype with a known definition. */
  isComponent?(decl: Decl, program: Program): boolean
  /** The member that is called when a type or value is called. */
  readonly applyName?: string
  /** Whether calling a type creates an instance, whatever its apply members: case classes of Scala. */
  makesByCall?(type: Decl, args: number): boolean
  /** The implicit name of a lambda's only parameter. */
  readonly implicitParameter?: string
  /** An alternative name of an annotation, tried first: `FooAttribute`. */
  annotationName?(name: string): string
  /** Whether a method can override one of the same name and arity in a supertype; true by default. */
  mayOverride?(decl: Decl, above: Decl, semantics: Semantics): boolean
  /** Whether a type that names an interface does not implement it: a method of its own hides one that it embeds. */
  cannotImplement?(type: Decl, contract: Decl, program: Program): boolean
  /**
   * The declarations of a name that a file can refer to: of functions defined once for each operating system, only
   * those for the file's system.
   *
   * @param use - A number of `Use`, where it is known.
   */
  variants?(decls: readonly Decl[], file: FileUnit, use?: number): readonly Decl[]
  /** A method overrides only one with the same parameter types. */
  readonly typesOverload?: boolean
  /** Types with the same name but different numbers of type arguments are different types. */
  readonly typesByArity?: boolean
  /** A call passes all type arguments of a generic function, or none. */
  readonly namesAllTypes?: boolean
  /** Type arguments are inferred from the arguments alone, and match exactly. */
  readonly infersFromArguments?: boolean
  /** The first parameter of an extension is the value that it is called on. */
  readonly declaresReceiver?: boolean
  /** A call that no method of the type accepts means an extension, or a function outside the type. */
  readonly extensionsOverload?: boolean
  /** A method of a supertype with other parameters than the type's own method of its name may be called as well. */
  readonly inheritsOverloads?: boolean
  /** An overriding method inherits default arguments, so they may be omitted in calls. */
  readonly inheritsDefaults?: boolean
  /** Outside the family's declarations, links depend only on the packages and imports of files. */
  readonly seesOnlyImports?: boolean
  /** Whether using a declaration counts as importing its file. */
  importsWhatItUses?(file: FileUnit, target: FileUnit): boolean
  /** The definition of a declaration. */
  definitionOf?(decl: Decl, program: Program): Decl
  /** The declaration whose documentation is preferred: the prototype. */
  documented?(decl: Decl, program: Program): Decl | undefined
  link(program: Program, semantics: Semantics, context: LinkContext): Linker
}

export interface LinkContext {
  /** Every path of the repository. */
  readonly paths: ReadonlySet<string>
  /** Every file of the inventory by path, such as build files and manifests. */
  readonly files: ReadonlyMap<string, SourceFile>
}

/** The kind of declaration that a name must refer to. */
export type NameUse = 'value' | 'call' | 'type'

/** How many arguments and explicit type arguments a call has. */
export interface CallShape {
  readonly args: number
  readonly types: number
}

/** The meaning of a name. */
export interface Resolution {
  /** The declarations; more than one for overloads and for parts of one type. */
  readonly decls: readonly Decl[]
  readonly origin: EdgeOrigin
  /** The value on which the name was found, as an instance of the declaring type. */
  readonly receiver?: Value
  /** The value on which the name was looked up, if a supertype declares it. */
  readonly on?: Value
  /** A package or namespace. */
  readonly namespace?: string
  /** Known to be outside the repository. */
  readonly isExternal?: boolean
  /** A value without a declaration: `it`. */
  readonly value?: Value
}

export const EXTERNAL: Resolution = { decls: [], origin: 'import', isExternal: true }

/** The target that a lambda is passed to. */
export interface LambdaTarget {
  /** The type of the parameter or variable. */
  readonly type?: Value
  /** A function outside the repository, and the index of the argument that is the lambda. */
  readonly outside?: {
    /** The receiver of the call. */
    readonly receiver: Value | undefined
    readonly name: string
    readonly index: number
    /** Its first argument. */
    readonly first: Value | undefined
  }
}

/** Resolves names that a file itself does not declare. Created once for a program. */
export interface Linker {
  /** The meaning of a bare name that no scope binds: imports, package, wildcards, predefined names. */
  lookUp(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined
  /** The nearest matching type of a name, in languages that distinguish types of one name. */
  lookUpType?(file: FileUnit, name: string, scope: number, fits: (decl: Decl) => boolean): Resolution | undefined
  /** The meaning of a name by the imports of one scope; `null` when enclosing scopes are not visible. */
  lookUpIn?(file: FileUnit, scope: number, name: string, wanted: NameUse): Resolution | null | undefined
  /** Paths of the files that a file imports. */
  importedFiles(file: FileUnit): Iterable<string>
  /** The exports of a file; by default its public declarations, by qualified name. */
  exportsOf?(file: FileUnit): Iterable<FileExport>
  /** Relations without a name in the file: interfaces implemented by having their methods. */
  relationsOf?(file: FileUnit): Iterable<Relation>
  /** Those of the declarations of one qualified name that are visible to a file. */
  visibleFrom?(decls: readonly Decl[], file: FileUnit): readonly Decl[]
  /** The declaration that a file means, for a type that is declared once for each operating system. */
  variantFor?(decl: Decl, file: FileUnit): Decl
  /** The members of a type that are visible to a file: not everything attached from outside is. */
  membersVisibleFrom?(decls: readonly Decl[], file: FileUnit): readonly Decl[]
  /** Whether a call may refer to a function; the arguments are expressions in `file`. */
  isCandidate?(decl: Decl, file: FileUnit, args: readonly number[]): boolean
  /** The functions that a call can mean by its form, such as after `await`; all numbers are expressions in `file`. */
  calledAs?(decls: readonly Decl[], file: FileUnit, call: number, args: readonly number[]): readonly Decl[]
  /** A member that neither the type nor its supertypes declare: extension functions, members of outside types. */
  memberOf?(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined
  /** Whether no declaration of the repository can be a member of this name in a file, with any receiver. */
  isOutOfScope?(name: string, file: FileUnit): boolean
  /**
   * The value of a variable, or the result of a function, from doc comments or conventions, when its declared type is
   * not in the repository. Takes precedence over the initial value.
   */
  impliedValue?(decl: Decl): Value | undefined
  /** Whether a method returns a value of the type that it is called on, such as a subclass. */
  returnsReceiver?(decl: Decl): boolean
  /**
   * The result of calling a member of an outside type: `unwrap` of `Option<T>`.
   *
   * @param given - The result of the function among the arguments.
   */
  resultOf?(receiver: Value, name: string, file: FileUnit, given: () => Value | undefined): Value | undefined
  /** The result of calling an outside function by its name. */
  resultOfFunction?(name: string, file: FileUnit): Value | undefined
  /** Parameter `order` of a function that is argument `index` of a member of an outside type. */
  lambdaParameter?(receiver: Value, name: string, index: number, order: number, file: FileUnit): Value | undefined
  /** The value of `this` in a lambda, if it differs from the surrounding one. */
  lambdaThis?(given: LambdaTarget, file: FileUnit): Value | undefined
  /** Parameter `order` of a function type outside the repository. */
  functionParameter?(type: Value, order: number): Value | undefined
  /** A function value with this result. */
  lambdaOf?(result: Value): Value
  /** The result of calling a value: a function pointer, an object with a call operator. */
  resultOfValue?(value: Value, file: FileUnit): Value | undefined
  /** Scores how well a value matches another type if one of them is an outside type: -5 to 3, 3 for the same type. */
  conversionScore?(given: Value, wanted: Value): number | undefined
  /** An element of a value when iterated or indexed; by default its last type argument. */
  elementOf?(value: Value, isIndexed: boolean): Value | undefined
  /** The value inside a wrapper: `await`, `deref`; by default the value itself. */
  pass?(wrapper: string, value: Value): Value | undefined
}

/** States that one declaration implements or overrides another. */
export interface Relation {
  readonly from: Decl
  readonly to: Decl
  readonly kind: 'implements' | 'overrides'
}

/** The value of an expression. */
export type Value =
  /** A value of a type; `decl` is `null` for a type outside the repository, `name` is its name as written. */
  | { readonly kind: 'instance'; readonly decl: Decl | null; readonly name: string; readonly args: readonly Value[] }
  /** A type itself. */
  | { readonly kind: 'type'; readonly decl: Decl | null; readonly name: string; readonly args: readonly Value[] }
  | {
      readonly kind: 'function'
      readonly decls: readonly Decl[]
      readonly receiver: Value | undefined
      /** See `Resolution`. */
      readonly on?: Value | undefined
    }
  | { readonly kind: 'namespace'; readonly path: string }
  /** Something outside the repository. */
  | { readonly kind: 'external' }

export const OUTSIDE: Value = { kind: 'external' }
