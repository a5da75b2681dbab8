/** Converts lines of RDoc and YARD markup to Markdown. */

import type { DocParts } from '#generate/analyse/doc-comment.ts'
import { rdocInline } from '#generate/formats/rdoc-inline.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

/** Converts links, code and emphasis within a line. */
export function inline(text: string): string {
  return rdocInline(text, linkToSymbol)
    .replace(/(?<![#$])\{([\w:#.?!]+)\}/g, '`$1`')
    .replace(/(?<![#$])\{([A-Z][\w:#.?!]*|#[\w?!]+)\s+(?!\s)([^{}\n]{1,200})\}/g, (_, target: string, words: string) =>
      symbolLink(target, words),
    )
}

/** A link to a name; links to files and headings become plain text. */
function linkToSymbol(target: string, words: string): string {
  return /^(?:[A-Z]\w*(?:::\w+)*(?:[.#]\w+[?!=]?)?|#\w+[?!=]?)$/.test(target) ? symbolLink(target, words) : words
}

/** Converts a line of text; headings move two levels down. */
export function markdownLine(line: string): string {
  // Text indented by two spaces is code, for which Markdown needs four.
  if (/^ {2,}/.test(line)) return `  ${line}`
  return inline(
    line.replace(
      /^(=+)\s+(?!\s)(.*)$/,
      (_, marks: string, title: string) => `${'#'.repeat(Math.min(6, marks.length + 2))} ${title}`,
    ),
  )
}

/** An item of an RDoc list: `name :: words` or `[name] words`, but not `[words][key]`. */
const LABEL = /^ ?([:\w][\w:.?!=, -]{0,60}?) ?::(?:\s+(\S.*))?$|^\[((?:[^[\]\n]){1,80})\](?:\s+(\S.*))?$/

/** Converts an item of a labelled list; `null` for other lines. */
export function labelledItem(line: string): string | null {
  const [all, name, words = '', boxed, description = ''] = LABEL.exec(line) ?? []
  const label = name ?? boxed
  // `Example usage::` introduces code.
  if (all === undefined || label === undefined || (words + description === '' && label.includes(' '))) return null
  const shown = /^[:\w.?!=]+$/.test(label) ? `\`${label}\`` : inline(label)
  return `- ${shown}${words + description === '' ? '' : `: ${inline(words + description)}`}`
}

/** Converts the target of `@see`: a URL or a name, each with an optional label, or plain text. */
export function seeAlso(words: string): string {
  const [target, label] = splitWord(words)
  if (/^https?:/.test(target)) return label === '' ? `<${target}>` : `[${label}](${target})`
  return /^[\w:#.?!]+$/.test(target) ? symbolLink(target, label === '' ? target.replace(/^#/, '') : label) : words
}

const SEE_ALSO_HEADING = /^#{1,6} (?:see also|related (?:modules?|class(?:es)?)|references):?$/i

/** Removes sections of Markdown that only refer elsewhere; their items become "see also" entries. */
export function withoutSeeAlso(lines: readonly string[], parts: DocParts): string[] {
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    let end = at + 1
    if (SEE_ALSO_HEADING.test(line)) while (end < lines.length && /^\s*$|^ *[*-] \S/.test(lines[end] ?? '')) end++
    const isWhole = end > at + 1 && (end === lines.length || (lines[end] ?? '').startsWith('#'))
    if (!isWhole) {
      kept.push(line)
      continue
    }
    for (const item of lines.slice(at + 1, end)) parts.addText('see', seeAlso(item.trim().replace(/^[*-] /, '')))
    at = end - 1
  }
  return kept
}

/** Splits off the first word. */
export function splitWord(words: string): [first: string, rest: string] {
  const at = words.search(/\s/)
  return at < 0 ? [words, ''] : [words.slice(0, at), words.slice(at).trim()]
}
