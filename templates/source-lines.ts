/**
 * Converts the text of a file to HTML, with an element for each line whose id is its number. The text of the elements is exactly
 * the file's, for copying and searching in the page: line numbers and markers are attributes, which the style sheet shows.
 */

import { COLOURS, type Run, unpackColours } from '#base/packed-colours.ts'
import type { Source } from '#store/model.ts'

/** Number of lines in one box. Browsers lay out a box only when it is near the viewport. */
const BOX_LINES = 200
/** Maximum number of markers on one line. */
const MAX_MARKS = 3
/** Maximum number of lines with their own elements, which take some 120 bytes each. The rest of a longer file is one element. */
const MAX_LINES = 100_000
/** Maximum number of elements for odd characters. Further ones are replaced with U+FFFD, which takes three bytes. */
const MAX_ODD = 20_000

/**
 * Invisible characters and changes of text direction, which can make code look like other code (CVE-2021-42574): control
 * characters except tab, direction marks and overrides, zero-width spaces, other line breaks.
 */
const ODD =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are made visible
  /(?:[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\r(?!\n))+/g

/** A last line without a line feed counts; an empty file has none. */
export function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return text === '' || text.endsWith('\n') ? lines : lines + 1
}

/** @param hrefOf - Returns the URL of an entry. */
export function sourceHtml(
  { text, colours, marks }: Pick<Source, 'text' | 'colours' | 'marks'>,
  hrefOf: (page: string, anchor: string) => string,
): string {
  const runs = unpackColours(colours)
  let run: Run | undefined = runs.next().value
  const html: string[] = []
  const extras = extrasOf(marks, hrefOf)
  const shown = createShown()
  let start = 0
  for (let line = 1; start < text.length; line++) {
    const feed = line > MAX_LINES ? -1 : text.indexOf('\n', start)
    const next = feed === -1 ? text.length : feed + 1
    const end = feed > start && text[feed - 1] === '\r' ? feed - 1 : feed === -1 ? next : feed
    if (line % BOX_LINES === 1) html.push(line === 1 ? '<span class="lines">' : '</span><span class="lines">')
    html.push(
      `<span class="line" id="L${line}"><a class="number" href="#L${line}" data-line="${line}" tabindex="-1" aria-hidden="true"></a>`,
    )
    const extra = extras.get(line)
    if (extra !== undefined) html.push(extra.before)
    let at = start
    while (run !== undefined && run.start < end) {
      if (run.end > at) {
        const from = Math.max(run.start, at)
        const to = Math.min(run.end, end)
        html.push(shown(text.slice(at, from)), `<span class="${COLOURS[run.colour] ?? ''}">`)
        html.push(shown(text.slice(from, to)), '</span>')
        at = to
      }
      if (run.end > end) break
      run = runs.next().value
    }
    html.push(shown(text.slice(at, end)))
    if (extra !== undefined) html.push(extra.after)
    // The line feed separates lines when text is copied.
    html.push('\n</span>')
    start = next
  }
  html.push(html.length === 0 ? '' : '</span>')
  return html.join('')
}

/** Further elements, keyed by line: targets for ranges that pages link to, and links to entries. */
function extrasOf(
  { symbols, spans }: Source['marks'],
  hrefOf: (page: string, anchor: string) => string,
): Map<number, { before: string; after: string }> {
  const extras = new Map<number, { before: string; after: string; marks: number }>()
  const at = (line: number): { before: string; after: string; marks: number } => {
    const known = extras.get(line) ?? { before: '', after: '', marks: 0 }
    extras.set(line, known)
    return known
  }
  for (const [first, last] of spans) at(first).before += `<span id="L${first}-L${last}"></span>`
  for (const [first, , name, page, anchor] of symbols) {
    const extra = at(first)
    if (extra.marks++ >= MAX_MARKS) continue
    const label = escaped(name)
    extra.after += `<a class="mark" href="${escaped(hrefOf(page, anchor))}" aria-label="Entry of ${label}" data-name="${label}"></a>`
  }
  return extras
}

/** Returns a function that escapes text of one file and makes its odd characters visible. */
function createShown(): (text: string) => string {
  let left = MAX_ODD

  function mark(char: string, count: number): string {
    left -= 1
    if (left < 0) return '\ufffd'
    const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
    return `<span class="odd" data-code="${code}${count === 1 ? '' : ` × ${count}`}"></span>`
  }

  /** Equal characters in a row share an element. */
  function marksOf(odd: string): string {
    const marks: string[] = []
    for (let at = 0; at < odd.length; ) {
      const char = odd.charAt(at)
      let end = at + 1
      while (odd[end] === char) end += 1
      marks.push(mark(char, end - at))
      at = end
    }
    return marks.join('')
  }

  return (text) => escaped(text).replace(ODD, marksOf)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? '') : text
