/** Parses Scaladoc: Javadoc with code between `{{{` and `}}}`, and with links such as `[[Foo]]` and `[[Foo the foo]]`. */

import { type DocComment, mapTexts } from '#generate/analyse/doc-comment.ts'
import { javadoc, lastDocComment } from '#generate/analyse/languages/docs/javadoc.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

const CODE = /\{\{\{((?:(?!\{\{\{)[\s\S]){0,20000}?)\}\}\}/g
/** Stands for a piece of code while the rest is parsed. */
const PLACEHOLDER = /\uE000(\d{1,4})\uE001/g

export function scaladoc(comments: readonly string[]): DocComment | null {
  const codes: string[] = []
  const comment = lastDocComment(comments)?.replace(/[\uE000\uE001]/g, '')
  if (comment === undefined) return null
  const plain = comment.replace(CODE, (_, code: string) => {
    codes.push(asMarkdown(code))
    const mark = `\uE000${codes.length - 1}\uE001`
    return code.includes('\n') ? `\n *\n * ${mark}\n *\n * ` : mark
  })
  const doc = javadoc([plain])
  if (doc === null) return null
  return mapTexts(doc, (text) => withLinks(text).replace(PLACEHOLDER, (_, index: string) => codes[Number(index)] ?? ''))
}

/** A code block, or inline code if it is on one line. */
function asMarkdown(code: string): string {
  const lines = code.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
  while (lines.length > 0 && lines[0] === '') lines.shift()
  while (lines.length > 0 && lines.at(-1) === '') lines.pop()
  if (!code.includes('\n')) return `\`${(lines[0] ?? '').trim().replace(/`/g, "'")}\``
  const text = withoutMargin(lines)
    .map((line) => line.replace(/^`{3,}/, '``'))
    .join('\n')
  return `\`\`\`scala\n${text}\n\`\`\``
}

const withLinks = (markdown: string): string =>
  markdown.replace(/\[\[([\w.#$]{1,200})(?:\s+(?!\s)([^\][\n]{1,200}))?\]\]/g, (_, target: string, words?: string) =>
    words === undefined ? `\`${target}\`` : symbolLink(target, words),
  )
