/**
 * Finds descriptions of environment variables in a repository: comments of `.env` examples, and tables, lists and headings of
 * documents.
 */

import type { PhrasingContent } from 'mdast'
import type { SourceFile } from '#generate/model.ts'
import { isDocument } from '#generate/pages/readme/documents.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { isDotenvExample } from './environment-files.ts'

export interface VariableWords {
  sentence: PhrasingContent[]
  /** Position among all descriptions; variables described first are needed first. */
  order: number
}

const MAX_CHARS = 300_000
/** Limit on the characters of all documents. */
const MAX_TOTAL = 3_000_000
const MAX_LINE = 1_000
/** Limit on the lines below a heading that are searched. */
const MAX_BELOW = 8
const NAME = /(?<![A-Za-z0-9_])_{0,2}[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){0,12}/
const HISTORY = /(?:^|\/)(?:change|history|news|release|migrat|upgrad)/i
/** Matches a fact about a variable. */
const FACT =
  /^\W*(?:(?:allowed|possible|accepted|valid) )?(?:values?|defaults?|type|required|optional|example|env\w*|since|deprecated)\b\W{0,4}[:=|]/i

/** @param wanted - Names that the code reads. */
export function environmentWords(
  files: readonly SourceFile[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, VariableWords> {
  const found = new Map<string, VariableWords>()
  const tell = (name: string, text: string): void => {
    if (found.has(name)) return
    const sentence = tellingSentence(text.slice(0, MAX_LINE), name)
    if (sentence !== null) found.set(name, { sentence, order: found.size })
  }
  const examples = files.filter(({ path }) => isDotenvExample(path))
  const documents = files.filter((file) => isDocument(file) && !HISTORY.test(file.path))
  for (const { text } of examples) readExample(text?.slice(0, MAX_CHARS) ?? '', wanted, tell)
  let left = MAX_TOTAL
  for (const { text } of documents) {
    if (text === null || left <= 0) continue
    const part = text.slice(0, Math.min(MAX_CHARS, left))
    left -= part.length
    readDocument(part, wanted, tell)
  }
  return found
}

type Tell = (name: string, text: string) => void

/** Reads a comment above a variable or after its value. */
function readExample(text: string, wanted: ReadonlySet<string>, tell: Tell): void {
  let above: string[] = []
  for (const line of text.split('\n')) {
    const name = /^\s{0,8}(?:#\s?)?(?:export\s)?([A-Z_][A-Z0-9_]*)=/.exec(line)?.[1]
    if (name !== undefined) {
      const behind = line.indexOf(' # ')
      if (wanted.has(name)) tell(name, behind > 0 ? line.slice(behind + 3) : above.join(' '))
      above = []
    } else if (/^\s{0,8}#/.test(line))
      above.push(
        line
          .slice(0, MAX_LINE)
          .replace(/^[\s#]{1,12}/, '')
          .trim(),
      )
    else above = []
  }
}

const MAX_JOINED = 4

/** Joins the lines of each paragraph and list item, and replaces reference links by their texts. */
function joinLines(text: string): string[] {
  const lines: string[] = []
  let joined = 0
  for (const line of text.split('\n')) {
    const last = lines.at(-1) ?? ''
    const isMore =
      /^\s{1,8}[\p{L}\p{N}`*("]/u.test(line) &&
      !/^\s{1,8}[-*+] /.test(line) &&
      /^\s{0,8}[-*+] /.test(last) &&
      last.length < MAX_LINE &&
      joined < MAX_JOINED
    joined = isMore ? joined + 1 : 0
    if (isMore) lines[lines.length - 1] = `${last} ${line.trim()}`
    else lines.push(line)
  }
  return lines.map((line) =>
    line.slice(0, MAX_LINE).replace(/\[([^[\]]{1,100})\](?:\[[^[\]]{0,100}\]|(?![([:]))/g, '$1'),
  )
}

/** Reads table rows, list items, and the text below headings. */
function readDocument(text: string, wanted: ReadonlySet<string>, tell: Tell): void {
  let heading = ''
  let below = 0
  /** Indentation of a list item that acts as a heading; -1 for a heading. */
  let margin = -1
  for (const whole of joinLines(text)) {
    const line = whole.trim()
    const isHeading = line.startsWith('#')
    const isOutside = line !== '' && whole.search(/\S/) <= margin
    if (below-- <= 0 || isHeading || isOutside) heading = ''
    const name = NAME.exec(line)?.[0] ?? ''
    if (wanted.has(name)) {
      const rest = line.slice(line.indexOf(name) + name.length).replace(/^[`*"']{1,4}/, '')
      const before = line.slice(0, line.indexOf(name))
      if (line.startsWith('|')) tell(name, wordsOfRow(rest))
      else if (isHeading && !/\p{L}/u.test(before)) [heading, below, margin] = [name, MAX_BELOW, -1]
      else if (/^(?:[-*+]|\d{1,3}\.)?\s{0,4}[`*"']{0,4}$/.test(before)) {
        const said = /^\s{0,3}(?:\([^)]{0,80}\))?\s{0,3}(?::|[–—-])\s{1,4}(\S.*)$/.exec(rest)?.[1]
        if (said !== undefined && !FACT.test(said)) tell(name, said)
        else if (rest === '' && before !== '') [heading, below, margin] = [name, MAX_BELOW, whole.search(/\S/)]
      }
    } else if (heading !== '' && line !== '' && !/^[|>`:~]/.test(line) && !FACT.test(line) && !line.includes(' | ')) {
      tell(heading, line.replace(/^[-*+] /, ''))
    }
  }
}

/** The cell with the most words. */
function wordsOfRow(rest: string): string {
  const cells = rest.split('|').map((cell) => cell.trim())
  const words = (cell: string): number => cell.split(' ').length
  const [longest = ''] = cells.filter((cell) => words(cell) > 2).sort((a, b) => words(b) - words(a))
  return longest
}
