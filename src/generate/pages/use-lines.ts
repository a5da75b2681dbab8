/** In which lines something uses a component, as far as code tells: those of it that name the component. */

import { type Component, compareText } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { isConstructor } from './calls.ts'
import { lineNames } from './code-lines.ts'
import type { Survey } from './survey.ts'
import type { Writing } from './writing.ts'

/** A line that uses a component. */
export interface UseLine {
  line: number
  /** What stands there: the component, the member of it that is used, or what the file calls it; `null` for a sign. */
  name: string | null
}

export interface Uses {
  /** The lines of a component, or of a file as a whole, that use it, in order; none where none is found. */
  lines(user: string): readonly UseLine[]
}

export function usesOf({ survey }: Writing, component: Component): Uses {
  return { lines: (user) => linesOf(survey, component, user) }
}

/** The lines of a user that use the component; where none does, those that use what is in it. */
function linesOf(survey: Survey, component: Component, user: string): UseLine[] {
  const own = linesUsing(survey, component, user)
  if (own.length > 0) return own
  const members = (survey.members.get(component.id) ?? []).filter(({ id }) => survey.users.get(id)?.has(user))
  return members
    .flatMap((member) => linesUsing(survey, member, user))
    .sort((a, b) => a.line - b.line || compareText(a.name ?? '', b.name ?? ''))
}

/** Of a function the lines that call it, if any does. */
function linesUsing(survey: Survey, component: Component, user: string): UseLine[] {
  const uses = survey.occurrences.usesOf(user, component.id).filter(({ kind }) => kind !== 'imports')
  const isFunction = component.kind === 'function' || component.kind === 'method'
  const called = isFunction ? uses.filter(({ kind }) => kind === 'calls') : []
  const byLine = new Map<number, UseLine>()
  for (const use of called.length > 0 ? called : uses)
    if (!byLine.has(use.line)) byLine.set(use.line, { line: use.line, name: nameAt(survey, component, use) })
  return [...byLine.values()].sort((a, b) => a.line - b.line)
}

/** How a use is written: by its name, by that of the type it makes, by the one that the file imports it as. */
function nameAt(survey: Survey, component: Component, { file, line }: Occurrence): string | null {
  const type = isConstructor(survey, component) ? survey.components.get(component.parent ?? '') : undefined
  const imported = survey.occurrences.bindingsOf(file).filter(({ to }) => to === component.id || to === type?.id)
  const names = [component.name, type?.name, ...imported.map(({ name }) => name)]
  return names.find((name) => name !== undefined && name !== '' && lineNames(survey, file, line, name)) ?? null
}
