/** Computes the hash of everything that names in other files may depend on. */

import { createHash } from 'node:crypto'
import { D, D_WIDTH, type FileFacts, NONE } from './facts.ts'
import { type FactsDraft, FUNCTIONS, HOLDERS } from './facts-draft.ts'

/** Covers declarations outside functions: text, kind, parents, and flags; for functions inside functions, all but the text. */
export function interfaceHash(draft: FactsDraft): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([draft.packageName, draft.imports.map((one) => ({ ...one, line: 0 })), draft.notes]))
  for (const index of draft.declRecords.keys()) hash.update(textOf(draft, index))
  return hash.digest('base64')
}

/** The hash of each declaration outside functions and of those around it, as a whole number; 0 for others. */
export function declarationHashes(draft: FactsDraft, { decls }: FileFacts): Float64Array {
  const hashes = new Float64Array(draft.declRecords.length)
  for (const index of hashes.keys()) {
    const text = draft.kindOf(index) === 'parameter' ? '' : textOf(draft, index)
    if (text === '') continue
    const [kind, parent = NONE, flags] = [D.kind, D.parent, D.flags].map((column) => decls[index * D_WIDTH + column])
    const hash = createHash('sha1').update(`${kind} ${flags} ${hashes[parent] ?? 0}${text}`)
    hashes[index] = hash.digest().readUIntBE(0, 6)
  }
  return hashes
}

/** Everything in a declaration that names in other files may depend on; '' if that is nothing. */
function textOf(draft: FactsDraft, index: number): string {
  const record = draft.declRecords[index]
  if (record === undefined || draft.kindOf(index) === 'local') return ''
  const parent = draft.decls.at(index, D.parent)
  const parentKind = parent === NONE ? undefined : draft.kindOf(parent)
  const isParameter = draft.kindOf(index) === 'parameter' || draft.kindOf(index) === 'typeparam'
  const heading = `\0${draft.decls.at(index, D.kind)} ${draft.decls.at(index, D.flags)} ${parentNames(draft, parent)}\0`
  // A call may be guessed to mean the only function of its name.
  if (parentKind !== undefined && !HOLDERS.has(parentKind) && !isParameter)
    return FUNCTIONS.has(draft.kindOf(index)) ? `${heading}${nameOf(draft, index)}` : ''
  const texts = [heading, draft.text.slice(record.start, record.body?.start ?? record.end)]
  // The parts of a body that determine a type.
  if (record.value !== undefined) {
    // The last expression of a function may depend on everything before it.
    const from = FUNCTIONS.has(draft.kindOf(index)) ? record.start : record.value.start
    texts.push(draft.text.slice(from, record.value.end))
  }
  if (record.type !== undefined) texts.push(draft.textOf(record.type))
  for (const part of [...(record.extends ?? []), ...(record.implements ?? [])]) texts.push(draft.textOf(part))
  const docType = draft.decls.at(index, D.docType)
  if (docType !== NONE) texts.push(`\0${draft.strings.all[docType] ?? ''}`)
  return texts.join('')
}

function parentNames(draft: FactsDraft, decl: number): string {
  const names: string[] = []
  for (let at = decl; at !== NONE && names.length < 50; at = draft.decls.at(at, D.parent)) names.push(nameOf(draft, at))
  return names.join(' ')
}

const nameOf = (draft: FactsDraft, decl: number): string => draft.strings.all[draft.decls.at(decl, D.name)] ?? ''
