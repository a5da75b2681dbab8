/** In which lines something uses a component, as far as code tells: those of it that name the component. */

import { type Component, compareText, type SourceFile } from '#generate/model.ts'
import { code, type Inline } from '#markdown/build.ts'
import { bareCode } from './bare-code.ts'
import { calledAs, isCalledAt, lineAt, lineStarts, ownParts } from './source-order.ts'
import type { Survey } from './survey.ts'
import { toFile, type Writing } from './writing.ts'

/** A line that only makes a name known. */
const IMPORT = /^\s*(?:import|from|use|using|require|require_relative|#\s*include|package)\b|=\s*require\(/
const WORD = /[\p{L}\p{N}_$]/u
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
      .map(({ line, name }) => sources.mention(path, line, name, String(line)))
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
      const name = sources.mention(path, first.line, first.name, code(path))
      return lines.length === 1 ? name : [...name, ...places(path, lines, MAX_LINES_OF_FILE)]
    },
  }
}

interface Use {
  line: number
  /** What stands there: the component, or the member of it that is used. */
  name: string
}

function usersByFile({ users, components }: Survey, { id }: Component): Map<string, string[]> {
  const files = new Map<string, string[]>()
  for (const end of users.get(id)?.keys() ?? []) {
    const path = components.get(end)?.file ?? end
    files.set(path, [...(files.get(path) ?? []), end])
  }
  return files
}

/** The lines of a user that name the component; where none does, those that name what of it they use. */
function linesOf(survey: Survey, component: Component, user: string): Use[] {
  const own = linesNaming(survey, component, user)
  if (own.length > 0) return own
  const members = (survey.members.get(component.id) ?? []).filter(({ id }) => survey.users.get(id)?.has(user))
  return members
    .flatMap((member) => linesNaming(survey, member, user))
    .sort((a, b) => a.line - b.line || compareText(a.name, b.name))
}

function linesNaming(survey: Survey, component: Component, end: string): Use[] {
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
