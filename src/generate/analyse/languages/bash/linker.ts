/**
 * Resolves names in shell scripts: functions of the script, of scripts that it sources, and of scripts that source it,
 * since a sourced script sees everything before it. Any other command is a program.
 *
 * A script imports the files that it sources, and those that it runs: by path or, if the name has a hyphen, by name. The
 * graph has no other edge for running a script. Names come only from sourced files.
 */

import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D } from '#generate/analyse/engine/facts.ts'
import {
  EXTERNAL,
  type LinkContext,
  type Linker,
  type LinkRules,
  type NameUse,
  type Resolution,
} from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'
import { sourcedPath } from './script-paths.ts'

export const bashLinking: LinkRules = {
  family: 'bash',
  hasImplicitThis: false,
  hasSeparateCalls: true,
  callsMakeInstances: false,
  hasPartialTypes: false,
  // Commands have no receivers, so nothing is guessed.
  commonNames: new Set(),
  packageOf: () => '',
  // Only the first assignment of a variable is a component.
  isComponent: (decl) => decl.isFunction || isFirst(decl),
  definitionOf: (decl) => (decl.isFunction || isFirst(decl) ? decl : (decl.file.bound(0, decl.name)[0] ?? decl)),
  link: (program, _, context) => new ShellLinker(program, context),
}

/** The scripts that a script sources, and others that are loaded when it is sourced. */
interface Surroundings {
  readonly sourced: readonly FileUnit[]
  readonly around: readonly FileUnit[]
}

class ShellLinker implements Linker {
  readonly #context: LinkContext
  /** Scripts that a script sources, and scripts that source it. */
  readonly #sourced = new Map<FileUnit, FileUnit[]>()
  readonly #sourcedBy = new Map<FileUnit, FileUnit[]>()

  readonly #surroundings = new Map<FileUnit, Surroundings>()
  /** Paths of scripts keyed by their last part. */
  readonly #byName = new Map<string, string[]>()

  constructor(program: Program, context: LinkContext) {
    this.#context = context
    for (const path of program.files.keys()) push(this.#byName, nameOf(path), path)
    for (const file of program.files.values()) {
      for (const { path } of file.facts.imports) {
        const target = program.files.get(this.#find(file, path) ?? '')
        if (target === undefined || target === file) continue
        append(this.#sourced, file, target)
        append(this.#sourcedBy, target, file)
      }
    }
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse): Resolution | undefined {
    // `\name` bypasses aliases and means the same function.
    if (/^\s*\\/.test(name)) return this.#unescaped(file, name.trim().slice(1), wanted)
    const { sourced, around } = this.#surroundingsOf(file)
    const found = declared(sourced, name, wanted)
    if (found.length > 0) return { decls: found[0] ?? [], origin: 'import' }
    // Variables may also come from the environment.
    if (wanted !== 'call') return undefined
    const [outer = [], another] = declared(around, name, wanted)
    const [first] = outer
    return first !== undefined && another === undefined && this.#isThereFor(file, first.file)
      ? { decls: outer, origin: 'import' }
      : EXTERNAL
  }

  *importedFiles(file: FileUnit): Iterable<string> {
    const runs = file.facts.notes.filter((note) => note.startsWith('run ')).map((note) => sourcedPath(note.slice(4)))
    for (const path of [...file.facts.imports.map((one) => one.path), ...runs]) {
      const target = path === null ? undefined : this.#find(file, path)
      if (target !== undefined) yield target
    }
    for (const note of file.facts.notes) {
      const name = note.startsWith('start ') ? note.slice(6) : ''
      const [path, another] = this.#byName.get(name) ?? []
      const isFunction = file.bound(0, name).length > 0
      if (path !== undefined && another === undefined && path !== file.path && !isFunction) yield path
    }
  }

  #unescaped(file: FileUnit, name: string, wanted: NameUse): Resolution | undefined {
    const [own = []] = declared([file], name, wanted)
    return own.length > 0 ? { decls: own, origin: 'same-file' } : this.lookUp(file, name, wanted)
  }

  /** Whether at least half of the scripts that source `file` also source `other`: a single script proves nothing. */
  #isThereFor(file: FileUnit, other: FileUnit): boolean {
    const by = this.#sourcedBy.get(file) ?? []
    const having = by.filter((one) => one === other || this.#surroundingsOf(one).sourced.includes(other))
    return having.length * 2 >= by.length
  }

  #surroundingsOf(file: FileUnit): Surroundings {
    const known = this.#surroundings.get(file)
    if (known !== undefined) return known
    const sourced = reached([file], this.#sourced)
    const around = reached(reached([file], this.#sourcedBy), this.#sourced)
    sourced.delete(file)
    const surroundings = {
      sourced: [...sourced],
      around: [...around].filter((one) => one !== file && !sourced.has(one)),
    }
    this.#surroundings.set(file, surroundings)
    return surroundings
  }

  /** Resolves a relative path against the script's folder, then the root, either of which may be the working folder. */
  #find(file: FileUnit, path: string): string | undefined {
    const { paths } = this.#context
    const rest = path.replace(/^\$\//, '')
    const beside = joinPath(folderOf(file.path), rest)
    if (beside !== undefined && paths.has(beside)) return beside
    if (path.startsWith('/')) return undefined
    const fromRoot = joinPath('', rest)
    if (fromRoot !== undefined && paths.has(fromRoot)) return fromRoot
    if (!path.startsWith('$/')) return undefined
    // The folder in a variable is unknown, so this is the only script whose path ends like this.
    const end = `/${rest.replace(/^(?:\.\.?\/)+/, '')}`
    const ending = (this.#byName.get(nameOf(end)) ?? []).filter((one) => one.endsWith(end))
    return ending.length === 1 ? ending[0] : undefined
  }
}

/** The declarations of a name, as one list for each file that has any. */
function declared(files: readonly FileUnit[], name: string, wanted: NameUse): (readonly Decl[])[] {
  const found: (readonly Decl[])[] = []
  for (const file of files) {
    const top = file.bound(0, name).filter((decl) => !decl.isLocal)
    const decls = top.length === 0 ? top : accepted(top, wanted, file.spec.linking)
    if (decls.length > 0) found.push(decls)
  }
  return found
}

/** The files and everything reachable from them, nearest first. */
function reached(files: Iterable<FileUnit>, next: ReadonlyMap<FileUnit, readonly FileUnit[]>): Set<FileUnit> {
  const seen = new Set(files)
  for (const one of seen) for (const other of next.get(one) ?? []) seen.add(other)
  return seen
}

function append(map: Map<FileUnit, FileUnit[]>, key: FileUnit, value: FileUnit): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [value])
  else if (!known.includes(value)) known.push(value)
}

function isFirst(decl: Decl): boolean {
  return decl.at(D.scope) !== 0 || decl.file.bound(0, decl.name).find((one) => !one.isFunction) === decl
}
