/** Replaces a deprecated, hidden or undocumented overload by another, since the function as a whole is still in use. */

import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isHidden } from './hidden-names.ts'
import { isDeprecated } from './traits.ts'

/** The component itself if it is current and documented, or if none of its overloads in the file is. */
export function currentOverload(writing: Writing, component: Component): Component {
  const { repo } = writing
  const isCurrent = (one: Component): boolean => !isDeprecated(one) && !isHidden(writing, one)
  const isFine = isCurrent(component)
  const isFunction = component.kind === 'function' || component.kind === 'method'
  if (!isFunction || (isFine && component.doc !== null)) return component
  const { parent, file, kind, qualifiedName, exported } = component
  const siblings = parent === null ? repo.tops.get(file) : repo.members.get(parent)
  const isOverload = (one: Component): boolean =>
    one.kind === kind && one.qualifiedName === qualifiedName && one.exported === exported
  const current = siblings?.filter((one) => isOverload(one) && isCurrent(one)) ?? []
  return current.find(({ doc }) => doc !== null) ?? (isFine ? component : (current[0] ?? component))
}
