/** Escapes text in doc comments that Markdown would misread, and converts old-style quotes to code spans. */

import { mapParagraphs } from './doc-paragraphs.ts'

const ELEMENTS = new Set(
  (
    'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt ' +
    'em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav nobr ol p picture pre q rp rt ruby ' +
    's samp section small source span strike strong sub summary sup svg table tbody td tfoot th thead time tr tt u ul var video wbr'
  ).split(' '),
)
/**
 * Matches code spans, unescaped tags, the `<` of `make<orbit::plan>` and the `[` of `make[Int](1)`, which would begin an
 * autolink and a link, and the backslashes of `'\'` and of patterns in quotes: `"\.png$"`.
 */
const TAG =
  /(?<!`)`+[^`]+`+|(?<=')\\(?=')|(?<=")\\(?=")|(?<!\\)\\(?<=["'][^"'\s]{0,40}\\)(?=[.$^+?/-][^"'\s]{0,60}["'])|(?<!\\)<(\/?)([A-Za-z][\w.-]{0,60})((?:\s[^<>\n]{0,200})?\/?)>|(?<!\\)<(?=[A-Za-z][\w.+-]{0,60}::)|(?<=\w)\[(?=(?:[^[\]\n`]|\[[^[\]\n`]{0,80}\]){0,80}\]\((?!symbol:|https?:|[./#<]))/g
const INDENTED = /^(?: {4}|\t)/

/** Escapes brackets that are neither HTML nor links: `<range>` of a grammar, `List<String>`, `make[Int](1)`. */
export function withPlainBrackets(markdown: string): string {
  if (!/<|\w\[|['"]\\['"]|\\[.$^+?/-]/.test(markdown)) return markdown
  return mapParagraphs(markdown, (text) => (INDENTED.test(text) ? text : text.replace(TAG, escapeUnknown)))
}

function escapeUnknown(whole: string, slash: string | undefined, name: string | undefined, rest = ''): string {
  if (whole === '<' || whole === '[' || whole === '\\') return `\\${whole}`
  return name === undefined || isElement(name) ? whole : `\\<${slash}${name}${rest}>`
}

/** Matches code spans, URLs, escaped characters, and runs of `*` and `_`. */
const MARKS = /(?<!`)`+[^`]+`+|\bhttps?:\/\/[^\s<>]+|\]\([^\s()]*\)|\\.|\*+|_+/g
const MARK = /^[*_]+$/
/** First and last characters of emphasised text, and characters that may precede and follow it: `(*see* below)`. */
const CAN_BEGIN = /^[\p{L}\p{N}\p{S}\\`[({<"'“‘@#&%*_~-]/u
const CAN_END = /[\p{L}\p{N}\p{S}`\])}>"'”’.,:;!?%…*_~-]$/u
const MAY_PRECEDE = /(?:^|[\s([{"'“‘>*_~|,:;—–-]|[^\p{ASCII}])$/u
const MAY_FOLLOW = /^(?:$|[\s.,:;!?)\]}"'”’<*_~|\\—–-]|[^\p{ASCII}])/u
const SIGN = /^[^\p{L}\p{N}\s]$/u

/** Escapes `*` and `_` that are not emphasis, as in globs, patterns and products: `"*\/*"`, `application/*`, `2*3*4`. */
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

/** Whether a run needs no escape: it begins or ends emphasis, or Markdown leaves it unchanged, as in `a * b` and `a_b`. */
function isMarkup(run: string, before: string, after: string): boolean {
  if (/^\s?$/.test(before) && /^\s?$/.test(after)) return true
  if (run.startsWith('_') && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)) return true
  // There is no word to emphasise between two punctuation marks.
  if (run.length === 1 && SIGN.test(before) && SIGN.test(after)) return false
  return (CAN_BEGIN.test(after) && MAY_PRECEDE.test(before)) || (CAN_END.test(before) && MAY_FOLLOW.test(after))
}

export const isElement = (name: string): boolean => ELEMENTS.has(name.toLowerCase())

/** A quotation such as `` `make' ``. */
const OLD_QUOTES = /(?<![\w`])`([^\s`'][^`'\n]{0,80})'(?![\w`'])/g

/** Turns old-style quotes such as `` `make' `` into code spans, unless the text has code spans already. */
export function withoutOldQuotes(text: string): string {
  if (!text.includes('`')) return text
  const quotes = text.match(OLD_QUOTES)?.length ?? 0
  return quotes > 0 && quotes === text.split('`').length - 1 ? text.replace(OLD_QUOTES, '`$1`') : text
}
