/** Whether a name of a file is taken from this repository or from outside, by what the file imports and what it uses. */

import type { Component } from '#generate/model.ts'
import { type Imported, importedNames } from './imported-names.ts'
import type { Survey } from './survey.ts'

/** What the edges of a file lead to: components by their name, and all files. */
interface Uses {
  readonly names: ReadonlyMap<string, readonly string[]>
  readonly files: ReadonlySet<string>
}

/** Names of the languages' own libraries that need no import. */
const OWN_LIBRARY: Readonly<Record<string, ReadonlySet<string>>> = {
  c: new Set(['std']),
  cpp: new Set(['std']),
  csharp: new Set(['System']),
  rust: new Set(['std', 'core', 'alloc']),
}

export class Origins {
  readonly #survey: Survey
  readonly #targetsOf: (file: string) => Iterable<string>
  readonly #uses = new Map<string, Uses>()

  /** @param targetsOf - The components and files that the edges of a file lead to. */
  constructor(survey: Survey, targetsOf: (file: string) => Iterable<string>) {
    this.#survey = survey
    this.#targetsOf = targetsOf
  }

  /** `undefined` for a name that no import binds. */
  of(name: string, file: string): 'inside' | 'outside' | undefined {
    const source = this.#survey.files.get(file)
    const imports = source === undefined ? undefined : importedNames(source).get(name)
    if (imports === undefined) return OWN_LIBRARY[source?.language ?? '']?.has(name) === true ? 'outside' : undefined
    return imports.some((one) => this.#isInside(one, file, source?.language ?? '')) ? 'inside' : 'outside'
  }

  #isInside(imported: Imported, file: string, language: string): boolean {
    if (imported.isOwn) return true
    const { names, files } = this.#usesOf(file)
    const { path, name } = imported
    const found = name === null ? [] : (names.get(name) ?? [])
    if (language !== 'python' && found.length > 0) return true
    const whole = name === null ? path : [...path, name]
    return [...found, ...files].some((one) => {
      // What has its name, or several parts of its path, is found from wherever the repository's modules begin.
      if (language === 'python')
        return placesAlong(path, one).length > 0 && (path.length > 1 || found.includes(one) || this.isModule(path, one))
      return language === 'go' ? isFolderOf(path, one) : foldersOf(one).includes(whole.at(-1) ?? '')
    })
  }

  /** Whether a dotted name leads to a file of Python, or to one below that, from a folder that is itself no package. */
  isModule(path: readonly string[], file: string): boolean {
    const { files } = this.#survey
    return placesAlong(path, file).some((above) => !files.has([...above, '__init__.py'].join('/')))
  }

  #usesOf(file: string): Uses {
    const known = this.#uses.get(file)
    if (known !== undefined) return known
    const names = new Map<string, string[]>()
    const files = new Set<string>()
    for (const target of this.#targetsOf(file)) {
      const component: Component | undefined = this.#survey.components.get(target)
      if (component === undefined) files.add(target)
      else names.set(component.name, [...(names.get(component.name) ?? []), component.file])
    }
    const uses = { names, files }
    this.#uses.set(file, uses)
    return uses
  }
}

/** The folders above each place at which the parts of a dotted name follow each other in a path. */
function placesAlong(path: readonly string[], file: string): string[][] {
  const parts = foldersOf(file)
  return parts
    .map((_, at) => at)
    .filter((at) => path.every((part, index) => parts[at + index] === part))
    .map((at) => parts.slice(0, at))
}

function foldersOf(path: string): string[] {
  return path.replace(/\.\w+$/, '').split('/')
}

/** Whether the folder of a file of Go is the end of the path of a package; packages of the standard library have no host. */
function isFolderOf(path: readonly string[], file: string): boolean {
  const folders = file.split('/').slice(0, -1)
  const isHosted = path[0]?.includes('.') === true
  return folders.length === 0
    ? isHosted
    : path.join('/').endsWith(`/${folders.join('/')}`) && path.length > folders.length
}
