/** Whether a name of a file is taken from this repository or from outside, by what the file imports and what it uses. */

import { push } from '#base/multimap.ts'
import type { Binding } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Names of the languages' own libraries that need no import. */
const OWN_LIBRARY: Readonly<Record<string, ReadonlySet<string>>> = {
  c: new Set(['std']),
  cpp: new Set(['std']),
  csharp: new Set(['System']),
  rust: new Set(['std', 'core', 'alloc']),
}

export class Origins {
  readonly #repo: RepoIndex
  readonly #bindings = new Map<string, ReadonlyMap<string, readonly Binding[]>>()

  constructor(repo: RepoIndex) {
    this.#repo = repo
  }

  /** `undefined` for a name that no import binds. */
  of(name: string, file: string): 'inside' | 'outside' | undefined {
    const source = this.#repo.files.get(file)
    const imports = this.#bindingsOf(file).get(name)
    if (imports === undefined) return OWN_LIBRARY[source?.language ?? '']?.has(name) === true ? 'outside' : undefined
    return imports.some(isInside) ? 'inside' : 'outside'
  }

  /** Whether a dotted name leads to a file of Python, or to one below that, from a folder that is itself no package. */
  isModule(path: readonly string[], file: string): boolean {
    const { files } = this.#repo
    return placesAlong(path, file).some((above) => !files.has([...above, '__init__.py'].join('/')))
  }

  #bindingsOf(file: string): ReadonlyMap<string, readonly Binding[]> {
    const known = this.#bindings.get(file)
    if (known !== undefined) return known
    const names = new Map<string, Binding[]>()
    for (const binding of this.#repo.occurrences.bindingsOf(file)) push(names, binding.name, binding)
    this.#bindings.set(file, names)
    return names
  }
}

/** The statement itself says that it stays within the repository: `./a`, `from . import b`, `crate::c`. */
const OWN = /^(?:[./#~]|(?:crate|self|super)(?:::|$))/

function isInside({ to, module }: Binding): boolean {
  return to !== null || OWN.test(module)
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
