/**
 * Reads which members of a module the API pages of a Python project list: `.. automodule:: orbit.core` with `:members:
 * Planner`.
 */

import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'

const MAX_DOCUMENT = 200_000
const MAX_DOCUMENTS = 500
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
  /** Texts of `__init__.py` files, which re-export names. */
  packages: readonly string[]
}

const known = new WeakMap<Writing['repo'], Listed>()

/** Whether the API pages list other names of its module but not this one. */
export function isLeftOut({ repo }: Writing, { name, parent, file }: Component): boolean {
  if (parent !== null || !file.endsWith('.py')) return false
  const { byModule, single, packages } = listedIn(repo)
  if (byModule.size === 0 || single.has(name)) return false
  const dotted = file.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.')
  const module = [...byModule.keys()].find((one) => dotted === one || dotted.endsWith(`.${one}`))
  if (module === undefined || byModule.get(module)?.has(name) === true) return false
  return !packages.some((text) => text.includes(name))
}

function listedIn(repo: Writing['repo']): Listed {
  const found = known.get(repo)
  if (found !== undefined) return found
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
      else byModule.set(module, new Set([...(byModule.get(module) ?? []), ...members]))
    }
  }
  // If one page lists the whole module, no names are left out.
  for (const module of whole) byModule.delete(module)
  const packages = files.flatMap(({ path, text }) => (nameOf(path) === '__init__.py' && text !== null ? [text] : []))
  const listed = { byModule, single, packages }
  known.set(repo, listed)
  return listed
}
