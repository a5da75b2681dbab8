/** Finds the protocols from outside the repository that Swift extensions make a type conform to: `extension Orbit: Hashable where Body: Hashable`. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf } from '#generate/paths.ts'
import { SWIFT_EXTENSION } from './swift-conformers.ts'

export interface Conformance {
  readonly name: string
  /** `where Body: Hashable`; '' for always. */
  readonly condition: string
  readonly file: string
  readonly line: number
}

const TYPES = new Set<Component['kind']>(['class', 'struct', 'enum'])
const MAX_LINES = 20_000
/** Limit on the lines of a head. */
const MAX_HEAD = 6

/** Those of the extensions in the folder of the type, of which the graph knows no base. */
export function outsideConformances(repo: RepoIndex, component: Component): readonly Conformance[] {
  const { id, kind, file, qualifiedName } = component
  if (!file.endsWith('.swift') || !TYPES.has(kind)) return []
  const known = new Set((repo.bases.get(id) ?? []).flatMap((base) => repo.components.get(base)?.name ?? []))
  return (conformancesOf(repo).get(`${folderOf(file)} ${qualifiedName}`) ?? []).filter(({ name }) => !known.has(name))
}

const cached = new WeakMap<RepoIndex, ReadonlyMap<string, readonly Conformance[]>>()

/** Keyed by the folder and the qualified name of the type. */
function conformancesOf(repo: RepoIndex): ReadonlyMap<string, readonly Conformance[]> {
  const before = cached.get(repo)
  if (before !== undefined) return before
  const found = new Map<string, Conformance[]>()
  for (const [file, { role }] of repo.files) {
    if (!file.endsWith('.swift') || role === 'test') continue
    const lines = codeLines(repo, file, 1, MAX_LINES)
    for (const [index, line] of lines.entries()) {
      const [, type] = SWIFT_EXTENSION.exec(line) ?? []
      if (type === undefined) continue
      const head = lines
        .slice(index, index + MAX_HEAD)
        .join(' ')
        .slice(0, 1_000)
      const [whole = '', body] = head.split('{', 2)
      const [names = '', ...where] = whole.slice(whole.indexOf(':') + 1).split(/\swhere\s/, 2)
      if (body === undefined) continue
      const condition = where.map((one) => `where ${one.replace(/\s+/g, ' ').trim()}`).join('')
      for (const name of names.split(/[,&]/).map((one) => one.trim().replace(/^Swift\./, '')))
        if (/^[A-Z]\w*$/.test(name))
          push(found, `${folderOf(file)} ${type}`, { name, condition, file, line: index + 1 })
    }
  }
  cached.set(repo, found)
  return found
}
