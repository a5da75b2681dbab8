/**
 * Finds descriptions of environment variables in a repository: comments of `.env` examples, and tables, lists and headings of
 * documents.
 */

import type { PhrasingContent } from 'mdast'
import { hasText } from '#base/find-text.ts'
import type { SourceFile } from '#generate/model.ts'
import { isDocument, isTranslated } from '#generate/pages/readme/documents.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { Fences } from '#markdown/fences.ts'
import { isDotenvExample } from './environment-files.ts'
import { MAN_PAGE, plainManPage } from './man-pages.ts'

export interface VariableWords {
  sentence: PhrasingContent[]
  /** Position among all descriptions; variables described first are needed first. */
  order: number
  /** The default that the document gives. */
  default?: string
}

const MAX_CHARS = 300_000
/** Limit on the characters of all documents. */
const MAX_TOTAL = 3_000_000
const MAX_LINE = 1_000
/** Limit on the lines below a heading that are searched. */
const MAX_BELOW = 12
const NAME = /(?<![A-Za-z0-9_])_{0,2}[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]{1,60}){0,12}(?![A-Za-z0-9_])/
const HISTORY = /(?:^|\/)(?:change|history|news|release|migrat|upgrad)/i
/** Matches a fact about a variable. */
const FACT =
  /^\W*(?:(?:allowed|possible|accepted|valid) )?(?:values?|defaults?|type|required|optional|example|env\w*|since|deprecated)\b\W{0,4}[:=|]/i

/** Matches the continuation of a sentence, and a URL. */
const PART = /^\W{0,4}(?:and|but|or|so|then)\b|^\W{0,4}[\w.+-]{1,20}\\?:\/\//
/** Matches text that may follow the name of a variable in a heading about it: its value, a link, an anchor. */
const OF_HEADING = /^=[^`\s]{1,60}|\([^()]{0,80}\)|\{:? ?#[\w-]{1,80} ?\}|(?:environment )?variables?/gi

/** @param wanted - Names that the code reads. */
export function environmentWords(
  files: readonly SourceFile[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, VariableWords> {
  const found = new Map<string, VariableWords>()
  const add: Add = (name, text, given = defaultIn(text), isWhole = false) => {
    const isPart = PART.test(text)
    const known = found.get(name)
    // A later line below the same heading may give the default.
    if (known !== undefined && given !== undefined && ONLY_DEFAULT.test(text)) known.default ??= given
    const sentence =
      known !== undefined || isPart || GIVES_DEFAULT.test(text) || POINTS.test(text)
        ? null
        : tellingSentence(text.slice(0, MAX_LINE), name, isWhole)
    if (sentence === null) return
    found.set(name, {
      sentence,
      order: found.size,
      ...(given === undefined ? {} : { default: given }),
    })
  }
  const examples = files.filter(({ path }) => isDotenvExample(path))
  const documents = files
    .filter(({ path }) => !HISTORY.test(path) && !isTranslated(path))
    .flatMap((file): { path: string; text: string | null }[] =>
      isDocument(file) ? [file] : MAN_PAGE.test(file.path) ? [plainManPage(file)] : [],
    )
  for (const { text } of examples) readExample(text?.slice(0, MAX_CHARS) ?? '', wanted, add)
  let left = MAX_TOTAL
  const read: { descriptions: Parameters<Add>[]; mentions: Parameters<Add>[] }[] = []
  for (const { path, text } of documents) {
    if (text === null || left <= 0) continue
    const part = text.slice(0, Math.min(MAX_CHARS, left))
    left -= part.length
    const descriptions: Parameters<Add>[] = []
    const mentions: Parameters<Add>[] = []
    readDocument(
      { path, text: part },
      wanted,
      (...args) => void descriptions.push(args),
      (...args) => void mentions.push(args),
    )
    // `{{.NAME}}` is a variable of templates, whatever the environment has.
    const hasTemplates = part.includes('{{.')
    const isOwn = ([name]: Parameters<Add>): boolean => !hasTemplates || !hasText(part, `{{.${name}}}`)
    read.push({ descriptions: descriptions.filter(isOwn), mentions: mentions.filter(isOwn) })
  }
  // A reference that lists all variables describes each better than a document that mentions one.
  for (const { descriptions } of read.sort((a, b) => namesIn(b.descriptions) - namesIn(a.descriptions)))
    for (const args of descriptions) add(...args)
  for (const { mentions } of read) for (const args of mentions) add(...args)
  return found
}

/** @param isWhole - Whether a short text keeps all its sentences. */
type Add = (name: string, text: string, given?: string, isWhole?: boolean) => void

const namesIn = (descriptions: readonly Parameters<Add>[]): number => new Set(descriptions.map(([name]) => name)).size

/** The default at the end of a phrase: ``Default: `never`.``, ``(default: `4`)``. */
function defaultIn(text: string): string | undefined {
  const [, quoted, plain] = ONLY_DEFAULT.exec(text) ?? []
  return (
    quoted ??
    plain ??
    /(?:^|[\s(])defaults?(?: value)?(?: is| to|:)? `{1,2}([^`]{1,80})`{1,2}(?=[.,;)]|$)/i.exec(text)?.[1]
  )
}

/** Matches a sentence that only gives the default: ``By default, this is set to `4`.`` */
const ONLY_DEFAULT =
  /^by default,? (?:it|this) is (?:set to )?(?:`{1,2}([^`]{1,80})`{1,2}|(-?\d(?:[\w.]{0,40}\w)?|"[^"]{0,60}"))\.?$/i

/** Matches a sentence that begins with the default, and does not say what a variable is for: `Defaults to 4.` */
const GIVES_DEFAULT = /^defaults? (?:is|to)\b/i

/** Matches a sentence that only points to the documentation of another project. */
const POINTS =
  /^(?:this is an? (?:regular|standard|usual)\b|[\w-]{1,40}-specific\b).{0,60}\b(?:details|read more|see)\b/i

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'[^']*')/

const ASSIGNMENT = /^\s{0,8}(?:#\s?)?(?:export\s)?([A-Z_][A-Z0-9_]*)=/
/** Limit on the characters of the title of a comment. */
const MAX_TITLE = 40

/** Reads a comment after the value of a variable, or above it if no further variable is directly below; not advice such as `Uncomment this`. */
function readExample(text: string, wanted: ReadonlySet<string>, add: Add): void {
  let above: string[] = []
  const lines = text.split('\n')
  for (const [at, line] of lines.entries()) {
    const [start = '', name] = ASSIGNMENT.exec(line) ?? []
    if (name !== undefined) {
      const commentStart = line.indexOf(' # ', start.length + (QUOTED.exec(line.slice(start.length))?.[0].length ?? 0))
      const isOfOthers = ASSIGNMENT.test(lines[at + 1] ?? '') || above.some((one) => /\buncomment\b/i.test(one))
      const words = commentStart > 0 ? line.slice(commentStart + 3) : isOfOthers ? '' : sentencesOf(above)
      if (wanted.has(name)) add(name, words, undefined, true)
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

/** Joins the lines of a comment; a title is followed by a colon. */
const sentencesOf = (lines: readonly string[]): string =>
  lines
    .map((line, at) =>
      line.length <= MAX_TITLE && /[\p{L}\p{N})]$/u.test(line) && /^\p{Lu}/u.test(lines[at + 1] ?? '')
        ? `${line}:`
        : line,
    )
    .join(' ')

const MAX_JOINED = 12
/** Matches the mark of a definition below its term: `: Where plans are kept.` */
const DEFINITION = /^:[ \t]{1,8}(?=\S)/
/** Matches the mark of a list item, or the two of the first cell of a row in a `list-table` of reStructuredText. */
const ITEM = /^\s{0,8}(?:[-*+]|\d{1,3}\.)(?:\s{1,3}[-*+])?\s/
/** Matches the start of a line of prose. */
const PROSE = /^(?!`{3})[\p{L}\p{N}`*("]/u
/** Matches the start of a line on a variable: `ORBIT_HOME …`, `HOME=…`. */
const NAMED = /^\W{0,12}[A-Z][A-Z0-9]{0,60}(?:_[A-Z0-9]|[`*"']{0,4}\s{0,3}[:=])/
/** Matches lines that the next line does not continue: empty ones, headings, tables, directives, code, drawings. */
const ENDS = /^\s*(?:$|[#|>~+=:.]|```|[-=~^*]{3})/

/** Matches the end of a line that the next one continues, whatever that begins with. */
const IS_OPEN = /(?:(?:^|\s)(?:an?|and|as|by|for|from|in|is|of|on|or|than|the|to|with)|['’]s)$/

/** Joins the lines of each paragraph and list item, and replaces reference links by their texts. */
function joinLines(text: string): string[] {
  const lines: string[] = []
  let joined = 0
  for (const written of text.split('\n')) {
    const line = written.replace(DEFINITION, '')
    const last = lines.at(-1) ?? ''
    const indent = line.search(/\S/)
    const isOpen = IS_OPEN.test(last.slice(-20))
    const isMore =
      (PROSE.test(line.trimStart()) || (isOpen && /^\s{0,3}['[]/.test(line))) &&
      !ITEM.test(line) &&
      last.length < MAX_LINE &&
      joined < MAX_JOINED &&
      (ITEM.test(last)
        ? indent > last.search(/\S/)
        : !ENDS.test(last) && indent === last.search(/\S/) && (isOpen || !NAMED.test(line)))
    joined = isMore ? joined + 1 : 0
    if (isMore) lines[lines.length - 1] = `${last} ${line.trim()}`
    else lines.push(line)
  }
  return lines.map((line) =>
    line
      .slice(0, MAX_LINE)
      // Brackets in code, or around an option, are not a link.
      .replace(/(`[^`]{1,200}`)|\[(?!-)([^[\]]{1,100})\](?:\[[^[\]]{0,100}\]|(?![([:]))/g, '$1$2'),
  )
}

/** Matches text that may precede the name that a list item, a line or a directive is about. */
const LABEL = /^(?:(?:[-*+]\s{1,3}){1,2}|\d{1,3}\.\s|\.\. envvar::\s)?\s{0,4}[`*"'$]{0,4}$/
/** Matches text that follows the name in a sentence about it: `is the …`, `sets …`. */
const SAYS =
  /^ (?:\([^)]{0,80}\) )?(?:environment variable )?(?:is (?:an?|the)|will be|(?:can|may) be used to|sets?|controls|specif(?:y|ies)|defines?|determines?|enables?|disables?|overrides?|tells?|selects?|limits?|contains?|points to|holds|allows?|turns|changes)\b/
/** Matches the other names in a sentence about multiple variables: ``, `HTTPS_PROXY` and `ALL_PROXY` ``. */
const LISTED = /^(?:(?:, |,? and |,? or )`?[A-Z][A-Z0-9_]{1,60}`?(?![A-Za-z0-9_])){1,6}/
/** Matches the beginning of a sentence on the effect of setting a variable. */
const IF_SET = /^(?:[-*+]\s{1,3})?(?:If|When|Set) (?:the )?(?:environment variable )?[`*"'$]{0,4}(?=[A-Z])/
const IS_SET = /^ (?:environment variable )?(?:is|to)\b/

/** Matches a role of reStructuredText: ``:file:`~/.orbit` ``, ``:ref:`its title <label>` ``. */
const ROLE = /:[a-z][a-z:+-]{0,30}:`([^`<\n]{1,200})(<[^>`\n]{0,200}>)?`/g
const withoutRole = (_: string, words: string, target?: string): string =>
  target === undefined ? `\`${words}\`` : words.trimEnd()

/** Matches a link of AsciiDoc: `https://orbit.dev/#plans[its plans]`. */
const ASCIIDOC_LINK = /(?<!\w)(?:link:|https?:\/\/)[^\s[\]]{1,300}\[([^[\]\n]{1,100})\]/g

/** Matches the title of a note that a variable is gone: `!!! failure "Removed in v3"`. */
const REMOVED = /^(?:!!!|\?\?\?\+?|:::)[^\n]{0,40}\b(?:deprecated|obsolete|removed)\b/i

/** Reads table rows, list items, sentences, and the text below headings. */
function readDocument(
  { path, text }: { path: string; text: string },
  wanted: ReadonlySet<string>,
  add: Add,
  mention: Add,
): void {
  const isMarkdown = /\.(?:md|markdown)$/i.test(path)
  let heading = ''
  let below = 0
  /** Indentation of a list item that acts as a heading; -1 for a heading. */
  let margin = -1
  /** Position of the defaults in the rows of a table; -1 if there are none. */
  let column = -1
  const fences = new Fences({ isIndented: true })
  for (const whole of joinLines(isMarkdown ? text : text.replace(ROLE, withoutRole).replace(ASCIIDOC_LINK, '$1'))) {
    const line = whole.trim()
    // In other formats, `~~~` may underline a title.
    const isExample = (isMarkdown || !line.startsWith('~')) && fences.isCode(line)
    const isHeading = line.startsWith('#')
    const isOutside = line !== '' && whole.search(/\S/) <= margin
    if (below-- <= 0 || isHeading || isOutside || REMOVED.test(line)) heading = ''
    const [start = ''] = IF_SET.exec(line) ?? []
    const name = NAME.exec(line.slice(start.length))?.[0] ?? ''
    const cells = cellsOf(line)
    // The first bar of a row may be missing.
    const isRow = line.startsWith('|') || cells.length > 2
    if (!isRow) column = -1
    else if (column === -1) column = cells.findIndex((cell) => /^\W*default/i.test(cell))
    const before = line.slice(0, line.indexOf(name))
    const rest = line.slice(before.length + name.length).replace(/^[`*"']{1,4}/, '')
    const isWanted = wanted.has(name)
    const isOfHeading = heading !== '' && line.includes(heading)
    // `$ NAME=1 run` is a command above a table.
    if (isWanted && isRow && !/\p{L}/u.test(before) && !rest.startsWith('='))
      add(name, wordsOfRow(rest), literalCell(cells[column]))
    else if (isWanted && isHeading && !/\p{L}/u.test(before) && !/\p{L}/u.test(rest.replace(OF_HEADING, '')))
      [heading, below, margin] = [name, MAX_BELOW, -1]
    else if (isWanted && LABEL.test(before)) {
      const words = /^\s{0,3}(?:\([^)]{0,80}\))?\s{0,3}(?:::?|[–—-])\s{1,4}(\S.*)$/.exec(rest)?.[1]
      const [listed = ''] = LISTED.exec(rest) ?? []
      if (words !== undefined && !FACT.test(words)) add(name, words)
      else if (SAYS.test(rest.slice(listed.length))) {
        for (const one of [name, ...(listed.match(/[A-Z]\w+/g) ?? [])])
          if (wanted.has(one)) mention(one, `\`${name}\`${rest}`)
      } else if (rest === '' && before !== '') [heading, below, margin] = [name, MAX_BELOW, whole.search(/\S/)]
    } else if (isWanted && !isOfHeading && before === start && start !== '' && IS_SET.test(rest))
      mention(name, line.replace(/^[-*+]\s{1,3}/, ''))
    else if (
      heading !== '' &&
      line !== '' &&
      !isExample &&
      !/^(?:[#|>`:~=]|!!!)/.test(line) &&
      !FACT.test(line) &&
      !line.includes(' | ')
    )
      add(heading, line.replace(/^[-*+] /, ''))
  }
}

/** A bar within a cell is written `\|`. */
const cellsOf = (row: string): string[] => row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))

/** The value in a cell, if it is only code. */
const literalCell = (cell = ''): string | undefined => /^`{1,2}([^`]{1,80})`{1,2}$/.exec(cell)?.[1]

/** The cell with the most words. */
function wordsOfRow(rest: string): string {
  const words = (cell: string): number => cell.split(' ').length
  const [longest = ''] = cellsOf(rest)
    .filter((cell) => words(cell) > 2)
    .sort((a, b) => words(b) - words(a))
  return longest
}
