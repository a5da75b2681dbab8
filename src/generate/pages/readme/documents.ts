/** The repository's own documents, as the search needs them: their sections with the lines they begin at. Markdown, reStructuredText and RDoc. */

import { rdocToMarkdown } from '#generate/formats/rdoc.ts'
import type { SourceFile } from '#generate/model.ts'
import { rstToMarkdown } from './rst.ts'

export interface DocumentSection {
  /** Of its heading; of the whole document where it begins without one, `null`. */
  title: string | null
  /** Of its heading, from 1. */
  line: number
  /** Its words, at most 600 characters. */
  text: string
}

const MAX_SECTIONS = 200
const MAX_TEXT = 600
const MAX_TITLE = 120
/** What is looked at for a text of `MAX_TEXT`. */
const MAX_MARKDOWN = 20_000
const FENCE = /^ {0,3}(?:```|~~~)/
const HEADING = /^ {0,3}#{1,4}[ \t]+(?![ \t])(.*[^ \t#])[ \t#]*$/
/** What stands under a heading, and in reStructuredText over it too. */
const RULE = /^(?:={3,}|-{3,}|~{3,}|\^{3,}|"{3,}|'{3,}|\*{3,}|\+{3,}|`{3,}|#{3,})\s*$/
const MARKDOWN_RULE = /^ {0,3}(?:={3,}|-{3,})\s*$/

/** What people wrote to be read, as far as it is the repository's own. */
export function isDocument({ path, vendored, role }: SourceFile): boolean {
  return /\.(?:md|markdown|rst|rdoc|adoc)$/i.test(path) && !path.startsWith('.github/') && !vendored && role !== 'test'
}

/** The sections of a document, at most 200; none of a form whose headings are not known. Takes time linear in the text. */
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
  let isCode = false
  for (const [at, raw] of lines.entries()) {
    if (sections.length > MAX_SECTIONS) break
    const line = raw.trimEnd()
    if (!isRst && FENCE.test(line)) isCode = !isCode
    if (isCode) continue
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

/** `Title` over a line of signs as long as it is, at the beginning of the line. */
function isRstTitle(line: string, next: string): boolean {
  return RULE.test(next) && next.length >= line.length && /^\S/.test(line)
}

/** A line of its own over `===` or `---`. */
function isTitle(before: string | undefined, line: string, next: string): boolean {
  return MARKDOWN_RULE.test(next) && (before ?? '').trim() === '' && !/^\s*[|>*+-]|^---/.test(line)
}

/** Without the marks of Markdown, tags and addresses. */
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
