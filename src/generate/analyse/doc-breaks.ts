/** Inserts the line breaks and indentation that doc comments rely on and Markdown would drop. */

import { withoutMargin } from '#generate/formats/indentation.ts'
import { Fences } from '#markdown/fences.ts'
import { areStatements } from './statement-lines.ts'

/** A line with a command after a `$` prompt, or with a box-drawing character at the start. */
const TYPED = /^(?:\$ \S|[\u2500-\u257f])/

/**
 * Indents paragraphs of commands, `$ orbit plan`, of box drawings and of statements as code, which keeps their line breaks.
 * A line with a colon may be directly above.
 */
export function withTypedLines(markdown: string): string {
  if (!/^(?:\$ |[\u2500-\u257f])|[(=]/m.test(markdown)) return markdown
  const fences = new Fences({ isIndented: true })
  return markdown
    .split(/(\n(?:[^\S\n]*\n)+|\n$)/)
    .map((part, index) => {
      const lines = part.split('\n')
      if (part.trim() === '' || lines.map((line) => fences.isCode(line)).includes(true)) return part
      const head = lines.length > 1 && lines[0]?.endsWith(':') === true ? lines.slice(0, 1) : []
      const code = lines.slice(head.length)
      // A part of indented code, which is indented more than its beginning.
      if (code.every((line) => /^(?: {4}|\t)/.test(line))) return part
      // The call of a function at the beginning is its name with its parameters.
      const isCode = code.every((line) => TYPED.test(line)) || (index + head.length > 0 && areStatements(code))
      return isCode
        ? [...head, ...head.map(() => ''), ...withoutMargin(code).map((line) => `    ${line}`)].join('\n')
        : part
    })
    .join('')
}

/** Limit on a title with the next word, in characters. */
const MAX_TITLE = 40
/** A title of up to four words, and the start of a sentence on the next line. */
const TITLED = /^(\p{Lu}[^\s.,:;!?`#|<>]*(?: [^\s.,:;!?`#|<>]+){0,3})\n(?=(\p{Lu}\p{Ll}+(?:\/\p{Ll}+)?(?: [^\s]+){2}))/u
/** Words that do not occur in titles: a line with one continues on the next line. */
const NOT_IN_TITLE =
  /(?:^|\s)(?:an?|and|are|as|at|by|for|from|if|in|into|is|its|new|no|of|on|or|that|the|this|to|when|with)(?:\s|$)/i

/** Separates a title from the text below it if the line was not wrapped: the next word would have fit on it. */
export function withTitleApart(markdown: string): string {
  const [, title = '', next = ''] = TITLED.exec(markdown.slice(0, 4 * MAX_TITLE)) ?? []
  const length = title.length + 1 + next.indexOf(' ')
  if (title === '' || length > MAX_TITLE || NOT_IN_TITLE.test(title)) return markdown
  return `${title}\n${markdown.slice(title.length)}`
}

/** Words that are capitalised only at the start of a sentence. */
const BEGINS =
  /^(?:An? [`\p{Ll}]|(?:Accepts|Adds|After|All|Allows|Also|Any|At|Before|By|Calls|Checks|Creates?|Declares?|Defaults|Defines?|Each|Every|Expects|For|From|Gets|Given|Handles|If|Ignores|In|Instead|Is|It|Its|May|Must|Note|On|Once|Only|Optionally|Otherwise|Provides|Raises|Requires|Retrieves?|Returns?|See|Sets|Should|Since|Some|Supports|That|The|Then|There|These|They|This|Those|Throws|To|Unless|Used?|Uses|Usually|We|When|Whenever|Where|While|Will|With|Without|You) (?!(?:and|or) )[`\p{L}])/u
/** The end of a line that continues on the next line, however that begins. */
const IS_OPEN =
  /(?:[^\p{L}\p{N}`)"']|(?:^|\s)(?:an?|and|are|as|at|by|called|for|from|if|in|into|is|its|named|no|not|of|on|or|than|that|the|this|to|when|with))$/u
/** Lists, tables, headings, quotes and code, whose line breaks Markdown keeps. */
const OWN_LINES = /^(?:\s{4}|\t|\s{0,3}(?:[-*+|>#@:=~\\`]|\d{1,3}[.)]\s))/
/** Announces the lines below it, which Markdown would join. */
const ANNOUNCES = /\b(?:the following|as follows):$/i
/** Shorter lines, in characters, are not separated from the next one. */
const MIN_LINE = 20

/** Inserts a blank line after a line without a full stop if the next line begins a sentence. */
export function withSentencesApart(markdown: string): string {
  if (!markdown.includes('\n')) return markdown
  const lines = markdown.split('\n')
  const fences = new Fences({ isIndented: true })
  return lines
    .map((line, index) => {
      const isCode = fences.isCode(line)
      const next = lines[index + 1] ?? ''
      const isEnd =
        !isCode &&
        line.length >= MIN_LINE &&
        !OWN_LINES.test(line) &&
        (ANNOUNCES.test(line.slice(-40))
          ? next.trim() !== '' && !OWN_LINES.test(next)
          : BEGINS.test(next) && !IS_OPEN.test(line.slice(-80)))
      return isEnd ? `${line}\n` : line
    })
    .join('\n')
}
