/** What a README or another document shows of a public name: the first of its short blocks of code that calls it. */

import type { Code } from 'mdast'
import { codeOfDocuments } from '#generate/pages/readme/readme-calls.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isCall } from './is-call.ts'

/** Lines of a block; fewer show no effect. */
const MAX_LINES = 12
const MIN_LINES = 3
/** What a line alone has to give or to keep: `plan(a, b)` says no more than the signature. */
const TELLS = /["'`\d=]/

export interface DocumentExample {
  readonly path: string
  readonly code: Code
}

const known = new WeakMap<Writing, ReadonlyMap<string, DocumentExample>>()

/** By the ids of what is called; a block of several lines before one of fewer. */
export function documentExamples(writing: Writing): ReadonlyMap<string, DocumentExample> {
  const found = known.get(writing) ?? findExamples(writing)
  known.set(writing, found)
  return found
}

function findExamples(writing: Writing): Map<string, DocumentExample> {
  const linesOf = ({ code }: DocumentExample): number => code.value.split('\n').length
  const short = codeOfDocuments(writing).filter(
    (block) => linesOf(block) <= MAX_LINES && (linesOf(block) > 1 || TELLS.test(block.code.value)),
  )
  const found = new Map<string, DocumentExample>()
  for (const { path, code, called } of [...short.filter((block) => linesOf(block) >= MIN_LINES), ...short])
    for (const id of called) {
      const component = writing.survey.components.get(id)
      const language = writing.survey.files.get(component?.file ?? '')?.language ?? null
      if (component === undefined || found.has(id)) continue
      // A class of Ruby is named where it is put to use: `use Rack::Cors do`.
      const isNamed = language === 'ruby' && component.kind === 'class'
      if (isNamed || isCall(code.value, component.name, language)) found.set(id, { path, code })
    }
  return found
}
