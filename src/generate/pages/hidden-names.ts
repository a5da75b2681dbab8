/** What can be imported and is not meant to be: by its own words, by an attribute, by how the project is built. */

import type { Component } from '#generate/model.ts'
import { codeLines } from './code-lines.ts'
import type { Writing } from './writing.ts'

/** Said of itself in the first words of a comment. */
const CALLED_PRIVATE =
  /\bprivate API\b|\bnot (?:part of )?(?:the |a )?public API\b|\bnot (?:fit |meant )?for public\b|\b(?:for|only) internal use\b|\binternal use only\b|@internal\b|\bkept for backwards?[- ]compat/i
const KEPT = /\b(?:for )?backwards?[- ]compatib/i
/** Classes that only measure. */
/** How something is linked, for the compiler alone. */
const LINKS = /(?:^|_)(?:API|DLL|EXPORTS?|EXTERN|IMPORTS?|INLINE|NORETURN|VISIBILITY)$/
const MEASURES = /[a-z]Bench(?:marks?)?$/
const HIDDEN_ATTRIBUTE = /^\s*#!?\[\s*doc\s*\(\s*hidden\b/
const ABOVE = /^\s*(?:#|\/\/|$)/
const MAX_WORDS = 600
const MAX_ABOVE = 12

const known = new WeakMap<Component, boolean>()

export function isHidden(writing: Writing, component: Component): boolean {
  let hidden = known.get(component)
  if (hidden === undefined) {
    hidden = findHidden(writing, component)
    known.set(component, hidden)
  }
  return hidden
}

function findHidden(writing: Writing, component: Component): boolean {
  const { survey } = writing
  if (component.doc !== null && CALLED_PRIVATE.test(component.doc.slice(0, MAX_WORDS))) return true
  const { file, startLine, endLine, kind } = component
  if (MEASURES.test(component.name) || (kind === 'macro' && LINKS.test(component.name))) return true
  const { language } = survey.files.get(file) ?? {}
  // Another name for something, with the reason behind it.
  const [own = ''] = codeLines(survey, file, startLine, startLine)
  if (startLine === endLine && kind !== 'function' && KEPT.test(own.slice(-120)) && /(?:#|\/\/|\/\*)/.test(own))
    return true
  if (language === 'rust') return linesAbove(writing, component).some((line) => HIDDEN_ATTRIBUTE.test(line))
  return language === 'csharp' && component.signature.includes('#endif') && isBuiltInternal(writing, component)
}

/** Comments and attributes that stand directly above, the nearest first, and those that the definition begins with. */
function linesAbove({ survey }: Writing, { file, startLine, endLine }: Component): string[] {
  const above = codeLines(survey, file, Math.max(1, startLine - MAX_ABOVE), startLine - 1).toReversed()
  const end = above.findIndex((line) => !ABOVE.test(line) || line.trim() === '')
  const own = codeLines(survey, file, startLine, Math.min(endLine, startLine + MAX_ABOVE))
  const head = own.findIndex((line) => !ABOVE.test(line))
  return [...above.slice(0, end < 0 ? above.length : end), ...own.slice(0, head < 0 ? own.length : head)]
}

/** `#if !X`, `public`, `#endif` in a project that defines X. */
function isBuiltInternal({ survey, inventory }: Writing, { file, startLine }: Component): boolean {
  const lines = codeLines(survey, file, Math.max(1, startLine - 3), startLine + 3)
  const symbol = lines.map((line) => /^\s*#if\s+!\s*(\w+)\s*$/.exec(line)?.[1]).find((one) => one !== undefined)
  if (symbol === undefined) return false
  return inventory.files.some(
    ({ path, text }) =>
      path.endsWith('.csproj') && text?.includes('DefineConstants') === true && text.split(/\W+/).includes(symbol),
  )
}
