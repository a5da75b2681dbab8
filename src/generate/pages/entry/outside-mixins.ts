/** Modules from outside of the repository that a class of Ruby mixes in: what it can do beside its own code is from there. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Survey } from '#generate/pages/survey.ts'

/** Lines of a body that are looked at. */
const MAX_LINES = 400
const MIXES =
  /^(\s+)(?:include|prepend)[ (]\s{0,4}((?:::)?[A-Z][\w:]*(?:,\s{0,4}(?:::)?[A-Z][\w:]*){0,8})\)?\s*(?:#.*)?$/

/** As they are written, in order, with their lines. */
export function outsideMixins(
  survey: Survey,
  { kind, file, startLine, endLine }: Component,
): { name: string; line: number }[] {
  if ((kind !== 'class' && kind !== 'namespace') || survey.files.get(file)?.language !== 'ruby') return []
  const own = namesOf(survey)
  const lines = codeLines(survey, file, startLine, Math.min(endLine, startLine + MAX_LINES))
  const margin = (line: string): number => line.length - line.trimStart().length
  // Of what is directly in its body, not in that of a class inside.
  const body = lines.slice(1).find((line) => line.trim() !== '')
  const found: { name: string; line: number }[] = []
  for (const [at, line] of lines.entries()) {
    const [, , names = ''] = MIXES.exec(line.slice(0, 300)) ?? []
    if (names === '' || margin(line) !== margin(body ?? '')) continue
    for (const name of names.split(/,\s*/)) {
      const last = name.split('::').at(-1) ?? ''
      if (!own.has(last)) found.push({ name, line: startLine + at })
    }
  }
  return found
}

const known = new WeakMap<Survey, ReadonlySet<string>>()

/** What the repository itself defines. */
function namesOf(survey: Survey): ReadonlySet<string> {
  const names = known.get(survey) ?? new Set([...survey.components.values()].map(({ name }) => name))
  known.set(survey, names)
  return names
}
