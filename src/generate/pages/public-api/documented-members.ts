/**
 * Reads which members of a module the API pages of a Python project list: `.. automodule:: orbit.core` with `:members: Planner`.
 */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

const MAX_DOCUMENT = 200_000
const MAX_DOCUMENTS = 500
/** Limit on the characters of a path that `MODULE` matches. */
const MAX_MODULE = 200
const MODULE =
  /^\.\. automodule:: {1,4}([\w.]{1,200})[^\S\n]*\n((?:[^\S\n]{1,12}:[^\n]{0,1000}\n|[^\S\n]{2,12}[\w, ]{1,500}\n){1,20})/gm
const MEMBERS = /:members:[^\S\n]{1,4}([A-Za-z_][\w, \n]{0,2000})/
/** Matches `.. autoclass:: orbit.core.Planner`. */
const SINGLE = /^[^\S\n]{0,12}\.\. auto(?:class|data|decorator|exception|function):: {1,4}([\w.]{1,200})/gm

interface Listed {
  /** Names by the module that lists them. */
  byModule: ReadonlyMap<string, ReadonlySet<string>>
  /** Names with an entry of their own, without their modules. */
  single: ReadonlySet<string>
  /** All names that can be imported from `__init__.py` files. */
  inPackages: ReadonlySet<string>
}

/** Whether the API pages list other names of its module but not this one. */
export function isLeftOut(writing: Writing, { name, parent, file }: Component): boolean {
  if (parent !== null || !file.endsWith('.py')) return false
  const { byModule, single, inPackages } = listedIn(writing)
  if (byModule.size === 0 || single.has(name)) return false
  const dotted = file.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.')
  const names = namesIn(byModule, dotted)
  return names !== undefined && !names.has(name) && !inPackages.has(name)
}

/** The listed names of a module, or of the end of its path: those of `orbit.core` for `src.orbit.core`. */
function namesIn(byModule: Listed['byModule'], dotted: string): ReadonlySet<string> | undefined {
  for (let at = dotted.length <= MAX_MODULE ? -1 : dotted.indexOf('.', dotted.length - MAX_MODULE - 1); ; ) {
    const found = byModule.get(dotted.slice(at + 1))
    if (found !== undefined) return found
    at = dotted.indexOf('.', at + 1)
    if (at < 0) return undefined
  }
}

const listedIn = memoized(({ repo, analysis }: Writing): Listed => {
  const byModule = new Map<string, Set<string>>()
  const whole = new Set<string>()
  const single = new Set<string>()
  const files = [...repo.files.values()]
  const documents = files.filter(({ path }) => path.endsWith('.rst')).slice(0, MAX_DOCUMENTS)
  for (const { text } of documents) {
    const part = (text ?? '').slice(0, MAX_DOCUMENT)
    for (const [, path = ''] of part.matchAll(SINGLE)) single.add(path.slice(path.lastIndexOf('.') + 1))
    for (const [, module = '', options = ''] of part.matchAll(MODULE)) {
      const members = MEMBERS.exec(options)?.[1]?.match(/\w+/g)
      if (members == null) whole.add(module)
      else {
        const names = byModule.get(module) ?? new Set()
        byModule.set(module, names)
        for (const name of members) names.add(name)
      }
    }
  }
  // If one page lists the whole module, no names are left out.
  for (const module of whole) byModule.delete(module)
  const inPackages = new Set<string>()
  if (byModule.size > 0)
    for (const { path } of files)
      if (nameOf(path) === '__init__.py') for (const { name } of analysis.exports[path] ?? []) inPackages.add(name)
  return { byModule, single, inPackages }
})
