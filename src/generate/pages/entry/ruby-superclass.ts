/** The superclass of a Ruby class, if another declaration of the class states it. */

import { RUBY } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const CLASS = /^\s{0,200}class\s[\w:]{1,200}\s{0,4}<\s{0,4}(?=[\w:])/
const MAX_SUPERCLASS = 200

/** ` < BasicObject` if the signature of the class has no superclass and one of its other declarations does; else ''. */
export function superclassText(repo: RepoIndex, { kind, file, signature, declarations = [] }: Component): string {
  if (kind !== 'class' || repo.files.get(file)?.language !== 'ruby' || signature.includes('<')) return ''
  for (const { file: path, startLine } of declarations) {
    const superclass = superclassIn(codeLines(repo, path, startLine, startLine)[0] ?? '')
    if (superclass !== undefined) return ` < ${superclass}`
  }
  return ''
}

/** As written, `Struct.new(:x, :y)`; `undefined` if it continues on the next line. */
function superclassIn(line: string): string | undefined {
  const masked = MaskedCode.of(line, RUBY)
  const [head] = CLASS.exec(masked?.code ?? '') ?? []
  if (masked === undefined || head === undefined) return undefined
  const code = masked.code.slice(head.length).replace(/;.*/, '').trimEnd()
  const isWhole = code.length <= MAX_SUPERCLASS && /[\w)\]]$/.test(code) && isClosed(code)
  return isWhole ? line.slice(head.length, head.length + code.length) : undefined
}

const isClosed = (code: string): boolean => code.split(/[([{]/).length === code.split(/[)\]}]/).length
