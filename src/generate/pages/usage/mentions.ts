/** Where the names of components stand in code: in no comment and no string. */

import { endOfQuote } from '#generate/formats/end-of-quote.ts'
import { type Component, compareText } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Survey } from '#generate/pages/survey.ts'

/** A line that names a component, without its strings and its comments, and what of it stands around the name. */
export interface Mention {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly before: string
  readonly behind: string
}

interface Mentions {
  readonly alike: readonly Component[]
  /** `null` where there are too many. */
  readonly mentions: readonly Mention[] | null
}

/** Lines with one name: what has more is told without a number. */
const MAX_MENTIONS = 400
const MAX_LINE = 1_000
const MAX_LINES = 40_000
const MAX_AROUND = 60
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu
const ROLES: ReadonlySet<string> = new Set(['code', 'test', 'example'])
const TEXT_BLOCKS: Readonly<Record<string, readonly string[]>> = {
  python: ['"""', "'''"],
  java: ['"""'],
  kotlin: ['"""'],
  scala: ['"""'],
  swift: ['"""'],
}
const BY_HASH: ReadonlySet<string> = new Set(['python', 'ruby', 'bash'])

interface Places {
  readonly alike: Component[]
  /** File, line and column of each name, in turn. */
  readonly at: number[]
}

const known = new WeakMap<Survey, { files: readonly string[]; names: ReadonlyMap<string, Places> }>()

/** Once for each line. */
export function mentionsOf(survey: Survey, name: string): Mentions {
  const found = known.get(survey) ?? findAll(survey)
  known.set(survey, found)
  const { alike = [], at = [] } = found.names.get(name) ?? {}
  if (at.length > 3 * MAX_MENTIONS) return { alike, mentions: null }
  const mentions: Mention[] = []
  for (let index = 0; index < at.length; index += 3) {
    const [number = 0, line = 0, column = 0] = at.slice(index, index + 3)
    const file = found.files[number] ?? ''
    const last = mentions.at(-1)
    if (last?.file === file && last.line === line) continue
    const [text = ''] = codeLines(survey, file, line, line)
    mentions.push({
      file,
      line,
      text,
      before: text.slice(Math.max(0, column - MAX_AROUND), column),
      behind: text.slice(column + name.length, column + name.length + MAX_AROUND),
    })
  }
  return { alike, mentions }
}

function findAll(survey: Survey): { files: readonly string[]; names: ReadonlyMap<string, Places> } {
  const names = new Map<string, Places>()
  for (const one of survey.components.values()) {
    const places = names.get(one.name)
    if (places === undefined) names.set(one.name, { alike: [one], at: [] })
    else places.alike.push(one)
  }
  const files = [...survey.files.values()]
    .filter(({ role, text, language }) => ROLES.has(role) && text !== null && language !== null)
    .map(({ path }) => path)
    .sort(compareText)
  for (const [number, path] of files.entries()) {
    const language = survey.files.get(path)?.language ?? ''
    let open = ''
    for (const [index, whole] of codeLines(survey, path, 1, MAX_LINES).entries()) {
      if (whole.length > MAX_LINE) continue
      const blank = blankOf(whole, language, open)
      open = blank.open
      for (const { 0: word, index: column } of blank.text.matchAll(WORD)) {
        const sign = blank.text[column + word.length] ?? ''
        const places = (sign === '?' || sign === '!' ? names.get(word + sign) : undefined) ?? names.get(word)
        if (places !== undefined && places.at.length <= 3 * MAX_MENTIONS) places.at.push(number, index + 1, column)
      }
    }
  }
  return { files, names }
}

/** A line with spaces for its comments and strings, and what ends the comment or text that goes on in the next; '' for none. */
function blankOf(line: string, language: string, open: string): { text: string; open: string } {
  let [from, text] = [0, '']
  if (open !== '') {
    const end = line.indexOf(open)
    if (end < 0) return { text: '', open }
    from = end + open.length
    text = ' '.repeat(from)
  }
  if (!/["'`]|\/[/*]|#/.test(line)) return { text: text + line.slice(from), open: '' }
  const blocks = TEXT_BLOCKS[language] ?? []
  const isHash = BY_HASH.has(language)
  while (from < line.length && !line.startsWith(isHash ? '#' : '//', from)) {
    const block = blocks.find((sign) => line.startsWith(sign, from))
    const end = block ?? (!isHash && line.startsWith('/*', from) ? '*/' : undefined)
    if (end !== undefined) {
      const at = line.indexOf(end, from + end.length)
      if (at < 0) return { text, open: end }
      text += ' '.repeat(at + end.length - from)
      from = at + end.length
      continue
    }
    const sign = line.charAt(from)
    const close = sign === '"' || sign === "'" || sign === '`' ? endOfQuote(line, from) : -1
    // A lifetime of Rust.
    const isText = close >= 0 && !(language === 'rust' && sign === "'" && close > from + 3)
    text += isText ? ' '.repeat(close + 1 - from) : sign
    from = isText ? close + 1 : from + 1
  }
  return { text, open: '' }
}
