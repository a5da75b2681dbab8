/** Splits the repository's own Markdown, reStructuredText and RDoc documents into sections with line numbers, for the search. */

import { rdocToMarkdown } from '#generate/formats/rdoc.ts'
import type { SourceFile } from '#generate/model.ts'
import { README } from '#generate/paths.ts'
import { Fences } from '#markdown/fences.ts'
import { rstToMarkdown } from './rst.ts'

export interface DocumentSection {
  /** The heading; `null` for text before the first one. */
  title: string | null
  /** Line of the heading, from 1. */
  line: number
  /** The text, at most 600 characters. */
  text: string
}

const MAX_SECTIONS = 200
const MAX_TEXT = 600
const MAX_TITLE = 120
/** Limit on the Markdown that is read for a text of `MAX_TEXT`. */
const MAX_MARKDOWN = 20_000
const HEADING = /^ {0,3}#{1,4}[ \t]+(?![ \t])(.*[^ \t#])[ \t#]*$/
/** Matches the line under a heading, which in reStructuredText may also be above it. */
const RULE = /^(?:={3,}|-{3,}|~{3,}|\^{3,}|"{3,}|'{3,}|\*{3,}|\+{3,}|`{3,}|#{3,})\s*$/
const MARKDOWN_RULE = /^ {0,3}(?:={3,}|-{3,})\s*$/

/** Whether a file is a document of the repository itself. */
export function isDocument({ path, vendored, role }: SourceFile): boolean {
  const isOfHost = path.startsWith('.github/') && !README.test(path)
  return /\.(?:md|markdown|rst|rdoc|adoc)$/i.test(path) && !isOfHost && !vendored && role !== 'test'
}

const TRANSLATED =
  /(?:^|\/)(?:content|docs?|i18n|translations?)\/(?:[^/]{1,60}\/){0,3}(?!en[-_])[a-z]{2}[-_][a-z]{2,4}\//i

/** Whether a document is a translation: `docs/ja-jp/configuration.md`. */
export const isTranslated = (path: string): boolean => TRANSLATED.test(path)

/** The sections of a document, at most 200; empty for unknown formats. Linear in the text. */
export function sectionsOf({ path, text }: SourceFile): DocumentSection[] {
  if (text === null || /\.adoc$/i.test(path)) return []
  const isRst = /\.rst$/i.test(path)
  const lines = (/\.rdoc$/i.test(path) ? rdocToMarkdown(text) : text).split('\n')
  const sections: { title: string | null; line: number; from: number; to: number }[] = [
    { title: null, line: 1, from: 0, to: lines.length },
  ]
  const begin = (title: string, at: number, from: number): void => {
    const before = sections.at(-1)
    if (before !== undefined) before.to = at
    sections.push({ title, line: at + 1, from, to: lines.length })
  }
  const fences = new Fences()
  for (const [at, raw] of lines.entries()) {
    if (sections.length > MAX_SECTIONS) break
    const line = raw.trimEnd()
    if (!isRst && fences.isCode(line)) continue
    const next = lines[at + 1]?.trimEnd() ?? ''
    const plain = line.trim()
    const marked = isRst ? undefined : HEADING.exec(line)?.[1]
    if (marked !== undefined) begin(marked, at, at + 1)
    else if (
      plain !== '' &&
      line.length <= MAX_TITLE &&
      !RULE.test(line) &&
      (isRst ? isRstTitle(line, next) : isTitle(lines[at - 1], line, next))
    )
      begin(plain, at, at + 2)
  }
  return sections.flatMap(({ title, line, from, to }): DocumentSection[] => {
    const body = lines
      .slice(from, to)
      .join('\n')
      .slice(0, 4 * MAX_TEXT)
    const words = plainWords(isRst ? rstToMarkdown(body) : body)
    return title === null && words === ''
      ? []
      : [{ title: title === null ? null : plainWords(title), line, text: words }]
  })
}

/** Whether a line is a title above an underline of at least its length, not indented. */
function isRstTitle(line: string, next: string): boolean {
  return RULE.test(next) && next.length >= line.length && /^\S/.test(line)
}

/** Whether a line after a blank one is a title above `===` or `---`. */
function isTitle(before: string | undefined, line: string, next: string): boolean {
  return MARKDOWN_RULE.test(next) && (before ?? '').trim() === '' && !/^\s*[|>*+-]|^---/.test(line)
}

/** Removes Markdown syntax, tags and URLs. */
function plainWords(markdown: string): string {
  return markdown
    .slice(0, MAX_MARKDOWN)
    .replace(/<[^>\n]{1,200}>/g, ' ')
    .replace(/!?\[([^\]\n]{0,200})\](?:\([^)\n]{0,400}\)|\[[^\]\n]{0,100}\])/g, '$1')
    .replace(/^[ \t]*(?:```|~~~).*$|[`*]|^[ \t]*[-=~^"+#|]{3,}[ \t]*$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT)
}
