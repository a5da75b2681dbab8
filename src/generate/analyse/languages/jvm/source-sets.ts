/**
 * Source sets of Kotlin Multiplatform: `src/jvmMain`, `src/appleTest`. A type or function may be declared once with
 * `expect` and once with `actual` in each of several sets. Which of them a file sees follows from the names of the
 * sets, by the hierarchy in https://kotlinlang.org/docs/multiplatform-hierarchy.html. Build files are not read.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { Program } from '#generate/analyse/engine/program.ts'

interface SourceSet {
  /** The parent folder of `src`. */
  readonly module: string
  /** `jvm` for `jvmMain` and `jvmTest`; `main` for `main` and `test`. */
  readonly stem: string
  readonly isTest: boolean
  /** Whether the name follows the multiplatform scheme. */
  readonly isOfPlatform: boolean
}

/** The sets that a set depends on directly, judging by names; all depend on `common`. */
const PARENTS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    common: '',
    main: 'jvm',
    jvm: 'main',
    android: 'jvm',
    desktop: 'jvm',
    js: 'web',
    wasmJs: 'wasm web',
    wasmWasi: 'wasm',
    wasm: '',
    web: '',
    ios: 'apple',
    macos: 'apple',
    tvos: 'apple',
    watchos: 'apple',
    apple: 'darwin',
    darwin: 'unix',
    linux: 'unix',
    unix: 'posix',
    mingw: 'posix',
    posix: 'native',
    androidNative: 'native',
    native: '',
  }).map(([stem, parents]) => [stem, parents.split(' ').filter((one) => one !== '')]),
)

/** A rank says how directly one set sees another; lower is better. `UNKNOWN`: the names do not show whether it does. */
const UNKNOWN = 1_000
const UNSEEN = 2_000

const NAMED = /^(?:(.*)\/)?src\/([^/]*(?:[mM]ain|[tT]est))\//
const ANY = /^(?:(.*?)\/)?src\/([^/]+)\//
/** A source set in a repository that leaves out `src`. */
const BARE = /^(?:(.*?)\/)?([a-z][^/]*(?:Main|Test))\//

export class SourceSets {
  readonly #sets = new WeakMap<FileUnit, SourceSet>()
  /** Modules with multiplatform source sets. */
  readonly #modules = new Set<string>()
  readonly #chains = new Map<string, readonly string[]>()

  constructor(program: Program) {
    for (const file of program.files.values()) {
      if (file.spec.language !== 'kotlin') continue
      const set = this.of(file)
      if (set.isOfPlatform) this.#modules.add(set.module)
    }
  }

  /**
   * The declarations with one full name that the file sees, the best first; all of them if nothing distinguishes
   * them.
   */
  seenBy(file: FileUnit, decls: readonly Decl[]): readonly Decl[] {
    if (this.#modules.size === 0 || decls.length < 2) return decls
    if (!decls.some((decl) => this.#modules.has(this.of(decl.file).module))) return decls
    const from = this.of(file)
    const ranks = new Map(decls.map((decl) => [decl, this.#rank(from, file, this.of(decl.file))]))
    const rankOf = (decl: Decl): number => ranks.get(decl) ?? UNSEEN
    const limit = [UNKNOWN, UNSEEN].find((most) => decls.some((decl) => rankOf(decl) < most))
    const seen = limit === undefined ? decls : decls.filter((decl) => rankOf(decl) < limit)
    const isElsewhere = (decl: Decl): number => Number(this.of(decl.file).module !== from.module)
    return [...seen].sort((a, b) => isElsewhere(a) - isElsewhere(b) || rankOf(a) - rankOf(b))
  }

  /** Whether a file may see a declaration: false only if the names of both sets rule it out. */
  maySee(file: FileUnit, decl: Decl): boolean {
    if (decl.file === file || !this.#modules.has(this.of(decl.file).module)) return true
    return this.#rank(this.of(file), file, this.of(decl.file)) < UNSEEN
  }

  /** The results of `seenBy` that are as good as the first: in the same module and set. */
  best(seen: readonly Decl[]): readonly Decl[] {
    const [first] = seen
    if (first === undefined || !this.#modules.has(this.of(first.file).module)) return seen
    const { module, stem, isTest } = this.of(first.file)
    return seen.filter((decl) => {
      const set = this.of(decl.file)
      return set.module === module && set.stem === stem && set.isTest === isTest
    })
  }

  /** Whether two declarations with one full name can be halves of one: in one module, in two platform source sets. */
  areHalves(a: Decl, b: Decl): boolean {
    const [one, other] = [this.of(a.file), this.of(b.file)]
    const isOneSet = one.stem === other.stem && one.isTest === other.isTest
    return one.module === other.module && !isOneSet && this.#modules.has(one.module)
  }

  of(file: FileUnit): SourceSet {
    const known = this.#sets.get(file)
    if (known !== undefined) return known
    const set = setOf(file.path)
    this.#sets.set(file, set)
    return set
  }

  #rank(from: SourceSet, file: FileUnit, to: SourceSet): number {
    if (to.isTest && !from.isTest) return UNSEEN
    const isOfJvm = file.spec.language !== 'kotlin' || !this.#modules.has(from.module)
    const chain = this.#chainOf(from.stem, isOfJvm)
    const at = chain.indexOf(to.stem)
    if (at >= 0) return 2 * at + Number(!to.isTest)
    const seen = includes(to.stem, chain)
    // A set shared by several platforms ranks just before the set shared by all.
    return seen === undefined ? UNKNOWN : seen ? 2 * (chain.length - 1) - 1 : UNSEEN
  }

  #chainOf(stem: string, isOfJvm: boolean): readonly string[] {
    const key = `${stem} ${isOfJvm}`
    const known = this.#chains.get(key)
    if (known !== undefined) return known
    const chain = chainOf(stem, isOfJvm)
    this.#chains.set(key, chain)
    return chain
  }
}

function setOf(path: string): SourceSet {
  const [, module = '', name = ''] = NAMED.exec(path) ?? ANY.exec(path) ?? BARE.exec(path) ?? []
  if (name === 'main' || name === 'test') return { module, stem: 'main', isTest: name === 'test', isOfPlatform: false }
  const words = /^(.+)(Main|Test)$/.exec(name)
  const stem = words?.[1] ?? name
  return { module, stem, isTest: words?.[2] === 'Test', isOfPlatform: words?.[2] === 'Main' || stem === 'common' }
}

/** The source sets that a set sees, itself first. */
function chainOf(stem: string, isOfJvm: boolean): readonly string[] {
  const family = familyOf(stem)
  const chain = new Set([stem, family ?? (isOfJvm ? 'jvm' : 'common')])
  for (const one of chain) for (const parent of PARENTS.get(one) ?? []) chain.add(parent)
  chain.delete('common')
  return [...chain, 'common']
}

/** The platform family: `ios` for `iosArm64`, `android` for `androidUnit`. */
function familyOf(stem: string): string | undefined {
  if (PARENTS.has(stem)) return stem
  const words = stem.split(/(?=[A-Z])/)
  if (words.some((word) => word === 'And' || word === 'Common' || word === 'Shared')) return undefined
  for (let count = words.length - 1; count > 0; count--) {
    const family = words.slice(0, count).join('')
    if (family !== 'main' && family !== 'common' && PARENTS.has(family)) return family
  }
  return undefined
}

/**
 * Whether a shared set includes the platform of a chain: `nonApple`, `jsAndNative`; `undefined` if the name does not
 * show it.
 */
function includes(stem: string, chain: readonly string[]): boolean | undefined {
  const [own = ''] = chain
  if (own === 'common') return false
  const excluded = /^non([A-Z]\w*)$/.exec(stem)?.[1]
  if (excluded !== undefined) {
    const name = excluded[0]?.toLowerCase() + excluded.slice(1)
    if (familyOf(own) === undefined) return undefined
    return !chain.includes(name) && !chainOf(name, false).includes(own)
  }
  if (familyOf(stem) !== undefined) return false
  const parts = stem.split(/And(?=[A-Z])/).map((part) => part[0]?.toLowerCase() + part.slice(1))
  return parts.length > 1 && parts.some((part) => chain.includes(part)) ? true : undefined
}
