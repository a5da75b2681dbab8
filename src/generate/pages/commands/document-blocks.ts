/**
 * Finds possible commands in a document: code blocks, and inline code at the beginning of lines, each with the headings above
 * and the prose before it.
 */

import { Fences } from '#markdown/fences.ts'

export interface CodeBlock {
  /** The headings above, the outermost first. */
  titles: readonly string[]
  /** Number of the section. */
  section: number
  /** The prose between the previous heading or block and this one. */
  before: string
  /** Lines without prompts, comments and output. */
  lines: readonly string[]
  /** First line in the file, from 1. */
  line: number
  /** Whether it is inline code at the beginning of a line or list item. */
  isQuoted: boolean
  /** Whether it is code in a sentence that asks to run it: `- Run`. */
  isAsked: boolean
}

/** Matches the language of a fence. */
const LANGUAGE = /^(?:`+|~+)[ \t]{0,4}\{?([\w-]*)/
const SHELL = /^(?:sh|bash|shell|zsh|console|shell-?session|terminal|text|)$/i
const DIRECTIVE = /^\.\. (?:code|code-block|prompt|sourcecode)::\s*([\w-]*)/
const PROMPT = /^(?:[\w-]{0,40}\$|[%>]) {1,4}/
const MAX_PROSE = 2_000

/** The blocks of code of a document, and inline code at the beginning of lines and list items. */
export function codeBlocks(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  const above: { depth: number; title: string }[] = []
  const signs: string[] = []
  const fences = new Fences({ isIndented: true })
  let open: { line: number; lines: string[]; isShell: boolean } | undefined
  let [section, prose, last] = [0, '', '']
  /** Whether indented text is shell code; a reStructuredText directive may say otherwise, and at which margin its code begins. */
  let [isShell, margin] = [true, 4]
  const add = (line: number, lines: readonly string[], of: Pick<CodeBlock, 'isQuoted' | 'isAsked'>): void => {
    const titles = above.map(({ title }) => title)
    if (lines.length > 0) blocks.push({ titles, section, before: prose.slice(-MAX_PROSE), lines, line, ...of })
  }
  const close = (): void => {
    if (open?.isShell === true) add(open.line, typedIn(open.lines), { isQuoted: false, isAsked: false })
    if (open !== undefined) prose = ''
    open = undefined
  }
  const enter = (depth: number, title: string): void => {
    while ((above.at(-1)?.depth ?? 0) >= depth) above.pop()
    above.push({ depth, title: title.slice(0, 200) })
    section++
    prose = ''
  }
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim()
    const isInside = fences.open !== ''
    const indent = line.search(/\S/)
    // Below a reStructuredText title, tildes are not a fence.
    const isUnderline = !isInside && last !== '' && /^~+$/.test(trimmed) && trimmed.length >= last.length
    if (!isUnderline && fences.isCode(line)) {
      if (!isInside) {
        close()
        open = { line: at + 1, lines: [], isShell: SHELL.test(LANGUAGE.exec(trimmed)?.[1] ?? '') }
      } else if (fences.open === '') close()
      else open?.lines.push(trimmed)
    } else if (trimmed !== '' && (indent >= margin || /^(?: {4}|\t)/.test(line))) {
      open ??= { line: at + 1, lines: [], isShell }
      if (!/^:[\w-]+:/.test(trimmed)) open.lines.push(trimmed)
    } else if (trimmed !== '') {
      close()
      const [, language] = DIRECTIVE.exec(trimmed) ?? []
      isShell = language === undefined || SHELL.test(language)
      margin = language === undefined ? 4 : indent + 1
      if (trimmed.startsWith('.. ')) continue
      if (/^#{1,6} /.test(line)) enter(line.indexOf(' '), line.slice(line.indexOf(' ') + 1))
      else if (/^([=~^"'+*-])\1{2,}$/.test(trimmed) && last !== '') {
        const sign = trimmed.charAt(0)
        if (!signs.includes(sign)) signs.push(sign)
        enter(signs.indexOf(sign) + 1, last)
      } else {
        const told = quotedIn(line.slice(0, MAX_PROSE), last)
        if (told !== undefined) add(at + 1, typedIn([told]), { isQuoted: true, isAsked: ASKED.test(line) })
        prose = `${prose}${line.slice(0, MAX_PROSE)}\n`.slice(-MAX_PROSE)
      }
    }
    last = trimmed
  }
  close()
  return blocks
}

/** Matches a comment above commands that replace those before it, or that not everybody runs. */
const IS_CHOICE = /^#+\s{0,4}(?:alternatively|if|or|otherwise|when)\b/i
/** Matches a comment above one of multiple ways to do the same; the first one is used. */
const IS_OPTION = /^#+\s{0,4}option\b/i

/** The command lines of a block, up to a choice: after the prompts, if there are any, with continued lines joined. */
function typedIn(lines: readonly string[]): string[] {
  const hasPrompts = lines.some((line) => PROMPT.test(line))
  const typed: string[] = []
  let begun = ''
  for (const line of lines) {
    if (IS_CHOICE.test(line) || (typed.length > 0 && IS_OPTION.test(line))) break
    if (hasPrompts && begun === '' && !PROMPT.test(line)) continue
    const whole = (begun + line.replace(PROMPT, '')).slice(0, MAX_PROSE)
    begun = whole.endsWith('\\') ? whole.slice(0, -1) : ''
    const bare = begun === '' ? withoutComment(whole) : ''
    if (bare !== '') typed.push(bare)
  }
  return typed
}

/** The line up to a shell comment; `#` in quotes does not begin one. */
function withoutComment(line: string): string {
  if (line.startsWith('#')) return ''
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at)
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '"' || sign === "'") quote = sign
    else if (sign === ' ' && line.charAt(at + 1) === '#') return line.slice(0, at).trim()
  }
  return line.trim()
}

/** Matches prose that the command of the next line completes: `Test it with`. */
const LEADS_ON = /(?<!\b(?:not|without) )\b(?:by|execute|run|running|type|use|using|via|with)$/i
const IS_CONDITION = /\bif\b/i

/** Matches a list item that says what its command is for: `- Unit tests: `. */
const LABELS = /^ {0,8}(?:[-*+]|\w{1,3}[.)])[ \t]{1,4}[\p{L}][\p{L} &/-]{0,40}: {0,2}$/u
/** Matches a list item that asks to run its command: `b) use `. */
const ASKED = /^ {0,8}(?:[-*+]|\w{1,3}[.)])[ \t]{1,4}(?:just |please |then )?(?:execute|run|type|use) `/i

/** Matches the text that joins code to the code after it: `make`, then `make install`. */
const JOINS = /(?:[+&]|\b(?:and|then)) ?$/

/** Matches text after code that is the subject of its sentence: `is used to run tests`. */
const MENTIONED = /^\s(?:(?:can|may|will) be|are|is)\b/

/**
 * Inline code at the beginning of a list item or after its label, or at the beginning of a line that does not continue a sentence. Code within a sentence is only
 * mentioned.
 */
function quotedIn(line: string, last: string): string | undefined {
  // reStructuredText has two backticks, and code that contains one has more.
  const [before = '', quoted, after] = line.replace(/`{2,}/g, '`').split('`', 3)
  const isItem = /^(?:[-*+]|\d{1,3}[.)])$/.test(before.trim())
  const isLabelled = LABELS.test(before) || ASKED.test(`${before}\``)
  const isStart =
    before.trim() === '' && (!/[\p{L}\p{N},;(-]$/u.test(last) || (LEADS_ON.test(last) && !IS_CONDITION.test(last)))
  if (after === undefined || JOINS.test(after)) return undefined
  return isItem || isLabelled || (isStart && !MENTIONED.test(after)) ? quoted : undefined
}
