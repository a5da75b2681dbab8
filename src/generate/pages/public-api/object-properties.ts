/** Finds the definitions that are properties of exported JavaScript objects: `export default { plan, pick: pickOne }`. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Writing } from '#generate/pages/writing.ts'

const SCRIPT = /\.[cm]?[jt]sx?$/
const OBJECT = /^[^{}()]{0,200}?(?:=|\bexport default|\breturn)\s{0,9}(?:Object\.freeze\()?\s{0,9}\{/
const MAX_LINES = 400
const MAX_LINE = 300

/** @param objects - What users of a package can name; anything but objects has no such properties. */
export function propertiesOf({ repo }: Writing, objects: readonly Component[]): Component[] {
  const values = new Map<string, string>()
  for (const { id, kind, file, startLine, endLine } of objects) {
    if ((kind !== 'constant' && kind !== 'field') || !SCRIPT.test(file)) continue
    const lines = codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))
    const text = lines.map((line) => line.slice(0, MAX_LINE)).join('\n')
    if (OBJECT.test(text)) values.set(id, text)
  }
  if (values.size === 0) return []
  return [...repo.components.values()].filter(({ id, name, parent }) => {
    if (parent !== null || !/^[\p{L}\p{N}_$]+$/u.test(name)) return false
    const users = [...(repo.users.get(id)?.keys() ?? [])]
    const isProperty = new RegExp(`[{,:]\\s{0,40}${name.replaceAll('$', '\\$')}\\s{0,40}(?=[,}])`, 'u')
    return users.some((user) => isProperty.test(values.get(user) ?? ''))
  })
}
