/** Lists the inherited public members of a class: all if it has no public methods of its own, otherwise those of bases that users cannot import. */

import type { RootContent } from 'mdast'
import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import { refTo } from '#generate/pages/draft.ts'
import { toNamesake } from '#generate/pages/names/namesakes.ts'
import { isExported } from '#generate/pages/public-api/public-names.ts'
import { isError } from '#generate/pages/public-api/traits.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { ownMembers } from '#generate/pages/tops.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, type Inline, paragraph, refLink } from '#markdown/build.ts'
import { isFunction } from './member-line.ts'

const MAX_TYPES = 6
/** Classes may extend each other in a circle. */
const MAX_VISITS = 30
const MAX_NAMES = 12

/** One line for each base type that has public members, such as `parse, match (from RegexBasedAbstract)`. */
export function inheritedMembers(writing: Writing, component: Component): RootContent[] {
  const { repo, texts } = writing
  const members = ownMembers(repo, component)
  const hasOwn = callable(writing, component).length > 0
  if (component.kind !== 'class' || (hasOwn && !isExported(writing, component))) return []
  const seen = new Set(members.map(({ name }) => name))
  const blocks: RootContent[] = []
  for (const type of basesOf(writing, component)) {
    if (hasOwn && isExported(writing, type)) continue
    const own = usable(writing, type).filter(
      (one) => !seen.has(one.name) && !isConstructor(repo, one) && !isOfModuleItself(type, one),
    )
    for (const { name } of own) seen.add(name)
    const names = [...new Map(own.map((one) => [one.name, one])).values()].map(({ id, name }): Inline[] => [
      refLink(refTo.component(id), code(name)),
    ])
    if (names.length > 0)
      blocks.push(
        paragraph(...few(names, MAX_NAMES, texts), ' (', ...texts.entry.from([toNamesake(writing, type)].flat()), ')'),
      )
  }
  return blocks
}

/** Whether only a module of Ruby has the method, and no class that includes it: `def self.included`. */
const isOfModuleItself = ({ kind, file }: Component, one: Component): boolean =>
  kind === 'namespace' && file.endsWith('.rb') && one.kind === 'function'

/** Languages in which a class without a constructor has that of a base, and the name of the first base in its signature. */
const INHERITS = /\.(?:php|pyi?|rb)$/
const FIRST_BASE = /^(?:\w{1,20} ){0,4}[\w.:]{1,80} ?(?:\(|<|extends) ?(?:\w{1,80}(?:\.|::|\\)){0,8}(\w{1,80})/

/** The public constructors of a class, else those of its first base or of what that inherits from. */
export function constructorsOf(writing: Writing, component: Component): Component[] {
  const { repo } = writing
  if (component.kind !== 'class' && component.kind !== 'struct') return []
  const own = ownConstructors(repo, component)
  // Nobody makes an error but what raises it.
  if (own.length > 0 || !INHERITS.test(component.file) || isError(repo, component)) return own
  const name = FIRST_BASE.exec(component.signature)?.[1]
  const first = basesOf(writing, component).find((base) => base.name === name)
  if (first === undefined) return []
  return (
    [first, ...basesOf(writing, first)].map((base) => ownConstructors(repo, base)).find((found) => found.length > 0) ??
    []
  )
}

const ownConstructors = (repo: RepoIndex, { id }: Component): Component[] =>
  (repo.members.get(id) ?? [])
    .filter((one) => isFunction(one) && one.visibility !== 'private' && one.exported)
    .filter((one) => one.details?.deprecated === undefined && isConstructor(repo, one))

/** Bases in the order of lookup: the first one with its own bases, then the second; one that several share comes last. */
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

const callable = (writing: Writing, type: Component): Component[] => usable(writing, type).filter(isFunction)

function usable({ repo }: Writing, type: Component): Component[] {
  return ownMembers(repo, type).filter(
    (member) =>
      (isFunction(member) || member.kind === 'field') && member.visibility === 'public' && !member.name.startsWith('#'),
  )
}
