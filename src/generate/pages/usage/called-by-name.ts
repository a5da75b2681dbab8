/** Functions that code calls by a name that it puts together or holds as text: `'validate' . ucfirst($rule)`, `getattr(self, f"visit_{kind}")`, `send(:run)`. */

import { type Component, compareText } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isCode, type Survey } from '#generate/pages/survey.ts'

/** A place in code with what it makes of a name. */
export interface NamePlace {
  readonly file: string
  readonly line: number
}

interface Part extends NamePlace {
  readonly text: string
  readonly isWhole: boolean
  readonly language: string
}

/** What calls or takes a function by its name; what only asks whether there is one does not call it. */
const BY_NAME: Readonly<Record<string, RegExp>> = {
  python: /\b(?:getattr|methodcaller)\(/,
  ruby: /\b(?:public_send|send|__send__|try|method|instance_method)[( ]/,
  php: /\b(?:call_user_func(?:_array)?|array_map|usort)\(|(?:->|::)\$?\{?\$\w|\barray\(\$this,|\[\$this,/,
  javascript: /(?:\bthis|[\w$)\]])\[/,
}
const SAME: Readonly<Record<string, string>> = { jsx: 'javascript', tsx: 'javascript', typescript: 'javascript' }
/** Text that goes on with a value: in quotes and joined, or with a value inside. */
const BEGINS = /(["'])([A-Za-z_]\w{2,60})\1 ?[.+%] ?[$\w(]|["'`]([A-Za-z_]\w{2,60})(?:#\{|\$\{|\{\$?\w|\$\w|%s)/g
/** The name itself, as text or as a symbol. */
const WHOLE = /[(,] ?(?::|(["']))([A-Za-z_]\w{3,60}[!?]?)\1?[),\] ]/g
/** Lines behind in which the name that was put together may be used. */
const MAX_BEHIND = 14
const MAX_LINES = 20_000
const MAX_PARTS = 500
/** What more functions are called is no name of one. */
const MAX_ALIKE = 3
/** A short part says little outside of its own file. */
const LONG = 5

const known = new WeakMap<Survey, ReadonlyMap<string, readonly NamePlace[]>>()

/** Places that may call a function by its name. */
export function callsByName(survey: Survey, { id }: Component): readonly NamePlace[] {
  const found = known.get(survey) ?? findAll(survey)
  known.set(survey, found)
  return found.get(id) ?? []
}

function findAll(survey: Survey): Map<string, NamePlace[]> {
  const found = new Map<string, NamePlace[]>()
  const parts = partsIn(survey)
  if (parts.length === 0) return found
  const byName = new Map<string, Component[]>()
  for (const one of survey.components.values())
    if (one.kind === 'function' || one.kind === 'method') byName.set(one.name, [...(byName.get(one.name) ?? []), one])
  for (const [name, alike] of byName)
    for (const { text, isWhole, file, line, language } of parts) {
      if (isWhole ? name !== text || alike.length > MAX_ALIKE : !goesOn(name, text)) continue
      for (const one of alike) {
        if (languageOf(survey, one.file) !== language || (one.file === file && one.startLine === line)) continue
        if (!isWhole && text.length < LONG && one.file !== file) continue
        const places = found.get(one.id) ?? []
        if (!places.some((place) => place.file === file && place.line === line)) places.push({ file, line })
        found.set(one.id, places)
      }
    }
  return found
}

/** `validateMax` goes on with `validate`, `validated` does not. */
function goesOn(name: string, part: string): boolean {
  return (
    name.length > part.length &&
    name.startsWith(part) &&
    (part.endsWith('_') || /^[\p{Lu}_\d]/u.test(name.slice(part.length)))
  )
}

const languageOf = ({ files }: Survey, path: string): string => {
  const language = files.get(path)?.language ?? ''
  return SAME[language] ?? language
}

function partsIn(survey: Survey): Part[] {
  const parts: Part[] = []
  const paths = [...survey.files.values()]
    .filter((file) => isCode(file) && file.role === 'code')
    .map(({ path }) => path)
  for (const file of paths.sort(compareText)) {
    const language = languageOf(survey, file)
    const calls = BY_NAME[language]
    if (calls === undefined) continue
    const lines = codeLines(survey, file, 1, MAX_LINES).map((line) => line.slice(0, 300))
    const calling = lines.map((line) => calls.test(line))
    for (const [index, line] of lines.entries()) {
      if (parts.length >= MAX_PARTS) return parts
      if (!/["'`:]/.test(line) || /^\s*(?:#|\/\/|\*)/.test(line)) continue
      const add = (text: string, isWhole: boolean): number =>
        parts.push({ text, isWhole, file, line: index + 1, language })
      // An object of JavaScript is asked for what it holds in the same way: only in the brackets.
      const isNear =
        language === 'javascript' ? calling[index] : calling.slice(index, index + MAX_BEHIND).includes(true)
      if (isNear === true)
        for (const [, , joined, inside] of line.matchAll(BEGINS))
          if (language !== 'javascript' || /\[["'`]/.test(line)) add(joined ?? inside ?? '', false)
      if (calling[index] === true && language !== 'javascript')
        for (const [, , name = ''] of line.matchAll(WHOLE)) add(name, true)
    }
  }
  return parts
}
