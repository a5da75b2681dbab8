/** Finds the constructors that the entry of a type shows with its signature. */

import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isFunction } from './member-line.ts'

const MAX_TYPES = 6
/** Classes may extend each other in a circle. */
const MAX_VISITS = 30

/** Languages whose references show an inherited constructor as that of the class, and the name of the first base in a signature. */
const INHERITS = /\.(?:pyi?|rb)$/
const FIRST_BASE =
  /^(?:\w{1,20} ){0,4}[\w.:]{1,80}(?:\[[^\]]{0,200}\])? ?(?:\(|<) ?(?:\w{1,80}(?:\.|::)){0,8}(\w{1,80})/

/** The unconditional public constructors of a class, else those of its first base or of that base's own bases. */
export function constructorsOf(writing: Writing, component: Component): Component[] {
  const { repo } = writing
  if (component.kind !== 'class' && component.kind !== 'struct') return []
  const own = ownConstructors(repo, component)
  // Only the code that raises an error constructs it.
  if (own.length > 0 || !INHERITS.test(component.file) || isError(repo, component)) return own
  const name = FIRST_BASE.exec(component.signature)?.[1]
  const first = basesOf(writing, component).find((base) => base.name === name)
  if (first === undefined) return []
  return (
    [first, ...basesOf(writing, first)].map((base) => ownConstructors(repo, base)).find((found) => found.length > 0) ??
    []
  )
}

const ownConstructors = (repo: RepoIndex, { id, exported }: Component): Component[] =>
  (repo.members.get(id) ?? [])
    .filter((one) => isFunction(one) && one.visibility !== 'private' && (one.exported || !exported))
    .filter((one) => one.condition === undefined && one.details?.deprecated === undefined && isConstructor(repo, one))

/** Bases in the order of lookup: the first one with its own bases, then the second; a shared base comes last. */
function basesOf({ repo }: Writing, component: Component): Component[] {
  const found = new Set<Component>()
  const rest = [component]
  for (let visits = 0; visits < MAX_VISITS && found.size < MAX_TYPES; visits++) {
    const type = rest.pop()
    if (type === undefined) break
    found.delete(type)
    found.add(type)
    const bases = (repo.bases.get(type.id) ?? []).slice(0, MAX_TYPES).reverse()
    for (const id of bases) {
      const base = repo.components.get(id)
      if (base !== undefined && base.kind !== 'interface') rest.push(base)
    }
  }
  found.delete(component)
  return [...found]
}
