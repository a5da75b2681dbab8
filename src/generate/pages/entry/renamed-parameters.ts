/** Finds the parameters that a doc comment calls by other names than the signature. */

import type { DocField } from '#generate/model.ts'
import { bareName, isName } from '#generate/signature-parameters.ts'

/**
 * Joins by position what is documented under another name, as for `arg` of a declaration that the code calls `name`, if as many
 * parameters are documented as exist.
 *
 * @returns The other unmatched fields.
 */
export function joinRenamed(
  rows: readonly DocField[],
  documented: readonly DocField[],
  unmatched: readonly DocField[],
): DocField[] {
  const main = documented.filter(({ name }) => isName(name))
  if (main.length !== rows.length) return [...unmatched]
  const names = new Set(main.map(({ name }) => bareName(name)))
  return unmatched.filter((field) => {
    const row = rows[main.indexOf(field)]
    if (row === undefined || names.has(bareName(row.name)) || !isName(row.name)) return true
    row.text ||= field.text
    row.type ||= field.type
    return false
  })
}
