/**
 * Reads the captures of a query into records: one for each node with a meaning of its own, with the nodes that play a
 * part in it. `README.md` lists the names of captures. Several patterns may say something of one node; their parts
 * are put together.
 */

import type { QueryMatch } from 'web-tree-sitter'
import type { Prepared } from './read-rules.ts'

/** A node that plays a part in another. */
export interface Part {
  readonly id: number
  readonly start: number
  readonly end: number
}

/** What a query says of one node. */
export class MatchRecord {
  /** `def`, `ref`, `call`, …: the part of the capture's name before the dot. */
  readonly main: string
  /** The part after the dot: the kind of a definition, the type of a literal. */
  sub: string
  readonly id: number
  start: number
  readonly end: number
  name: Part | undefined
  /** What stands before the dot, is called, is indexed, is wrapped, is iterated over. */
  left: Part | undefined
  type: Part | undefined
  value: Part | undefined
  iterated: Part | undefined
  receiver: Part | undefined
  body: Part | undefined
  /** A node around this one at which it begins for a reader: `template<…>`, `export`, decorators. */
  outer: Part | undefined
  alias: Part | undefined
  modifiers: Part[] | undefined
  /** Arguments; there and empty for `f()`. */
  args: Part[] | undefined
  /** Types that a call gives its function. */
  types: Part[] | undefined
  extends: Part[] | undefined
  implements: Part[] | undefined
  flags: string[] | undefined

  constructor(main: string, sub: string, id: number, start: number, end: number) {
    this.main = main
    this.sub = sub
    this.id = id
    this.start = start
    this.end = end
  }
}

const MAINS = new Set([
  ...['def', 'scope', 'ref', 'member', 'call', 'new', 'this', 'super', 'literal', 'cast', 'index', 'pass', 'generic'],
  ...[
    'array',
    'either',
    'element',
    'lambda',
    'import',
    'package',
    'comment',
    'attribute',
    'skip',
    'note',
    'tuple',
    'declared',
  ],
])

interface CaptureName {
  readonly isMain: boolean
  readonly main: string
  readonly sub: string
}

const names = new Map<string, CaptureName>()

function parseName(text: string): CaptureName {
  const known = names.get(text)
  if (known !== undefined) return known
  const dot = text.indexOf('.')
  const main = dot < 0 ? text : text.slice(0, dot)
  const name = { isMain: MAINS.has(main), main, sub: dot < 0 ? '' : text.slice(dot + 1) }
  names.set(text, name)
  return name
}

/**
 * Group matches by their main node.
 *
 * @returns Sorted by start, the outer before the inner, definitions before what else their node is.
 * @throws {Error} A pattern has no capture that says what its node is.
 */
export function readRecords(matches: readonly QueryMatch[], hidden: Prepared['refs'] = []): MatchRecord[] {
  const definitions = new Map<number, MatchRecord>()
  const others = new Map<number, MatchRecord>()
  for (const { captures } of matches) {
    let main: MatchRecord | undefined
    for (const { name, node } of captures) {
      const { isMain, main: kind, sub } = parseName(name)
      if (!isMain) continue
      const table = kind === 'def' ? definitions : others
      main = table.get(node.id)
      if (main === undefined) {
        main = new MatchRecord(kind, sub, node.id, node.startIndex, node.endIndex)
        table.set(node.id, main)
      } else if (main.main !== kind) main = refine(main, kind, sub, table)
      else if (main.sub === '') main.sub = sub
      break
    }
    if (main === undefined) {
      if (captures.length === 0) continue
      throw new Error(`no main capture beside ${captures.map((capture) => capture.name).join(', ')}`)
    }
    for (const { name, node } of captures) {
      const { isMain, main: role, sub } = parseName(name)
      // `@_name` is there for a predicate alone.
      if (!isMain && !role.startsWith('_'))
        addPart(main, role, sub, { id: node.id, start: node.startIndex, end: node.endIndex })
    }
  }
  // Parts of what no pattern says to be a declaration.
  for (const [id, { sub }] of definitions) if (sub === '') definitions.delete(id)
  const all = [...definitions.values(), ...others.values()]
  for (const [index, { start, end, at }] of hidden.entries()) {
    const record = new MatchRecord('ref', '', -1 - index, at, at + 1)
    record.name = { id: record.id, start, end }
    all.push(record)
  }
  return all.sort((a, b) => a.start - b.start || b.end - a.end || Number(b.main === 'def') - Number(a.main === 'def'))
}

/** Of two meanings of one node the one that is no plain name stays: `(identifier) @ref` says the least. */
function refine(old: MatchRecord, main: string, sub: string, table: Map<number, MatchRecord>): MatchRecord {
  // What is an import, or is skipped, is nothing else.
  if (old.main === 'skip') return old
  if (old.main !== 'ref' && main !== 'import' && main !== 'skip')
    return main === 'ref' ? new MatchRecord(main, sub, old.id, old.start, old.end) : old
  const record = new MatchRecord(main, sub, old.id, old.start, old.end)
  table.set(old.id, record)
  return record
}

function addPart(record: MatchRecord, role: string, sub: string, part: Part): void {
  switch (role) {
    case 'name':
      record.name ??= part
      break
    case 'object':
    case 'callee':
    case 'inner':
    case 'base':
      record.left ??= part
      break
    case 'type':
      record.type ??= part
      break
    case 'value':
      record.value ??= part
      break
    case 'iterated':
      record.iterated ??= part
      break
    case 'receiver':
      record.receiver ??= part
      break
    case 'body':
      record.body ??= part
      break
    case 'outer':
      if (record.outer === undefined || part.start < record.outer.start) record.outer = part
      if (sub === 'scope') record.start = Math.min(record.start, part.start)
      break
    case 'alias':
      record.alias ??= part
      break
    case 'modifiers':
      record.modifiers = append(record.modifiers, part)
      break
    case 'args':
      record.args ??= []
      break
    case 'arg':
      record.args = append(record.args, part)
      break
    case 'typearg':
      record.types = append(record.types, part)
      break
    case 'extends':
      record.extends = append(record.extends, part)
      break
    case 'implements':
      record.implements = append(record.implements, part)
      break
    case 'flag':
      record.flags = record.flags === undefined ? [sub] : [...record.flags, sub]
      break
    default:
      throw new Error(`unknown capture @${role}`)
  }
}

/** Several patterns may name one part. */
function append(parts: Part[] | undefined, part: Part): Part[] {
  if (parts === undefined) return [part]
  if (!parts.some((known) => known.id === part.id)) parts.push(part)
  return parts
}
