/**
 * Converts the beginning of a reStructuredText README to Markdown: directives are removed; roles, links and substitutions
 * become Markdown.
 */

import { joinOpenMarkup } from '#generate/formats/rst-lines.ts'

const DEFINED = /^\s*\.\. \|([^|\n]{1,100})\|\s+replace::\s*(.{0,300})$/
/** Matches a line of substitutions alone, which are badges. */
const ONLY_SUBSTITUTIONS = /^\s*(?:\|[^|\s][^|\n]{0,100}\|_{0,2}\s*)+$/

/** Matches a line of punctuation above or below a title. */
const RULE = /^([=~^"'#*+`:._-])\1{2,}$/
/** Splits a line at its inline literals. */
const LITERAL = /(``(?:[^`]|`(?!`))+``)/

/**
 * Linear in the text. Unknown syntax and code stay unchanged.
 *
 * @param whole - The whole document, which contains the definitions of substitutions.
 */
export function rstToMarkdown(text: string, whole = text): string {
  const substitutions = substitutionsIn(whole)
  const lines = text.split('\n')
  const kept: string[] = []
  let skipDeeperThan = -1
  /** The margin of the paragraph that ends with `::` above a literal block; -1 outside. */
  let codeDeeperThan = -1
  let topRule = ''
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const indent = line.length - line.trimStart().length
    const isOutside = line.trim() !== '' && indent <= Math.max(skipDeeperThan, codeDeeperThan)
    if (isOutside) [skipDeeperThan, codeDeeperThan] = [-1, -1]
    if (skipDeeperThan >= 0 || codeDeeperThan >= 0) {
      if (codeDeeperThan >= 0) kept.push(line)
      at++
      continue
    }
    const rule = isTitle(line, lines[at + 1]) ? (lines[at + 1] ?? '').charAt(0) : ''
    if (rule !== '') {
      topRule ||= rule
      kept.push(converted(line.trimEnd(), substitutions), (rule === topRule ? '=' : '-').repeat(3))
      at += 2
      continue
    }
    const joined = joinOpenMarkup(lines, at)
    at += joined.taken
    if (/^\s*(?:\.\.|__)(?:\s|$)/.test(line)) skipDeeperThan = indent
    else if (RULE.test(line.trimEnd()) && isTitle(lines[at], lines[at + 1])) continue
    else if (joined.text.trim() !== '::' && !ONLY_SUBSTITUTIONS.test(line))
      kept.push(converted(joined.text, substitutions))
    if (skipDeeperThan < 0 && joined.text.endsWith('::')) codeDeeperThan = indent
  }
  return kept.join('\n')
}

/** Whether the next line underlines a title. */
function isTitle(line = '', next = ''): boolean {
  const words = line.trimEnd()
  return /^\S/.test(words) && !RULE.test(words) && RULE.test(next.trimEnd()) && next.trimEnd().length >= words.length
}

function converted(line: string, substitutions: ReadonlyMap<string, string>): string {
  const parts = withoutMarker(line).split(LITERAL)
  return parts.map((part, index) => (index % 2 === 1 ? part : withoutRoles(part, substitutions))).join('')
}

/** Removes the mark of a literal block: `Run this::` keeps one colon, `Run this ::` none. */
const withoutMarker = (line: string): string => line.replace(/\s?::$/, (mark) => (mark === '::' ? ':' : '')).trimEnd()

function withoutRoles(text: string, substitutions: ReadonlyMap<string, string>): string {
  return text
    .replace(/:[a-z][a-z:+-]{0,30}:`([^`<\n]{1,200}?) *(?:<[^>\n]{0,200}>)?`/g, '$1')
    .replace(/`([^`<\n]{0,199}[^`<\s]) *<(https?:[^>\s]{1,300})>`__?/g, '[$1](<$2>)')
    .replace(/`([^`<\n]{0,199}[^`<\s]) *<[^>\n]{1,200}>`__?/g, '$1')
    .replace(/`([^`\n]{1,100})`__?/g, '$1')
    .replace(/\b([A-Za-z0-9]{1,60})_(?=[\s.,;)]|$)/g, '$1')
    .replace(/\|([^|\s][^|\n]{0,100})\|_{0,2}/g, (_, name: string) => substitutions.get(name.toLowerCase()) ?? '')
}

/** Reads `.. |name| replace:: text`. Images and dates have no text. */
function substitutionsIn(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of text.includes('.. |') ? text.split(/\r?\n/) : []) {
    const [, name, value] = DEFINED.exec(line.slice(0, 500)) ?? []
    if (name !== undefined && value !== undefined) found.set(name.toLowerCase(), value.trim())
  }
  return found
}
