/** Escapes words in doc comments that Markdown would misread. */

import { mapParagraphs } from './doc-paragraphs.ts'

const ELEMENTS = new Set(
  (
    'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt ' +
    'em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav nobr ol p picture pre q rp rt ruby ' +
    's samp section small source span strike strong sub summary sup svg table tbody td tfoot th thead time tr tt u ul var video wbr'
  ).split(' '),
)
/** Matches code spans, unescaped tags, `make<orbit::plan>` and `make[Int](1)`, which would be an autolink and a link, and the backslash of `'\'`. */
const TAG =
  /(?<!`)`+[^`]+`+|(?<=')\\(?=')|(?<=")\\(?=")|(?<!\\)<(\/?)([A-Za-z][\w.-]{0,60})((?:\s[^<>\n]{0,200})?\/?)>|(?<!\\)<(?=[A-Za-z][\w.+-]{0,60}::)|(?<=\w)\[(?=(?:[^[\]\n`]|\[[^[\]\n`]{0,80}\]){0,80}\]\((?!symbol:|https?:|[./#<]))/g
const INDENTED = /^(?: {4}|\t)/

/** Keeps text in brackets that is neither an HTML element nor a link: `<range>` of a grammar, `List<String>`, `make[Int](1)`. */
export function withPlainBrackets(markdown: string): string {
  if (!/<|\w\[|['"]\\['"]/.test(markdown)) return markdown
  return mapParagraphs(markdown, (text) => (INDENTED.test(text) ? text : text.replace(TAG, escapeUnknown)))
}

function escapeUnknown(whole: string, slash: string | undefined, name: string | undefined, rest = ''): string {
  if (whole === '<' || whole === '[' || whole === '\\') return `\\${whole}`
  return name === undefined || isElement(name) ? whole : `\\<${slash}${name}${rest}>`
}

/** Matches code spans, addresses, what is escaped, and runs of `*` and `_`. */
const MARKS = /(?<!`)`+[^`]+`+|\bhttps?:\/\/[^\s<>]+|\]\([^\s()]*\)|\\.|\*+|_+/g
const MARK = /^[*_]+$/
/** What emphasis is put around, and what may precede and follow it: `(*see* below)`. */
const CAN_BEGIN = /^[\p{L}\p{N}\p{S}\\`[({<"'“‘@#&%*_~-]/u
const CAN_END = /[\p{L}\p{N}\p{S}`\])}>"'”’.,:;!?%…*_~-]$/u
const MAY_PRECEDE = /(?:^|[\s([{"'“‘>*_~|,:;—–-]|[^\p{ASCII}])$/u
const MAY_FOLLOW = /^(?:$|[\s.,:;!?)\]}"'”’<*_~|\\—–-]|[^\p{ASCII}])/u
const SIGN = /^[^\p{L}\p{N}\s]$/u

/** Keeps the signs of globs, patterns and products, which are no emphasis: `"*\/*"`, `application/*`, `2*3*4`. */
export function withPlainAsterisks(markdown: string): string {
  if (!/[*_]/.test(markdown)) return markdown
  return mapParagraphs(markdown, (text) =>
    INDENTED.test(text)
      ? text
      : text.replace(MARKS, (run: string, at: number) => {
          if (!MARK.test(run)) return run
          const [before, after] = [
            text.slice(Math.max(0, at - 1), at),
            text.slice(at + run.length, at + run.length + 1),
          ]
          return isMarkup(run, before, after) ? run : run.replace(/./g, '\\$&')
        }),
  )
}

/** Whether a run of marks begins or ends emphasis, or is no mark of Markdown at all, as in `a * b` and `a_b`. */
function isMarkup(run: string, before: string, after: string): boolean {
  if (/^\s?$/.test(before) && /^\s?$/.test(after)) return true
  if (run.startsWith('_') && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)) return true
  // Between two signs there is no word that it could begin or end.
  if (run.length === 1 && SIGN.test(before) && SIGN.test(after)) return false
  return (CAN_BEGIN.test(after) && MAY_PRECEDE.test(before)) || (CAN_END.test(before) && MAY_FOLLOW.test(after))
}

export const isElement = (name: string): boolean => ELEMENTS.has(name.toLowerCase())

const OLD_QUOTES = /(?<![\w`])`([^\s`'][^`'\n]{0,80})'(?![\w`'])/g

/** Turns old-style quotes such as `` `make' `` into code spans, unless the text has code spans already. */
export function withoutOldQuotes(text: string): string {
  if (!text.includes('`')) return text
  const quotes = text.match(OLD_QUOTES)?.length ?? 0
  return quotes > 0 && quotes === text.split('`').length - 1 ? text.replace(OLD_QUOTES, '`$1`') : text
}

/** A command as it is typed, or a line of a drawing. */
const TYPED = /^(?:\$ \S|[\u2500-\u257f])/

/** Makes paragraphs of typed commands, `$ orbit plan`, and of drawings code: their lines are no sentences. */
export function withTypedLines(markdown: string): string {
  if (!/^(?:\$ |[\u2500-\u257f])/m.test(markdown)) return markdown
  return mapParagraphs(markdown, (text) => {
    const lines = text.split('\n')
    return lines.every((line) => TYPED.test(line)) ? lines.map((line) => `    ${line}`).join('\n') : text
  })
}

const MAX_TITLE = 40
/** A title of up to four words, and a line behind it that begins a sentence. */
const TITLED = /^(\p{Lu}[^\s.,:;!?`#|<>]*(?: [^\s.,:;!?`#|<>]+){0,3})\n(?=(\p{Lu}\p{Ll}+(?: [^\s]+){2}))/u
/** Words that a title neither holds nor ends with: the line goes on in the next one. */
const GOES_ON =
  /(?:^|\s)(?:an?|and|are|as|at|by|for|from|if|in|into|is|its|new|no|of|on|or|that|the|this|to|when|with)(?:\s|$)/i

/** Parts a title from the text below it, where the first word of that would have had room behind the title. */
export function withTitleApart(markdown: string): string {
  const [, title = '', next = ''] = TITLED.exec(markdown.slice(0, 4 * MAX_TITLE)) ?? []
  const length = title.length + 1 + next.indexOf(' ')
  if (title === '' || length > MAX_TITLE || GOES_ON.test(title)) return markdown
  return `${title}\n${markdown.slice(title.length)}`
}

/** Words that begin a sentence, and have no capital anywhere else. */
const BEGINS =
  /^(?:An? [`\p{Ll}]|(?:Accepts|Adds|After|All|Allows|Also|Any|At|Before|By|Calls|Checks|Creates|Defaults|Each|Every|Expects|For|From|Gets|Given|Handles|If|Ignores|In|Instead|Is|It|Its|May|Must|Note|On|Once|Only|Optionally|Otherwise|Provides|Raises|Requires|Returns?|See|Sets|Should|Since|Some|Supports|That|The|Then|There|These|They|This|Those|Throws|To|Unless|Used?|Uses|Usually|We|When|Whenever|Where|While|Will|With|Without|You) [`\p{L}])/u
/** The end of a line that goes on in the next one, whatever that begins with. */
const IS_OPEN =
  /(?:[^\p{L}\p{N}`)"']|(?:^|\s)(?:an?|and|are|as|at|by|called|for|from|if|in|into|is|its|named|no|not|of|on|or|than|that|the|this|to|when|with))$/u
/** Lists, tables, titles, quotes and code have lines of their own. */
const OWN_LINES = /^(?:\s{4}|\t|\s{0,3}(?:[-*+|>#@:=~\\`]|\d{1,3}[.)]\s))/
const MIN_LINE = 20

/** Parts a line that ends without a full stop from a sentence that begins below it. */
export function withSentencesApart(markdown: string): string {
  if (!markdown.includes('\n')) return markdown
  const lines = markdown.split('\n')
  let isCode = false
  return lines
    .map((line, index) => {
      if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode
      const next = lines[index + 1] ?? ''
      const isEnd =
        !isCode &&
        line.length >= MIN_LINE &&
        BEGINS.test(next) &&
        !OWN_LINES.test(line) &&
        !IS_OPEN.test(line.slice(-80))
      return isEnd ? `${line}\n` : line
    })
    .join('\n')
}
