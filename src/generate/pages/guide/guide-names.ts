/**
 * Resolves names in guides to components. Guides are outside of the code, so nothing is in scope: a name refers to what packages
 * export under it, or to the only definition with this name if the name is distinctive.
 */

import { isPublic } from '#generate/is-public.ts'
import type { Component } from '#generate/model.ts'
import { readName } from '#generate/pages/names/named.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isCode } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'

type Names = Map<string, Component | null>

export class GuideNames {
  readonly #writing: Writing
  /** Exports of packages by name, and by import path and name; `null` for ambiguous names. */
  readonly #shown: Names = new Map()
  /** Public components by qualified name. */
  readonly #all: Names = new Map()
  /** Files of modules by import name. */
  readonly #modules = new Map<string, string>()
  /** A file of the first package, in whose scope names are looked up as a last resort. */
  readonly #entryFile: string | undefined

  constructor(writing: Writing) {
    this.#writing = writing
    const { repo } = writing
    for (const names of publicNames(writing).values()) {
      for (const { name, component, path } of names) {
        if (component === null) continue
        put(this.#shown, name, component)
        put(this.#shown, `${path.path}.${name}`.replace(/::|[/\\]/g, '.'), component)
        this.#entryFile ??= component.file
      }
    }
    for (const path of repo.leaves.keys()) {
      const name = moduleNameOf(path)
      if (name !== null && isCode(repo.files.get(path)) && !this.#modules.has(name)) this.#modules.set(name, path)
    }
    for (const component of repo.components.values()) {
      if (isCode(repo.files.get(component.file)) && isPublic(component, repo))
        put(this.#all, component.qualifiedName, component)
    }
  }

  /**
   * The id, or `null`.
   *
   * @param isReference - Whether the text is marked as the name of a symbol.
   */
  resolve(text: string, isReference: boolean): string | null {
    const name = readName(text.replace(/^~/, ''))
    if (name === null) return null
    const { parts } = name
    const found =
      this.#shownAs(parts) ?? (isReference || isDistinct(text, parts) ? this.#byName(parts, isReference) : undefined)
    if (found !== undefined) return found?.id ?? null
    if (!isReference || this.#entryFile === undefined) return null
    return this.#writing.mentions.resolve(text, this.#entryFile, undefined, true)
  }

  /** The file of a Python module, for a name that is marked as that of a module. */
  fileOf(name: string): string | undefined {
    return this.#modules.get(name)
  }

  /** Resolves the longest prefix that a package exports, then members. */
  #shownAs(parts: readonly string[]): Component | null | undefined {
    for (let to = parts.length; to > 0; to--) {
      const top = this.#shown.get(parts.slice(0, to).join('.'))
      if (top === undefined) continue
      // A short lower-case word is ambiguous.
      if (parts.length === 1 && /^[a-z]{1,3}$/.test(parts[0] ?? '')) return null
      if (top === null || to === parts.length) return top
      return this.#member(top, parts.slice(to))
    }
    return undefined
  }

  #member(owner: Component, parts: readonly string[]): Component | null {
    const { repo } = this.#writing
    let current: Component | undefined = owner
    for (const part of parts) {
      const owners: (Component | undefined)[] = [current, ...this.#basesOf(current?.id ?? '')]
      const found: Component | undefined = owners
        .flatMap((one) => repo.members.get(one?.id ?? '') ?? [])
        .find(({ name }) => name === part)
      if (found === undefined) return null
      current = found
    }
    return current ?? null
  }

  #basesOf(id: string): Component[] {
    const { repo } = this.#writing
    const seen = new Set([id])
    for (const one of seen) for (const base of repo.bases.get(one) ?? []) if (seen.size < 20) seen.add(base)
    seen.delete(id)
    return [...seen].flatMap((one) => repo.components.get(one) ?? [])
  }

  #byName(parts: readonly string[], isReference: boolean): Component | null | undefined {
    for (let from = 0; from < parts.length; from++) {
      if (from > 0 && !isReference) return undefined
      const found = this.#all.get(parts.slice(from).join('.'))
      if (found === undefined || found === null) continue
      const packages = parts.slice(0, from)
      const path = new Set(found.file.split(/[/.]/))
      if (packages.every((part) => path.has(part))) return found
    }
    return undefined
  }
}

/** `src/orbit/plan.py` is `orbit.plan`. */
function moduleNameOf(path: string): string | null {
  const [, stem] = /^(?:src\/|lib\/)?(.+?)(?:\/__init__)?\.pyi?$/.exec(path) ?? []
  return stem === undefined ? null : stem.replaceAll('/', '.')
}

/** Whether a text cannot be a word of a natural language: `Router.match`, `createRouter`, `run_app()`, `MAX_SIZE`. */
function isDistinct(text: string, parts: readonly string[]): boolean {
  const [word = ''] = parts
  return parts.length > 1 || text.endsWith(')') || (word.length > 4 && /[a-z0-9][A-Z]|[A-Z][a-z]|\w_\w/.test(word))
}

function put(names: Names, name: string, component: Component): void {
  const known = names.get(name)
  if (known === undefined) names.set(name, component)
  else if (known?.id !== component.id) names.set(name, null)
}
