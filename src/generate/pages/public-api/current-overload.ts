/** Replaces a deprecated or hidden overload by a current one, since the function as a whole is still in use. */

import type { Component } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isHidden } from './hidden-names.ts'
import { isDeprecated } from './traits.ts'

/** The component itself if it is current, or if none of its overloads in the file is. */
export function currentOverload(writing: Writing, component: Component): Component {
  const { repo } = writing
  const isCurrent = (one: Component): boolean => !isDeprecated(one) && !isHidden(writing, one)
  if ((component.kind !== 'function' && component.kind !== 'method') || isCurrent(component)) return component
  const { parent, file, kind, qualifiedName, exported } = component
  const siblings = parent === null ? repo.tops.get(file) : repo.members.get(parent)
  const isOverload = (one: Component): boolean =>
    one.kind === kind && one.qualifiedName === qualifiedName && one.exported === exported
  return siblings?.find((one) => isOverload(one) && isCurrent(one)) ?? component
}
