/** Whether a function is recursive: edges leave out the uses of a definition by itself. */

import { findText } from '#base/find-text.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { bodyOf } from '#generate/pages/calls/calls.ts'
import { LANGUAGES } from '#generate/pages/calls/code-languages.ts'
import { codeLines, wordAt } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

/** Limit on the lines of a body that is read. */
const MAX_LINES = 1_000
/** Code before the name of a definition, or before that of a member of something else. */
const NO_CALL = /(?:\b(?:def|fn|fun|func|function)\s{1,4}|[\p{L}\p{N}_$.>:])$/u

/** Methods are left out, since the receiver may be another object. Comments and strings are no calls. */
export function callsItself(repo: RepoIndex, component: Component): boolean {
  const { kind, file, name, startLine, endLine } = bodyOf(repo, component)
  const rules = LANGUAGES[repo.files.get(file)?.language ?? '']
  if (kind !== 'function' || rules === undefined || endLine - startLine >= MAX_LINES) return false
  const lines = codeLines(repo, file, startLine, endLine)
  if (lines.slice(1).every((line) => wordAt(line, name) < 0)) return false
  const code = MaskedCode.of(lines.join('\n'), rules)?.code ?? ''
  const defined = wordAt(code, name)
  for (let at = findText(code, `${name}(`, defined + 1); at >= 0; at = findText(code, `${name}(`, at + 1))
    if (defined >= 0 && !NO_CALL.test(code.slice(Math.max(0, at - 20), at))) return true
  return false
}
