/** Which files a file can know of: those that it imports, and what these import, and what all files see. */

import { createHash } from 'node:crypto'
import type ts from 'typescript'
import { compareText } from '#generate/model.ts'
import { joinPath } from '#generate/paths.ts'
import { connectedParts } from './connected-parts.ts'
import type { FileFacts } from './facts.ts'
import type { Guards } from './guarded-names.ts'
import { ROOT } from './parse.ts'
import type { Resolve } from './resolve.ts'

/** Which names may lead from a file into the repository. */
export interface NamesInReach {
  /** Whether a component in reach has the name. */
  isComponent(name: string): boolean
  /** Whether anything in reach defines a member of the name: if not, it is one of a library. */
  isMember(name: string): boolean
}

export class Reach {
  readonly #facts: ReadonlyMap<string, FileFacts>
  readonly #imports = new Map<string, readonly string[]>()
  /** Where the specifiers of a file lead. */
  readonly #resolutions = new Map<string, string>()
  /** Files that all files see. */
  readonly ambient: readonly string[]
  readonly #outerGuardedIn: (path: string) => ReadonlySet<string>
  #named: { components: FilesByName; members: FilesByName } | undefined

  /** @param facts - By path, sorted. */
  constructor(facts: ReadonlyMap<string, FileFacts>, resolve: Resolve) {
    this.#facts = facts
    this.#outerGuardedIn = setsOf(facts, (one) => one.outerGuardedNames)
    this.ambient = [...facts].filter(([, one]) => one.isAmbient).map(([path]) => path)
    for (const [path, { specifiers }] of facts) {
      const folder = path.slice(0, path.lastIndexOf('/') + 1)
      const imports = new Set<string>()
      let resolutions = ''
      for (const specifier of specifiers) {
        const found = resolve(specifier, path)
        resolutions += `${specifier}\0${found ?? ''}\n`
        // The second is what `/// <reference path>` means.
        for (const to of [found, joinPath(folder, specifier)]) if (to !== undefined && facts.has(to)) imports.add(to)
      }
      this.#resolutions.set(path, resolutions)
      this.#imports.set(path, [...imports])
    }
  }

  /** The file, all that it can know of, and what all files see. */
  of(path: string): Set<string> {
    const found = new Set([...this.ambient, path])
    // What is added to a set while it is walked is walked, too.
    for (const one of found) for (const to of this.#imports.get(one) ?? []) found.add(to)
    return found
  }

  /** A hash of all that a file can know of, by path: the interfaces of the files in its reach, and where their imports lead. */
  hashes(): ReadonlyMap<string, string> {
    const hashes = new Map<string, string>()
    for (const part of connectedParts(this.#facts.keys(), (path) => this.#imports.get(path) ?? [])) {
      const hash = createHash('sha256')
      const beyond = new Set<string>()
      for (const path of [...part].sort(compareText)) {
        hash.update(`${path}\0${this.#facts.get(path)?.interface}\0${this.#resolutions.get(path)}\0`)
        for (const to of this.#imports.get(path) ?? []) beyond.add(hashes.get(to) ?? '')
      }
      const digest = hash.update([...beyond].sort().join(' ')).digest('base64')
      for (const path of part) hashes.set(path, digest)
    }
    const ambient = this.ambient.map((path) => hashes.get(path)).join(' ')
    for (const [path, hash] of hashes) hashes.set(path, `${hash} ${ambient}`)
    return hashes
  }

  /** A hash of what all files can know of all, as what `hashes` gives. */
  hashesOfAll(): ReadonlyMap<string, string> {
    const hash = createHash('sha256')
    for (const [path, one] of this.#facts) hash.update(`${path}\0${one.interface}\0${this.#resolutions.get(path)}\0`)
    const digest = `all ${hash.digest('base64')}`
    return new Map([...this.#facts.keys()].map((path) => [path, digest]))
  }

  /** Of other files only what their interfaces tell, so that a file hangs on nothing else. */
  guardsSeenFrom(path: string): Guards {
    const own = this.#facts.get(path)
    const guarded = new Set(own?.guardedNames)
    const tested = new Set(own?.testedNames)
    const fileOf = (node: ts.Node): string => node.getSourceFile().fileName.slice(ROOT.length)
    return {
      isGuarded: (name, node) => {
        const other = fileOf(node)
        return (other === path ? guarded : this.#outerGuardedIn(other)).has(name)
      },
      isTested: (name, node) => fileOf(node) !== path || tested.has(name),
    }
  }

  namesFrom(path: string): NamesInReach {
    this.#named ??= {
      components: filesByName(this.#facts, ({ components }) => components.map(({ name }) => name)),
      members: filesByName(this.#facts, ({ outerNames }) => outerNames),
    }
    const reached = this.of(path)
    const own = new Set(this.#facts.get(path)?.memberNames)
    const isOuter = remember(this.#named.members, reached)
    return {
      isComponent: remember(this.#named.components, reached),
      isMember: (name) => own.has(name) || isOuter(name),
    }
  }
}

/** What is asked more than once, by path. */
function setsOf(
  facts: ReadonlyMap<string, FileFacts>,
  namesOf: (facts: FileFacts) => readonly string[],
): (path: string) => ReadonlySet<string> {
  const sets = new Map<string, ReadonlySet<string>>()
  return (path) => {
    const one = facts.get(path)
    const known = sets.get(path) ?? new Set(one === undefined ? [] : namesOf(one))
    sets.set(path, known)
    return known
  }
}

type FilesByName = ReadonlyMap<string, readonly string[]>

function remember(files: FilesByName, reached: ReadonlySet<string>): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    let isKnown = known.get(name)
    if (isKnown === undefined) {
      isKnown = files.get(name)?.some((one) => reached.has(one)) ?? false
      known.set(name, isKnown)
    }
    return isKnown
  }
}

function filesByName(
  facts: ReadonlyMap<string, FileFacts>,
  namesOf: (facts: FileFacts) => Iterable<string>,
): FilesByName {
  const files = new Map<string, string[]>()
  for (const [path, one] of facts) {
    for (const name of new Set(namesOf(one))) {
      const known = files.get(name)
      if (known === undefined) files.set(name, [path])
      else known.push(path)
    }
  }
  return files
}
