/** The condition under which a public name is defined. */

import type { Component } from '#generate/model.ts'
import { quoted } from '#generate/pages/quoted.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import type { Inline } from '#markdown/build.ts'

/** For example ` (#[cfg(feature = "net")])`; empty if the name is unconditional or if other branches define it too. */
export function conditionWords({ repo }: Writing, component: Component | null): Inline[] {
  const condition = component?.condition
  return component === null || condition === undefined || isDefinedOtherwise(repo, component)
    ? []
    : [' (', quoted(condition), ')']
}

/** Whether the file also defines the name in other branches of the preprocessor, or always. */
function isDefinedOtherwise({ tops }: RepoIndex, { id, name, file, condition }: Component): boolean {
  if (!/^#\w/.test(condition ?? '')) return false
  return (tops.get(file) ?? []).some((other) => other.name === name && other.id !== id && other.condition !== condition)
}
