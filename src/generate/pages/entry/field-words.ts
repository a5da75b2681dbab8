/** Describes a field by the help text in its tag or by its comment, unless the comment heads several fields. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const MAX_HEADING_WORDS = 2
/** Matches the help text in a Go struct tag, which libraries for command lines show. */
const HELP = /[`\s](?:help|description|usage):"((?:[^"\\]|\\.){3,300})"/

/** @returns `null` if there is no description. */
export function fieldWords(repo: RepoIndex, member: Component): string | null {
  if (member.kind !== 'field') return member.doc
  const help = member.file.endsWith('.go') ? HELP.exec(member.signature.slice(0, 2_000))?.[1] : undefined
  if (help !== undefined && !help.includes('${')) return help.replace(/\\"/g, '"')
  return isGroupHeading(repo, member) ? null : member.doc
}

/** Whether a comment such as `// Colors`, above fields without comments of their own, is about all of them. */
export function isGroupHeading(repo: RepoIndex, member: Component): boolean {
  const { kind, doc, parent, startLine, endLine } = member
  const isTitle = doc !== null && !/[.!?:]$/.test(doc) && doc.split(/\s+/).length <= MAX_HEADING_WORDS
  if (kind !== 'field' || !isTitle) return false
  const others = repo.members.get(parent ?? '') ?? []
  // The comment of a field on a line with it follows the field.
  const isBehind = others.some((one) => one.file === member.file && one.endLine === startLine - 1)
  return (
    !isBehind && others.some((one) => one.file === member.file && one.startLine === endLine + 1 && one.doc === null)
  )
}
