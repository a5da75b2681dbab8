/** Computes the hash of everything that names in other files may depend on. */

import { createHash } from 'node:crypto'
import { D, NONE } from './facts.ts'
import { type FactsDraft, FUNCTIONS, HOLDERS } from './facts-draft.ts'

/** Covers declarations outside functions: text, kind, parents, and flags; of functions inside functions, all but the text. */
export function interfaceHash(draft: FactsDraft): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([draft.packageName, draft.imports.map((one) => ({ ...one, line: 0 })), draft.notes]))
  for (const [index, record] of draft.declRecords.entries()) {
    const parent = draft.decls.at(index, D.parent)
    const parentKind = parent === NONE ? undefined : draft.kindOf(parent)
    const isParameter = draft.kindOf(index) === 'parameter' || draft.kindOf(index) === 'typeparam'
    if (draft.kindOf(index) === 'local') continue
    const heading = `\0${draft.decls.at(index, D.kind)} ${draft.decls.at(index, D.flags)} ${parentNames(draft, parent)}\0`
    if (parentKind !== undefined && !HOLDERS.has(parentKind) && !isParameter) {
      // A call may be guessed to mean the only function of its name.
      if (FUNCTIONS.has(draft.kindOf(index))) hash.update(`${heading}${nameOf(draft, index)}`)
      continue
    }
    hash.update(heading)
    hash.update(draft.text.slice(record.start, record.body?.start ?? record.end))
    // The parts of a body that determine a type.
    if (record.value !== undefined) {
      // The last expression of a function may depend on everything before it.
      const from = FUNCTIONS.has(draft.kindOf(index)) ? record.start : record.value.start
      hash.update(draft.text.slice(from, record.value.end))
    }
    if (record.type !== undefined) hash.update(draft.textOf(record.type))
    for (const part of [...(record.extends ?? []), ...(record.implements ?? [])]) hash.update(draft.textOf(part))
    const docType = draft.decls.at(index, D.docType)
    if (docType !== NONE) hash.update(`\0${draft.strings.all[docType] ?? ''}`)
  }
  return hash.digest('base64')
}

function parentNames(draft: FactsDraft, decl: number): string {
  const names: string[] = []
  for (let at = decl; at !== NONE && names.length < 50; at = draft.decls.at(at, D.parent)) names.push(nameOf(draft, at))
  return names.join(' ')
}

const nameOf = (draft: FactsDraft, decl: number): string => draft.strings.all[draft.decls.at(decl, D.name)] ?? ''
