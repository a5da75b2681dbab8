/** Describes a field by the help text in its tag or by its comment, unless the comment heads several fields. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const MAX_HEADING_WORDS = 2
const MAX_LINE = 400
/** Matches the help text in a Go struct tag, which libraries for command lines show. */
const HELP = /[`\s](?:help|description|usage):"((?:[^"\\]|\\.){3,300})"/
const COMMENT = /^\s{0,80}(?:\/\/(?![/!])|#(?!\[))\s?(\S.*)$/

/** @returns `null` if there is no description. */
export function fieldWords(repo: RepoIndex, member: Component): string | null {
  if (member.kind !== 'field') return member.doc
  const help = member.file.endsWith('.go') ? HELP.exec(member.signature.slice(0, 2_000))?.[1] : undefined
  if (help !== undefined && !help.includes('${')) return help.replace(/\\"/g, '"')
  return isGroupHeading(repo, member) ? null : member.doc
}

/** Whether a comment such as `// Colors`, after a blank line and above consecutive fields, is about all of them. */
export function isGroupHeading(repo: RepoIndex, { kind, doc, file, startLine, endLine }: Component): boolean {
  const isTitle = doc !== null && !/[.!?:]$/.test(doc) && doc.split(/\s+/).length <= MAX_HEADING_WORDS
  if (kind !== 'field' || !isTitle || startLine < 3) return false
  const lines = codeLines(repo, file, startLine - 2, endLine + 1).map((line) => line.slice(0, MAX_LINE))
  const [before = '', above = ''] = lines
  const next = lines[endLine - startLine + 3]?.trim() ?? ''
  const isAbove = COMMENT.exec(above)?.[1]?.trim() === doc.trim()
  return isAbove && /^\s*$|[{(:]\s*$/.test(before) && /^[\p{L}_@$]/u.test(next)
}
