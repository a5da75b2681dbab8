/** The basis for checking claims: the names, files, lines and relations of the repository. */

import { distanceOf } from '#base/distance.ts'
import { push } from '#base/multimap.ts'
import {
  type Analysis,
  type Component,
  type Edge,
  type FileRole,
  type Inventory,
  type Module,
  modulesOf,
  type SourceFile,
} from '#generate/model.ts'
import { isWithin } from '#generate/within-component.ts'
import { maskSecrets } from './client/mask.ts'
import { bareName, hasWord } from './code-names.ts'
import { LineCache } from './line-cache.ts'

/** The meaning of a name: a component, file or module (`refersTo`), another word that occurs in the code, or nothing. */
export type Meaning =
  | { kind: 'thing'; refersTo: string; name: string }
  | { kind: 'word' }
  | { kind: 'repaired'; refersTo: string; name: string }
  | { kind: 'unknown' }

/** Limit per page on the characters searched for words. */
const MAX_SEARCHED = 500_000_000
/** Limit per page on the names corrected. */
const MAX_REPAIRS = 8
/** Limit on the characters of a text that is searched for verbatim. */
const MAX_IN_CODE = 200
const MAX_CANDIDATES = 20_000
const WORD = /[\p{L}_$][\p{L}\p{N}_$-]*/gu

export class GroundTruth {
  readonly components: ReadonlyMap<string, Component>
  readonly files: ReadonlyMap<string, SourceFile>
  /** Components keyed by path; files without components are missing. */
  readonly componentsIn: ReadonlyMap<string, readonly Component[]>
  readonly modules = new Map<string, Module>()
  /** Edges without guessed ones, keyed by the file of their source. */
  readonly edgesOf: ReadonlyMap<string, readonly Edge[]>
  readonly #byName = new Map<string, Component[]>()
  readonly #byPathEnd = new Map<string, string[]>()
  readonly #moduleByName = new Map<string, Module[]>()
  readonly #lines = new LineCache()
  readonly #shown = new LineCache()
  readonly #found = new Map<string, boolean>()
  readonly #efforts = new WeakMap<ReadonlySet<string>, { searched: number; repairs: number }>()
  readonly #chars: number

  constructor(inventory: Inventory, analysis: Analysis) {
    this.components = new Map(analysis.components.map((component) => [component.id, component]))
    this.files = new Map(inventory.files.map((file) => [file.path, file]))
    this.#chars = inventory.files.reduce((sum, { text }) => sum + (text?.length ?? 0), 0)
    const inside = new Map<string, Component[]>()
    for (const component of analysis.components) push(inside, component.file, component)
    this.componentsIn = inside
    const from = new Map<string, Edge[]>()
    for (const edge of analysis.edges) {
      if (edge.origin === 'unique-name') continue
      push(from, this.fileOf(edge.from), edge)
    }
    this.edgesOf = from
    for (const component of analysis.components) {
      const { name, qualifiedName, label } = component
      const parts = qualifiedName.split('.')
      const names = new Set([name, qualifiedName, parts.slice(-2).join('.'), ...(label === undefined ? [] : [label])])
      for (const each of names) push(this.#byName, each, component)
    }
    for (const path of this.files.keys()) {
      const parts = path.split('/')
      for (let at = 1; at < parts.length; at++) push(this.#byPathEnd, parts.slice(at).join('/'), path)
    }
  }

  /** Add the modules, which may be known later than the code. Call it once, before claims are checked. */
  addModules(root: Module): this {
    for (const module of modulesOf(root)) {
      this.modules.set(module.id, module)
      if (module === root) continue
      for (const each of new Set([module.id, module.title, module.path])) push(this.#moduleByName, each, module)
    }
    return this
  }

  /** The file of a component; a path is returned as it is. */
  fileOf(id: string): string {
    return this.components.get(id)?.file ?? id
  }

  /** `[]` for a missing or unread file. */
  linesOf(path: string): readonly string[] {
    return this.#lines.linesOf(path, () => this.files.get(path)?.text?.split(/\r?\n/) ?? [])
  }

  /**
   * The lines with secrets masked, in the form that may leave the machine. Masked before splitting, since keys may span lines.
   */
  shownLinesOf(path: string): readonly string[] {
    return this.#shown.linesOf(path, () => maskSecrets(this.linesOf(path).join('\n')).split('\n'))
  }

  /**
   * The meaning of a name in code style.
   *
   * @param near - Paths of the files that the text is about; they decide between components of the same name. Searches
   *   are limited for each such set, so that a result does not depend on other pages.
   */
  meaningOf(written: string, near: ReadonlySet<string>): Meaning {
    const name = bareName(written)
    if (name === '') return { kind: 'unknown' }
    const thing = this.#thing(name, near)
    const isRestKnown = this.#isRestKnown(written, near)
    // Arguments with words that do not occur in the code are dropped.
    if (thing !== undefined)
      return { kind: isRestKnown ? 'thing' : 'repaired', refersTo: thing, name: isRestKnown ? name : `${name}()` }
    if (isRestKnown && (this.#byName.has(name) || this.#byPathEnd.has(name))) return { kind: 'word' }
    if (this.#areWords(written, near)) return { kind: 'word' }
    const meant = /^[\w$]+(?:[.:/][\w$.:/-]+)?$/.test(name) ? this.#nearest(name, near) : undefined
    return meant ?? { kind: 'unknown' }
  }

  /**
   * Whether one end uses the other. A component includes its members; a file or a module includes all of its code, and
   * its edges within one file do not count.
   */
  isEdge(from: string, to: string): boolean {
    const [sources, targets] = [this.filesOf(from), this.filesOf(to)]
    const wanted = new Set(targets)
    return (sources ?? [this.fileOf(from)]).some((file) =>
      (this.edgesOf.get(file) ?? []).some((edge) => {
        if (sources === undefined && !isWithin(this.components, edge.from, from)) return false
        if (targets === undefined && !isWithin(this.components, edge.to, to)) return false
        const target = this.fileOf(edge.to)
        if (targets !== undefined && !wanted.has(target)) return false
        return target !== file || (sources === undefined && targets === undefined)
      }),
    )
  }

  /** The files of a file or a module; `undefined` for a component. */
  filesOf(id: string): readonly string[] | undefined {
    if (this.files.has(id)) return [id]
    const module = this.modules.get(id)
    return module === undefined ? undefined : modulesOf(module).flatMap(({ files }) => files)
  }

  #thing(name: string, near: ReadonlySet<string>): string | undefined {
    const found = this.#byName.get(name) ?? []
    const here = found.filter(({ file }) => near.has(file))
    const only = here.length > 0 ? here : found
    if (only.length === 1) return only[0]?.id
    // The first of multiple declarations, definitions and overloads with the same file and name represents all.
    const [first] = only
    if (
      first !== undefined &&
      only.every((one) => one.file === first.file && one.qualifiedName === first.qualifiedName)
    )
      return first.id
    if (found.length > 0) return undefined
    if (this.files.has(name)) return name
    const paths = this.#byPathEnd.get(name) ?? []
    if (paths.length === 1) return paths[0]
    const modules = this.#moduleByName.get(name.replace(/\/$/, '')) ?? []
    return modules.length === 1 ? modules[0]?.id : undefined
  }

  /** Whether the part that `bareName` removes after the name consists of words of the code. */
  #isRestKnown(written: string, near: ReadonlySet<string>): boolean {
    const words = /[(<].*$/s.exec(written)?.[0].slice(0, 200).match(WORD) ?? []
    return words.length <= 12 && words.every((word) => this.#byName.has(word) || this.#occurs(word, near))
  }

  /** Whether every word of a text occurs in the near files or, within the search limit, in any file. */
  #areWords(written: string, near: ReadonlySet<string>): boolean {
    if (written.length > 200) return false
    if (this.#occurs(written, near)) return true
    const words = written.match(WORD) ?? []
    return words.length > 1 && words.length <= 12 && words.every((word) => this.#occurs(word, near))
  }

  /** Whether a bare name is that of at least one component or file. */
  isName(name: string): boolean {
    return this.#byName.has(name) || this.files.has(name) || this.#byPathEnd.has(name)
  }

  /** Whether a file contains this word as written, in lower case or capitalised. */
  isWritten(word: string, near: ReadonlySet<string>): boolean {
    const lower = word.toLowerCase()
    const forms = new Set([word, lower, `${lower.charAt(0).toUpperCase()}${lower.slice(1)}`])
    return [...forms].some((form) => this.#byName.has(form) || this.#occurs(form, near))
  }

  /** Whether a code file contains this text verbatim. */
  isInCode(text: string, near: ReadonlySet<string>): boolean {
    return text.length <= MAX_IN_CODE && this.#isInAny(text, near, 'code')
  }

  #occurs(text: string, near: ReadonlySet<string>): boolean {
    const effort = this.#effortFor(near)
    for (const path of near) {
      const inside = this.files.get(path)?.text ?? ''
      if (effort.searched > MAX_SEARCHED) return false
      effort.searched += inside.length
      if (hasWord(inside, text)) return true
    }
    // All files were searched.
    return near.size < this.files.size && this.#isInAny(text, near)
  }

  /**
   * Whether any file, or any of this role, contains a text. Results are cached; cached searches count towards the limit
   * too, so that results do not depend on the order of pages.
   */
  #isInAny(text: string, near: ReadonlySet<string>, role?: FileRole): boolean {
    const effort = this.#effortFor(near)
    if (effort.searched > MAX_SEARCHED) return false
    effort.searched += this.#chars
    const key = `${role ?? ''}\0${text}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const isThere = [...this.files.values()].some(
      (file) => (role === undefined || file.role === role) && file.text !== null && hasWord(file.text, text),
    )
    this.#found.set(key, isThere)
    return isThere
  }

  #effortFor(near: ReadonlySet<string>): { searched: number; repairs: number } {
    const effort = this.#efforts.get(near) ?? { searched: 0, repairs: 0 }
    this.#efforts.set(near, effort)
    return effort
  }

  /** The only name that differs by one letter, or by two if it is long. */
  #nearest(name: string, near: ReadonlySet<string>): Meaning | undefined {
    if (name.length < 4 || name.length > 100 || this.#effortFor(near).repairs++ >= MAX_REPAIRS) return undefined
    const reach = name.length >= 8 ? 2 : 1
    const found = new Map<string, string>()
    let looked = 0
    for (const [candidate, components] of this.#byName) {
      if (Math.abs(candidate.length - name.length) > reach || looked > MAX_CANDIDATES) continue
      looked += 1
      const isSame = candidate.toLowerCase() === name.toLowerCase()
      if (!isSame && distanceOf(candidate, name) > reach) continue
      const thing = this.#thing(candidate, near)
      if (thing !== undefined) found.set(candidate, thing)
      else if (components.length > 0) return undefined
    }
    const meant = new Set(found.values())
    const [only] = found
    return only !== undefined && meant.size === 1 ? { kind: 'repaired', refersTo: only[1], name: only[0] } : undefined
  }
}
