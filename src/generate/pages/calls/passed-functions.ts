/** Finds the named functions in a body that it passes on or returns; they run when other code calls them. */

import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { innerFunctions } from '#generate/pages/entry/inner-functions.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { bodyOf } from './calls.ts'
import { LANGUAGES } from './code-languages.ts'

const MAX_LINES = 1_000
const MAX_NAMES = 40
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

export interface PassedFunction {
  name: string
  /** Lines where it is an argument or a result, in order. */
  lines: readonly number[]
}

export function passedFunctions(repo: RepoIndex, component: Component): PassedFunction[] {
  const body = bodyOf(repo, component)
  const lexicalRules = LANGUAGES[repo.files.get(body.file)?.language ?? '']
  if (lexicalRules === undefined || body.endLine - body.startLine >= MAX_LINES) return []
  const inner = innerFunctions(repo, body)
    .filter(({ name }) => NAME.test(name))
    .slice(0, MAX_NAMES)
  if (inner.length === 0) return []
  const text = codeLines(repo, body.file, body.startLine, body.endLine).join('\n')
  const masked = MaskedCode.of(text, lexicalRules)
  if (masked === undefined) return []
  // Branches may each define one.
  return [...new Set(inner.map(({ name }) => name))].flatMap((name) => {
    const plain = name.replaceAll('$', '\\$')
    // Matches an argument or a returned value, also if the function is defined there.
    const uses = new RegExp(
      `(?:[(,]\\s{0,40}|\\breturn\\s{1,4}(?:async\\s)?(?:function\\s{1,4})?)${plain}(?=\\s{0,40}[,)]|\\s{0,2}(?:[;\\n}]|$)|(?<=function\\s{1,4}${plain})\\s?\\()`,
      'g',
    )
    const lines = [...masked.code.matchAll(uses)].map(
      ({ 0: whole, index }) => body.startLine + masked.lineAt(index + whole.length - name.length) - 1,
    )
    return lines.length === 0 ? [] : [{ name, lines: [...new Set(lines)] }]
  })
}
