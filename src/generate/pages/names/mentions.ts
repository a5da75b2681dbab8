/**
 * Resolves names in prose to components: only names in scope at the position of the prose, and complete names. No link is better
 * than a wrong one.
 */

import { push } from '#base/multimap.ts'
import { type Analysis, type Component, compareText } from '#generate/model.ts'
import { isOfLanguage } from '#generate/pages/public-api/reopened-classes.ts'
import { isCode, isConfident, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isOuter, TYPES } from '#generate/pages/tops.ts'
import { isParameter, type Name, readName, takes } from './named.ts'
import { Origins } from './origins.ts'

/** Languages in which declarations of the same folder or package are in scope without an import. */
const PACKAGED = new Set(['csharp', 'go', 'groovy', 'java', 'kotlin', 'php', 'scala', 'swift'])
/** Languages that share scopes, mapped to one of them. */
const KIN: Readonly<Record<string, string>> = { groovy: 'java', kotlin: 'java', scala: 'java' }
/** Names of constructors, whose parameters count as those of the type. */
const MAKERS = new Set(['__init__', 'constructor', 'initialize', 'new'])

/** Maximum number of types searched for an inherited member. */
const MAX_BASES = 40

type Names = Map<string, Component[]>

export class Mentions {
  readonly #repo: RepoIndex
  readonly #origins: Origins
  /** Targets of a file's edges, by file: components and files. */
  readonly #targets = new Map<string, Set<string>>()
  readonly #scopes = new Map<string, Names>()
  readonly #members = new Map<string, Names>()
  /** Top-level declarations of the files of one language in a folder. */
  readonly #folders = new Map<string, Names>()
  /** All components by qualified name. */
  readonly #everywhere: Names = new Map()

  constructor(repo: RepoIndex, analysis: Analysis) {
    this.#repo = repo
    this.#origins = new Origins(repo)
    for (const edge of analysis.edges) {
      if (!isConfident(edge)) continue
      const file = repo.components.get(edge.from)?.file ?? edge.from
      const found = this.#targets.get(file)
      if (found === undefined) this.#targets.set(file, new Set([edge.to]))
      else found.add(edge.to)
    }
    for (const component of analysis.components)
      if (isCode(repo.files.get(component.file))) push(this.#everywhere, component.qualifiedName, component)
  }

  /**
   * The id of the definition that a text names, or `null`. A bare name is a member of the documented definition or of one that
   * encloses it, a definition of the file, one that the file uses, or one of its package; the first part of a longer name is one
   * of these, or only one definition has the whole name. Parameters of the documented definition are not mentions, nor are names
   * that the file imports from outside the repository.
   *
   * @param self - The documented component, which may be a member.
   * @param isReference - Whether the text is marked as a reference to a symbol, which may have a package before the name.
   */
  resolve(text: string, file: string, self: string | undefined, isReference = false): string | null {
    const name = readName(text)
    if (name === null) return null
    const about = self === undefined ? undefined : this.#repo.components.get(self)
    if (!isReference && this.#isParameter(name.parts[0] ?? '', about)) return null
    const named = this.#find(name, file, about, isReference, text.startsWith('.'))
    const all = /[\w$]#/.test(text) ? named?.filter(isOfInstances) : named
    const found = this.#isFunctionCall(name, file) ? all?.filter(({ kind }) => kind !== 'method') : all
    const one = found === undefined ? undefined : choose(found, name, isReference)
    // The repository only adds methods to it.
    if (one === undefined || isOfLanguage(one)) return null
    return isOfRuby(name, one) && !isAround(one, about) ? null : one.id
  }

  /** Whether it is a PHP call such as `max($a, $b)`, which cannot be of a method. `max()` without arguments may mean a method. */
  #isFunctionCall({ parts, args }: Name, file: string): boolean {
    return this.#languageOf(file) === 'php' && parts.length === 1 && args !== null && args.length > 0
  }

  #find(
    name: Name,
    file: string,
    about: Component | undefined,
    isReference: boolean,
    isEnd: boolean,
  ): Component[] | undefined {
    const [first = '', ...rest] = name.parts
    const isDeclared = this.#repo.tops.get(file)?.some((one) => one.name === first) === true
    const origin = isEnd || isDeclared ? 'inside' : this.#origins.of(first, file)
    if (origin === 'outside') return rest.length > 0 ? undefined : this.#ofOwners(first, about, name.args !== null)
    return this.#inScope(name, file, about) ?? this.#whole(name, file, isReference, origin === 'inside')
  }

  #isParameter(word: string, about: Component | undefined): boolean {
    if (about === undefined) return false
    const language = this.#languageOf(about.file)
    if (isParameter(word, about, language)) return true
    // `type(s)...` is documented as a part of a rest parameter.
    if (about.details?.parameters?.some(({ name }) => /^[\w$]{1,80}/.exec(name)?.[0] === word) === true) return true
    const members = this.#membersOf(about.id)
    const makers = [...MAKERS, about.name].flatMap((name) => members.get(name) ?? [])
    return makers.some((one) => isParameter(word, one, language))
  }

  /** Resolves the first part in scope, then members. */
  #inScope({ parts, args }: Name, file: string, about: Component | undefined): Component[] | undefined {
    const [first = '', ...rest] = parts
    const nearest = this.#nearest(first, file, about, args !== null)
    return nearest === undefined ? undefined : this.#below(nearest, rest)
  }

  #below(all: Component[], parts: readonly string[]): Component[] | undefined {
    let found = all
    for (const part of parts) {
      const inside = found.flatMap((one) => this.#member(one, part) ?? [])
      if (inside.length === 0) return undefined
      found = inside
    }
    return found
  }

  /** Members with this name: own ones, else inherited ones. */
  #member(owner: Component, name: string): Component[] | undefined {
    const seen = new Set([owner.id])
    for (const id of seen) {
      // A constructor with the name of its type is not inherited.
      const isMaker = id !== owner.id && this.#repo.components.get(id)?.name === name
      const found = isMaker ? undefined : this.#membersOf(id).get(name)
      if (found !== undefined) return found
      for (const base of this.#repo.bases.get(id) ?? []) if (seen.size < MAX_BASES) seen.add(base)
    }
    return undefined
  }

  #nearest(name: string, file: string, about: Component | undefined, isCalled: boolean): Component[] | undefined {
    return this.#ofOwners(name, about, isCalled) ?? this.#scopeOf(file).get(name) ?? this.#packageOf(file).get(name)
  }

  /** The subject of the text, its owners, and their members. */
  #ofOwners(name: string, about: Component | undefined, isCalled: boolean): Component[] | undefined {
    for (let owner = about; owner !== undefined; owner = this.#parentOf(owner)) {
      // The type, not its constructor of the same name.
      if (owner.name === name && TYPES.has(owner.kind) && !isCalled) return [owner]
      const member = this.#member(owner, name)
      if (member !== undefined) return member
    }
    return undefined
  }

  /**
   * Resolves a name of multiple parts as a whole: a type and its member, or a qualified name. Parts before that are folders or
   * files on its path.
   *
   * @param isLoose - Whether the first part need not be a top-level module, because the name is known to be from the repository.
   */
  #whole({ parts }: Name, file: string, isReference: boolean, isLoose: boolean): Component[] | undefined {
    const language = this.#kinOf(file)
    for (let from = 0; from < parts.length; from++) {
      for (let to = parts.length; to > from; to--) {
        const isBare = parts.length - from === 1
        if (isBare && (!isReference || (from === 0 && !/^\p{Lu}/u.test(parts[0] ?? '')))) return undefined
        const rest = parts.slice(to)
        const all = (this.#everywhere.get(parts.slice(from, to).join('.')) ?? []).filter(
          (one) =>
            (rest.length === 0 || TYPES.has(one.kind)) &&
            this.#kinOf(one.file) === language &&
            this.#isBehind(parts.slice(0, from), one.file, language, isLoose || !isBare),
        )
        const isOne = all.every((one) => one.file === all[0]?.file && one.qualifiedName === all[0]?.qualifiedName)
        const found = all.length === 0 || !isOne ? undefined : this.#below(all, rest)
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  /** Whether the parts before a name are packages or modules that contain it. */
  #isBehind(parts: readonly string[], path: string, language: string, isLoose: boolean): boolean {
    // In Java a package is a folder whose path ends with its whole name.
    if (language === 'java') return `/${path}`.slice(0, path.lastIndexOf('/') + 1).endsWith(['', ...parts].join('/'))
    // In Python, a name begins at a top-level module: `json.loads` is not `flask.json.loads`. `a.B.c` is distinctive enough.
    if (language === 'python' && !isLoose && parts.length === 1 && !isFromTopLevel(parts, path, this.#repo))
      return false
    return isOnPath(parts, path)
  }

  #parentOf({ parent }: Component): Component | undefined {
    return parent === null ? undefined : this.#repo.components.get(parent)
  }

  #languageOf(file: string): string {
    return this.#repo.files.get(file)?.language ?? ''
  }

  #kinOf(file: string): string {
    const language = this.#languageOf(file)
    return KIN[language] ?? language.replace(/^(?:typescript|tsx|jsx|vue|svelte)$/, 'javascript').replace('cpp', 'c')
  }

  #membersOf(id: string): Names {
    return made(this.#members, id, () => namesOf(this.#repo.members.get(id) ?? []))
  }

  /** The top-level declarations of a file, and after them what the file uses. */
  #scopeOf(file: string): Names {
    return made(this.#scopes, file, () => {
      const { tops, components } = this.#repo
      const used = [...(this.#targets.get(file) ?? [])].sort(compareText).flatMap((id) => components.get(id) ?? [])
      const names = namesOf(used.filter((one) => isOuter(this.#repo, one)))
      for (const [name, all] of namesOf(tops.get(file) ?? [])) names.set(name, all)
      return names
    })
  }

  #packageOf(file: string): Names {
    const language = this.#languageOf(file)
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')))
    return made(this.#folders, PACKAGED.has(language) ? `${language} ${folder}` : '', () => {
      const { folders, tops } = this.#repo
      const beside = PACKAGED.has(language) ? (folders.get(folder) ?? []) : []
      return namesOf(
        beside.flatMap((one) => (one.language === language && isCode(one) ? (tops.get(one.path) ?? []) : [])),
      )
    })
  }
}

/** The only candidate; among overloads, the one with the stated parameters or, for a reference, the first. */
function choose(all: readonly Component[], name: Name, isReference: boolean): Component | undefined {
  const [first] = all
  // `str = str` at the top of a file is an alias of something elsewhere.
  if (first?.parent === null && first.signature === `${first.name} = ${first.name}`) return undefined
  // `get type()` of an exported object is not meant by `type` alone.
  if (first?.parent === null && !isReference && /^[gs]et /.test(first.signature)) return undefined
  if (all.length < 2 || first === undefined) return first
  const taking = name.args === null ? [] : all.filter((one) => takes(one, name.args ?? []))
  if (taking.length === 1) return taking[0]
  const isFamily = all.every(({ file, qualifiedName }) => file === first.file && qualifiedName === first.qualifiedName)
  return isFamily && (isReference || first.label === undefined) ? first : undefined
}

/** Whether a bare name is that of a class of Ruby, or a type that only its comments know. */
const isOfRuby = ({ parts: [name = '', ...others] }: Name, { file }: Component): boolean =>
  others.length === 0 && (name === 'Boolean' || isOfLanguage({ file, qualifiedName: name })) && file.endsWith('.rb')

/** Whether a module around a component, which need not be a component itself, declares the other one: Ruby finds it there. */
function isAround({ qualifiedName }: Component, about: Component | undefined): boolean {
  const outer = qualifiedName.slice(0, Math.max(0, qualifiedName.lastIndexOf('.')))
  return outer !== '' && about !== undefined && `${about.qualifiedName}.`.startsWith(`${outer}.`)
}

/** Whether `Router#match` may mean it; in Java that is also the notation of static methods. */
function isOfInstances({ kind, signature, file }: Component): boolean {
  return (
    file.endsWith('.java') ||
    (!(kind === 'function' && !file.endsWith('.rb')) && !/^(?:static|def self\.)/.test(signature))
  )
}

/** Whether every part is a folder of the path, the name of its file, or a part of a name with dots. */
function isOnPath(parts: readonly string[], path: string): boolean {
  const folders = new Set(path.split(/[/.]/))
  return parts.every((part) => folders.has(part) || part === 'crate')
}

/** Whether a dotted Python name matches this file's path from a top-level package on, or a prefix of it. */
function isFromTopLevel(name: readonly string[], file: string, { files }: RepoIndex): boolean {
  const pathParts = file.replace(/\.\w+$/, '').split('/')
  return pathParts.some((_, at) => {
    const isMatch = name.every((part, index) => pathParts[at + index] === part)
    return isMatch && !files.has([...pathParts.slice(0, at), '__init__.py'].join('/'))
  })
}

function namesOf(components: readonly Component[]): Names {
  const names: Names = new Map()
  for (const component of components) push(names, component.name, component)
  return names
}

function made(all: Map<string, Names>, key: string, make: () => Names): Names {
  const known = all.get(key)
  if (known !== undefined) return known
  const names = make()
  all.set(key, names)
  return names
}
