/** Finds the head of the implementation of an overloaded Python function, which has all parameters with their widest types. */

import { endOfBracket } from '#generate/attributes.ts'
import type { Component } from '#generate/model.ts'
import { codeLines, indentOf } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Limits on the lines of a function with its overloads, and on those of one head. */
const MAX_LINES = 600
const MAX_HEAD = 60
const MAX_LINE = 300
const OVERLOAD = /^\s{0,80}@(?:\w{1,40}\.)?overload\s{0,9}$/
const DEFINES = /^\s{0,80}(?:async )?def (\w{1,80})\s?(?=[([])/
const COMMENT = /(?:^|\s)#\s[^\n]{0,300}/g

/** @returns `undefined` if the function has no overloads, or no head without a decorator that makes it one. */
export function implementationHead(repo: RepoIndex, component: Component): string | undefined {
  const { file, name, startLine, endLine, overloads } = component
  if (overloads === undefined || !file.endsWith('.py') || endLine - startLine > MAX_LINES) return undefined
  const lines = codeLines(repo, file, startLine, endLine).map((line) => line.slice(0, MAX_LINE))
  const first = lines.find((line) => DEFINES.exec(line)?.[1] === name)
  if (first === undefined || !lines.some((line) => OVERLOAD.test(line))) return undefined
  const at = lines.findLastIndex((line) => DEFINES.exec(line)?.[1] === name && indentOf(line) === indentOf(first))
  if (at < 1 || OVERLOAD.test(lines[at - 1] ?? '')) return undefined
  const text = lines
    .slice(at, at + MAX_HEAD)
    .join('\n')
    .replace(COMMENT, '')
  const open = text.indexOf('(')
  const end = open < 0 ? 0 : endOfBracket(text, open)
  return end === 0 || end === text.length ? undefined : text.slice(0, end).trim().replace(/\s+/g, ' ')
}
