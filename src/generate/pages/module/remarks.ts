/** Comments above a definition that are not on what it is for: on how it is written, on one of several branches, on another one. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf } from '#generate/paths.ts'
import { isForTools } from '#generate/tool-comments.ts'

/** A note on how something is written, which somebody left above it in a file whose definitions have doc comments, or on one of several branches. */
export function isRemark(repo: RepoIndex, component: Component): boolean {
  const { file, startLine } = component
  if (isInBranch(repo, component)) return true
  if (!/\.[cm]?[jt]sx?$/.test(file)) return false
  const lines = startLine > 1 ? codeLines(repo, file, Math.max(1, startLine - MAX_ABOVE), startLine - 1) : []
  const above = lines.findLast((line) => !isForTools(line.trimStart())) ?? ''
  return above.trimStart().startsWith('//') && repo.files.get(file)?.text?.includes('/**') === true
}

const BRANCHES =
  /^\s*(?:begin\b|case\b|elif\b|else\b|elsif\b|except\b|if (?!__name__)|rescue\b|try\b|unless\b|when\b|with suppress\b)/

const MAX_ABOVE = 40

/** Kinds with a docstring in Python. */
const WITH_DOCSTRING = new Set<Component['kind']>(['class', 'enum', 'function', 'interface'])

/**
 * Of Python and Ruby, what is defined where a condition holds: its comment is on that case. A docstring of Python is
 * only so where an error is handled.
 */
export function isInBranch(repo: RepoIndex, { file, startLine, kind }: Component): boolean {
  if (!/\.(?:pyi?|rb)$/.test(file) || kind === 'method') return false
  const branches = WITH_DOCSTRING.has(kind) && !file.endsWith('.rb') ? /^\s*except\b/ : BRANCHES
  const lines = codeLines(repo, file, Math.max(1, startLine - MAX_ABOVE), startLine)
  const indent = (line: string): number => line.length - line.trimStart().length
  const own = indent(lines.at(-1) ?? '')
  const around = own === 0 ? undefined : lines.findLast((line) => line.trim() !== '' && indent(line) < own)
  return around !== undefined && branches.test(around)
}

/** How a doc comment of Go begins, with the name of what it is about. */
const GO_SUBJECT =
  /^(?:An? |The )?([\p{L}_]\w*) (?:is|are|has|can|will|adapts|allows|contains|creates|defines|describes|does|holds|implements|keeps|makes|provides|represents|returns|wraps)\b/u

const goNames = new WeakMap<RepoIndex, Set<string>>()

/** A comment of Go that was copied from another definition of the package, or left behind by a renaming. */
export function isOfAnother(repo: RepoIndex, { doc, file, name, parent }: Component): boolean {
  if (!file.endsWith('.go') || doc === null || parent !== null) return false
  const subject = GO_SUBJECT.exec(doc)?.[1]
  if (subject === undefined || subject === name) return false
  let names = goNames.get(repo)
  if (names === undefined) {
    names = new Set()
    for (const one of repo.components.values())
      if (one.parent === null && one.file.endsWith('.go')) names.add(`${folderOf(one.file)} ${one.name}`)
    goNames.set(repo, names)
  }
  return names.has(`${folderOf(file)} ${subject}`)
}
