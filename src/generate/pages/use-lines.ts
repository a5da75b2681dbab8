/** In which lines something uses a component, as far as code tells: those of it that name the component. */

import { type Component, compareText, type SourceFile } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { calledAs, isCalledAt, lineAt, lineStarts, ownParts } from './source-order.ts'
import type { Survey } from './survey.ts'
import type { Writing } from './writing.ts'

/** A line that only makes a name known. */
const IMPORT = /^\s*(?:import|from|use|using|require|require_relative|#\s*include|package)\b|=\s*require\(/
const WORD = /[\p{L}\p{N}_$]/u
/** A line that uses a component. */
export interface UseLine {
  line: number
  /** What stands there: the component, or the member of it that is used. */
  name: string
}

export interface Uses {
  /** The lines of a component, or of a file as a whole, that use it, in order; none where none is found. */
  lines(user: string): readonly UseLine[]
}

export function usesOf({ survey }: Writing, component: Component): Uses {
  return { lines: (user) => linesOf(survey, component, user) }
}

/** The lines of a user that name the component; where none does, those that name what of it they use. */
function linesOf(survey: Survey, component: Component, user: string): UseLine[] {
  const own = linesNaming(survey, component, user)
  if (own.length > 0) return own
  const members = (survey.members.get(component.id) ?? []).filter(({ id }) => survey.users.get(id)?.has(user))
  return members
    .flatMap((member) => linesNaming(survey, member, user))
    .sort((a, b) => a.line - b.line || compareText(a.name, b.name))
}

function linesNaming(survey: Survey, component: Component, end: string): UseLine[] {
  const user = survey.components.get(end)
  const file = survey.files.get(user?.file ?? end)
  if (file?.text == null) return []
  const text = bareCode(file) ?? file.text
  const lines = lineStarts(file, text)
  const parts = user === undefined ? [[0, text.length] as const] : ownParts(survey, user, lines, text.length)
  const name = calledAs(survey, component)
  // Stands on no line.
  if (name.includes('\n')) return []
  const found = parts.flatMap(([from, to]) => placesOf(text, name, from, to))
  // The declaration itself names it.
  if (user?.name === name) found.shift()
  const called =
    component.kind === 'function' || component.kind === 'method'
      ? found.filter((at) => isCalledAt(text, at + name.length))
      : []
  const numbers = new Set((called.length > 0 ? called : found).map((at) => lineAt(lines, at)))
  return [...numbers].filter((line) => !isImport(file, lines, line)).map((line) => ({ line, name }))
}

function placesOf(text: string, name: string, from: number, to: number): number[] {
  const places: number[] = []
  for (let at = text.indexOf(name, from); at >= 0 && at < to; at = text.indexOf(name, at + name.length)) {
    if (!WORD.test(text[at - 1] ?? '') && !WORD.test(text[at + name.length] ?? '')) places.push(at)
  }
  return places
}

function isImport({ text }: SourceFile, lines: readonly number[], line: number): boolean {
  return IMPORT.test(text?.slice(lines[line - 1], lines[line]) ?? '')
}
