/** Determines from a file's imports whether a name refers to this repository or to a dependency. */

import { push } from '#base/multimap.ts'
import type { Binding } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Names of the languages' own libraries that need no import. */
const OWN_LIBRARY: Readonly<Record<string, ReadonlySet<string>>> = {
  // Headers of C++ may be named `.h`.
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

  #bindingsOf(file: string): ReadonlyMap<string, readonly Binding[]> {
    const known = this.#bindings.get(file)
    if (known !== undefined) return known
    const names = new Map<string, Binding[]>()
    for (const binding of this.#repo.occurrences.bindingsOf(file)) push(names, binding.name, binding)
    this.#bindings.set(file, names)
    return names
  }
}

/** Import paths that can only refer to the repository itself: `./a`, `from . import b`, `crate::c`. */
const OWN = /^(?:[./#~]|(?:crate|self|super)(?:::|$))/

function isInside({ to, module }: Binding): boolean {
  return to !== null || OWN.test(module)
}
