/** In which lines something uses a component, as far as code tells: those of it that name the component. */

import { type Component, compareText } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { code, type Inline } from '#markdown/build.ts'
import { isConstructor } from './calls.ts'
import { lineNames } from './code-lines.ts'
import type { Sources } from './sources.ts'
import type { Survey } from './survey.ts'
import { toFile, type Writing } from './writing.ts'

/** Of one user, and of one file. */
const MAX_LINES = 2
const MAX_LINES_OF_FILE = 3

/** Links to the lines that use one component. */
export interface Uses {
  /** ` (lines 12, 40 and 3 more)`, of a component or of a file as a whole; nothing where no line is found. */
  at(user: string): Inline[]
  /** The name of a file as a link to its first line, with the others behind it; to the file where no line is found. */
  inFile(path: string): Inline[]
}

export function usesOf(writing: Writing, component: Component): Uses {
  const { survey, sources, texts } = writing
  let users: ReadonlyMap<string, readonly string[]> | undefined
  const places = (path: string, lines: readonly Use[], max: number): Inline[] => {
    // One more is named as well: to say that it is there takes as much room.
    const shown = lines
      .slice(0, lines.length === max + 1 ? lines.length : max)
      .map((use) => toUse(sources, path, use, String(use.line)))
    return texts.atLines(shown, lines.length - shown.length)
  }
  return {
    at(user) {
      const lines = linesOf(survey, component, user)
      return lines.length === 0 ? [] : places(survey.components.get(user)?.file ?? user, lines, MAX_LINES)
    },
    inFile(path) {
      users ??= usersByFile(survey, component)
      const byLine = new Map(
        (users.get(path) ?? []).flatMap((user) => linesOf(survey, component, user)).map((use) => [use.line, use]),
      )
      const lines = [...byLine.values()].sort((a, b) => a.line - b.line)
      const [first] = lines
      if (first === undefined) return toFile(path)
      const name = toUse(sources, path, first, code(path))
      return lines.length === 1 ? name : [...name, ...places(path, lines, MAX_LINES_OF_FILE)]
    },
  }
}

interface Use {
  line: number
  /** What stands there: the component, the member of it that is used, or what the file calls it; `null` for a sign. */
  name: string | null
}

function toUse(sources: Sources, path: string, { line, name }: Use, ...label: Inline[]): Inline[] {
  return name === null ? sources.place(path, line, line, ...label) : sources.mention(path, line, name, ...label)
}

function usersByFile({ users, components }: Survey, { id }: Component): Map<string, string[]> {
  const files = new Map<string, string[]>()
  for (const end of users.get(id)?.keys() ?? []) {
    const path = components.get(end)?.file ?? end
    files.set(path, [...(files.get(path) ?? []), end])
  }
  return files
}

/** The lines of a user that use the component; where none does, those that use what is in it. */
function linesOf(survey: Survey, component: Component, user: string): Use[] {
  const own = linesUsing(survey, component, user)
  if (own.length > 0) return own
  const members = (survey.members.get(component.id) ?? []).filter(({ id }) => survey.users.get(id)?.has(user))
  return members
    .flatMap((member) => linesUsing(survey, member, user))
    .sort((a, b) => a.line - b.line || compareText(a.name ?? '', b.name ?? ''))
}

/** Of a function the lines that call it, if any does. */
function linesUsing(survey: Survey, component: Component, user: string): Use[] {
  const uses = survey.occurrences.usesOf(user, component.id).filter(({ kind }) => kind !== 'imports')
  const isFunction = component.kind === 'function' || component.kind === 'method'
  const called = isFunction ? uses.filter(({ kind }) => kind === 'calls') : []
  const byLine = new Map<number, Use>()
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
