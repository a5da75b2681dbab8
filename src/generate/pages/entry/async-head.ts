/**
 * Adds `async` to the signature of a JavaScript or TypeScript function without a result type, to show that it returns a
 * promise.
 */

import type { Component } from '#generate/model.ts'
import { codeLines, wordAt } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { parameterList } from '#generate/signature-parameters.ts'

const SCRIPT = /\.(?:[cm]?[jt]sx?|svelte|vue)$/
/** Match `async` before the name of a function, and after the name of a variable that holds one. */
const BEFORE = /(?:^|\s)async(?:\s+function)?[\s*]{1,3}$/
const BEHIND = /^\s?[=:]?\s?async\b/
/** Number of lines in which the name is searched for: decorators may precede it. */
const MAX_LINES = 6
const MAX_LINE = 200

/**
 * @param signature - The signature of the definition.
 * @param shown - The signature to change, which may use another name.
 */
export function withAsync(repo: RepoIndex, component: Component, signature: string, shown = signature): string {
  const { kind, name, file, startLine, endLine } = component
  if ((kind !== 'function' && kind !== 'method') || !SCRIPT.test(file)) return shown
  const at = wordAt(signature, name)
  const list = at < 0 ? null : parameterList(signature, name)
  if (list === null || signature.slice(list.end).trim() !== '') return shown
  const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES - 1))
  const line = lines.map((one) => one.slice(0, MAX_LINE)).find((one) => wordAt(one, name) >= 0)
  if (line === undefined) return shown
  const from = wordAt(line, name)
  const isAsync = BEFORE.test(line.slice(0, from)) || BEHIND.test(line.slice(from + name.length))
  return isAsync ? `${shown.slice(0, at)}async ${shown.slice(at)}` : shown
}
