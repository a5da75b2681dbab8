/**
 * Converts the beginning of a reStructuredText README to Markdown: directives are removed; roles, links and substitutions
 * become Markdown.
 */

import { joinOpenMarkup } from '#generate/formats/rst-lines.ts'

const DEFINED = /^\s*\.\. \|([^|\n]{1,100})\|\s+replace::\s*(.{0,300})$/
/** Matches a line with only substitutions, which are badges. */
const ONLY_SUBSTITUTIONS = /^\s*(?:\|[^|\s][^|\n]{0,100}\|_{0,2}\s*)+$/

/**
 * Linear in the text. Unknown syntax stays unchanged.
 *
 * @param whole - The whole document, which contains the definitions of substitutions.
 */
export function rstToMarkdown(text: string, whole = text): string {
  const substitutions = substitutionsIn(whole)
  const lines = text.split('\n')
  const kept: string[] = []
  let skipDeeperThan = -1
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const indent = line.length - line.trimStart().length
    if (skipDeeperThan >= 0 && (line.trim() === '' || indent > skipDeeperThan)) {
      at++
      continue
    }
    skipDeeperThan = -1
    const joined = joinOpenMarkup(lines, at)
    at += joined.taken
    if (/^\s*(?:\.\.|__)(?:\s|$)/.test(line)) skipDeeperThan = indent
    else if (!ONLY_SUBSTITUTIONS.test(line)) kept.push(joined.text)
  }
  return kept
    .join('\n')
    .replace(/:[a-z][a-z:+-]{0,30}:`([^`<\n]{1,200}?) *(?:<[^>\n]{0,200}>)?`/g, '$1')
    .replace(/`([^`<\n]{0,199}[^`<\s]) *<(https?:[^>\s]{1,300})>`__?/g, '[$1](<$2>)')
    .replace(/`([^`<\n]{0,199}[^`<\s]) *<[^>\n]{1,200}>`__?/g, '$1')
    .replace(/`([^`\n]{1,100})`__?/g, '$1')
    .replace(/\b([A-Za-z0-9]{1,60})_(?=[\s.,;)])/g, '$1')
    .replace(/\|([^|\s][^|\n]{0,100})\|_{0,2}/g, (_, name: string) => substitutions.get(name.toLowerCase()) ?? '')
    .replace(/::[ \t]*$/gm, ':')
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
