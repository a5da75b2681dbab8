/**
 * Resolves PHP names through `use`, then the namespace and, for functions and constants, the global namespace. Classes
 * are found by their full names in any file, as an autoloader does.
 *
 * A file imports another by `use` of a declaration in it, and by `include` of a path that is a literal.
 */

import { type Decl, type FileUnit, MAX_OF_ONE_NAME } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import {
  EXTERNAL,
  type LinkContext,
  type Linker,
  type LinkRules,
  type NameUse,
  type Resolution,
  type Value,
} from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { MixinUsers } from '#generate/analyse/languages/mixin-users.ts'
import { nearest } from '#generate/analyse/languages/nearest.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { commonNames } from './common-names.ts'
import { valueOfDocType } from './doc-type.ts'

export const phpLinking: LinkRules = {
  family: 'php',
  importSeparator: '\\',
  hasImplicitThis: false,
  hasSeparateCalls: true,
  callsMakeInstances: false,
  hasPartialTypes: false,
  definesAtRunTime: true,
  mixins: 'trait',
  commonNames,
  packageOf: (file) => file.facts.packageName.replaceAll('\\', '.'),
  // An assignment to a property is not a declaration of it.
  isComponent: (decl) => !isAssignment(decl),
  link: (program, semantics, context) => new PhpLinker(program, semantics, context),
}

/** A signature whose return type is `static`: `function of(int $value): ?static`. */
const RETURNS_STATIC = /\)\s{0,4}:\s{0,4}(?:\?\s{0,2}|null\s?\|\s?)?static(?:\s?\|\s?null)?\s{0,4}$/
const DOCUMENTS_STATIC = /^(?:\?|null\|)?(?:static|\$this)(?:\|null)?$/

/** A file's aliases: full names with dots, keyed by kind and local name, such as `class Model`. */
type Aliases = ReadonlyMap<string, string>

class PhpLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #context: LinkContext
  readonly #mixinUsers: MixinUsers
  readonly #aliases = new Map<FileUnit, Aliases>()
  /** Assignments to properties in methods, keyed by class and property name. */
  readonly #assigned = new Map<Decl, Map<string, Decl[]>>()

  constructor(program: Program, semantics: Semantics, context: LinkContext) {
    this.#program = program
    this.#semantics = semantics
    this.#context = context
    this.#mixinUsers = new MixinUsers(program, semantics)
    for (const file of program.files.values()) {
      for (const decl of file.decls) if (isAssignment(decl)) this.#keepAssignment(decl)
    }
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined {
    if (name.startsWith('$')) return undefined
    const namespace = namespaceAt(file, scope)
    if (name.includes('\\')) return this.#byFull(this.#fullName(file, namespace, name), wanted, file) ?? EXTERNAL
    const kinds = wanted === 'call' ? ['function'] : wanted === 'type' ? ['class'] : ['class', 'const']
    for (const kind of kinds) {
      const path = this.#aliasesOf(file).get(`${kind} ${name}`)
      if (path === undefined) continue
      const found = this.#byFull(path, wanted, file)
      return found === undefined ? EXTERNAL : { ...found, origin: 'import' }
    }
    const own = this.#byFull(namespace === '' ? name : `${namespace}.${name}`, wanted, file)
    if (own !== undefined || wanted === 'type') return own
    // Classes do not fall back to the global namespace. An undeclared one is PHP's or a library's.
    const global = this.#byFull(name, wanted, file)
    return global?.decls[0]?.isType === false ? global : EXTERNAL
  }

  *importedFiles(file: FileUnit): Iterable<string> {
    this.#mixinUsers.prepare()
    for (const { path, kind } of file.facts.imports) {
      if (kind === 'include') {
        const included = this.#included(file, path)
        if (included !== undefined) yield included
        continue
      }
      const wanted = kind === 'function' ? 'call' : kind === 'const' ? 'value' : 'type'
      for (const decl of this.#byFull(path.replaceAll('\\', '.'), wanted, file)?.decls ?? []) yield decl.file.path
    }
  }

  /** Finds members of the classes that use a trait, and properties that are assigned but not declared. */
  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if ((value.kind !== 'instance' && value.kind !== 'type') || value.decl === null) return undefined
    const ofUsers = value.decl.kind === 'trait' ? this.#mixinUsers.memberOf(value.decl, name, wanted, file) : undefined
    if (ofUsers !== undefined || wanted !== 'value') return ofUsers
    const types = [value.decl, ...this.#semantics.ancestorsOf(value.decl).list.map((one) => one.decl)]
    for (const type of types) {
      const decls = this.#assigned.get(type)?.get(name)
      if (decls !== undefined) return { decls, origin: 'receiver-type' }
    }
    return undefined
  }

  /** The value a declaration holds, from its doc comment, the method it overrides, or the assignments to a property. */
  impliedValue(decl: Decl): Value | undefined {
    const type = decl.at(D.docType)
    if (type !== NONE) {
      const value = this.#docType(decl, decl.file.string(type))
      if (value !== undefined) return value
    }
    if (decl.kind === 'constant' && decl.parent?.kind === 'enum' && decl.at(D.value) === NONE) {
      return { kind: 'instance', decl: decl.parent, name: decl.parent.name, args: [] }
    }
    if (decl.kind === 'method' && decl.at(D.type) === NONE) return this.#inherited(decl)
    if (decl.kind !== 'field' || isAssignment(decl) || decl.parent === null) return undefined
    for (const one of this.#assigned.get(decl.parent)?.get(decl.name) ?? []) {
      const value = this.#semantics.evaluate(one.file, one.at(D.value))
      if (value?.kind === 'instance' && value.decl !== null) return value
    }
    return undefined
  }

  /** Whether a method returns `static`, by its signature or, if that has no return type, by its doc comment. */
  returnsReceiver(decl: Decl): boolean {
    if (decl.kind !== 'method') return false
    const signature = decl.at(D.signature)
    if (decl.at(D.type) !== NONE) return signature !== NONE && RETURNS_STATIC.test(decl.file.string(signature))
    const docType = decl.at(D.docType)
    return docType !== NONE && DOCUMENTS_STATIC.test(decl.file.string(docType))
  }

  #inherited(decl: Decl): Value | undefined {
    const { owner } = decl
    if (owner === null) return undefined
    for (const { decl: above } of this.#semantics.ancestorsOf(owner).list) {
      const same = this.#program
        .membersOf(above)
        .get(decl.name)
        ?.find((one) => one.isFunction)
      if (same === undefined) continue
      if (same.at(D.type) !== NONE) return this.#semantics.typeOf(same.file, same.at(D.type))
      if (same.at(D.docType) !== NONE) return this.#docType(same, same.file.string(same.at(D.docType)))
    }
    return undefined
  }

  #docType(decl: Decl, text: string): Value | undefined {
    const scope = decl.at(D.scope)
    const type = typeAround(decl)
    const self: Value | undefined =
      type === null ? undefined : { kind: 'instance', decl: type, name: type.name, args: [] }
    return valueOfDocType(
      text,
      (name) => {
        const found = this.#semantics.lookUp(decl.file, scope, name, decl.start, 'type')
        const value = found === undefined ? undefined : this.#semantics.valueOf(found)
        return value?.kind === 'type' ? { ...value, kind: 'instance' } : value
      },
      self,
    )
  }

  #keepAssignment(decl: Decl): void {
    if (decl.parent === null) return
    this.#program.removeMember(decl.parent, decl)
    const names = this.#assigned.get(decl.parent) ?? new Map<string, Decl[]>()
    this.#assigned.set(decl.parent, names)
    const known = names.get(decl.name)
    if (known === undefined) names.set(decl.name, [decl])
    else if (known.length < MAX_OF_ONE_NAME) known.push(decl)
  }

  #aliasesOf(file: FileUnit): Aliases {
    const known = this.#aliases.get(file)
    if (known !== undefined) return known
    const aliases = new Map<string, string>()
    for (const { path, alias, kind } of file.facts.imports) {
      if (kind !== 'include' && alias !== null) aliases.set(`${kind} ${alias}`, path.replaceAll('\\', '.'))
    }
    this.#aliases.set(file, aliases)
    return aliases
  }

  /** Expands a name with backslashes to a full name with dots. */
  #fullName(file: FileUnit, namespace: string, name: string): string {
    const dotted = name.replace(/\s/g, '').replaceAll('\\', '.')
    if (dotted.startsWith('.')) return dotted.slice(1)
    const dot = dotted.indexOf('.')
    const first = dotted.slice(0, dot)
    const alias = this.#aliasesOf(file).get(`class ${first}`)
    if (alias !== undefined) return alias + dotted.slice(dot)
    const relative = first.toLowerCase() === 'namespace' ? dotted.slice(dot + 1) : dotted
    return namespace === '' ? relative : `${namespace}.${relative}`
  }

  /** The declarations outside classes that have this full name. */
  #byFull(path: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const all = this.#program.byFullName.get(path) ?? []
    const outer = all.filter((decl) => decl.kind !== 'namespace' && (decl.parent === null || !decl.parent.isType))
    const decls = accepted(outer, wanted, file.spec.linking)
    return decls.length === 0 ? undefined : { decls: nearest(decls, file), origin: 'package' }
  }

  /** Tries a path in the file's folder and then, unless it starts with `./`, in the repository root. */
  #included(file: FileUnit, path: string): string | undefined {
    const beside = joinPath(folderOf(file.path), path)
    if (beside !== undefined && this.#context.paths.has(beside)) return beside
    const fromRoot = path.startsWith('./') ? undefined : joinPath('', path)
    return fromRoot !== undefined && this.#context.paths.has(fromRoot) ? fromRoot : undefined
  }
}

/** Whether a declaration is an assignment `$this->name = …` in a method. */
function isAssignment(decl: Decl): boolean {
  return decl.kind === 'field' && decl.has(Flag.special)
}

function typeAround(decl: Decl): Decl | null {
  for (let at = decl.owner; at !== null; at = at.owner) if (at.isType) return at
  return null
}

function namespaceAt(file: FileUnit, scope: number): string {
  for (let s = scope; s !== NONE; s = file.scopeParent(s)) {
    const decl = file.scopeDecl(s)
    for (let at = decl ?? null; at !== null; at = at.parent) if (at.kind === 'namespace') return at.fullName
    if (decl !== undefined) break
  }
  return file.package
}
