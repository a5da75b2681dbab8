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

/**
 * Invisible characters and changes of text direction, which can make code look like other code (CVE-2021-42574): control
 * characters except tab, direction marks and overrides, zero-width spaces, other line breaks.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are made visible
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

/** A last line without a line feed counts; an empty file has none. */
export function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return text === '' || text.endsWith('\n') ? lines : lines + 1
}

/**
 * @param hrefOf - Returns the URL of an entry.
 */
export function sourceHtml(
  { text, colours, marks }: Pick<Source, 'text' | 'colours' | 'marks'>,
  hrefOf: (page: string, anchor: string) => string,
): string {
  const runs = unpackColours(colours)
  let run: Run | undefined = runs.next().value
  const html: string[] = []
  const extras = extrasOf(marks, hrefOf)
  let start = 0
  for (let line = 1; start < text.length; line++) {
    const feed = text.indexOf('\n', start)
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

function shown(text: string): string {
  if (!ODD.test(text)) return escaped(text)
  return Array.from(text, (char) => (ODD.test(char) ? oddChar(char) : escaped(char))).join('')
}

const oddChar = (char: string): string =>
  `<span class="odd" data-code="U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}"></span>`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string =>
  /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? '') : text
