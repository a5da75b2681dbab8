/** What a class of Ruby is made from where another file says it: each file may open it again. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const SUPERCLASS = /^\s*class\s[\w:]{1,200}\s{0,4}<\s{0,4}([\w:]{1,200})/

/** ` < BasicObject` behind its signature, where that has none and one of its declarations does. */
export function superclassText(repo: RepoIndex, { kind, file, signature, declarations = [] }: Component): string {
  if (kind !== 'class' || !file.endsWith('.rb') || signature.includes('<')) return ''
  for (const { file: path, startLine } of declarations) {
    const [, name] = SUPERCLASS.exec(codeLines(repo, path, startLine, startLine)[0] ?? '') ?? []
    if (name !== undefined) return ` < ${name}`
  }
  return ''
}
