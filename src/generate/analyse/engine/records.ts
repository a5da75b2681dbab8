/**
 * Groups the captures of a query into records: one for each meaningful node, with the nodes that form its parts.
 * `README.md` lists the capture names. Several patterns may match a node; their parts are combined.
 */

import type { Matches } from '#generate/analyse/load-matcher.ts'
import type { Nodes } from '#generate/analyse/tree/nodes.ts'
import type { Prepared } from './read-rules.ts'

/** A node that is a part of another. */
export interface Part {
  readonly id: number
  readonly start: number
  readonly end: number
}

/** The captures of a query for one node. */
export class MatchRecord {
  /** The part of the capture's name before the dot: `def`, `ref`, `call`, … */
  readonly main: string
  /** The part after the dot: the kind of a definition, the type of a literal. */
  sub: string
  readonly id: number
  start: number
  readonly end: number
  name: Part | undefined
  /** The object, callee, base, wrapped or iterated expression. */
  left: Part | undefined
  type: Part | undefined
  value: Part | undefined
  iterated: Part | undefined
  receiver: Part | undefined
  body: Part | undefined
  /** An enclosing node where the declaration begins for a reader: `template<…>`, `export`, decorators. */
  outer: Part | undefined
  alias: Part | undefined
  modifiers: Part[] | undefined
  /** Arguments; empty, not missing, for `f()`. */
  args: Part[] | undefined
  /** Explicit type arguments of a call. */
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

const MAIN_CAPTURES = new Set(
  'def scope ref member call new this super literal cast index pass generic array either element lambda import package comment attribute skip note tuple declared'.split(
    ' ',
  ),
)

/** A parsed capture name. */
interface CaptureName {
  readonly isMain: boolean
  /** Before the dot; '' for captures used only in predicates. */
  readonly role: string
  /** After the dot. */
  readonly sub: string
}

const names = new WeakMap<readonly string[], readonly CaptureName[]>()

function namesOf(captures: readonly string[]): readonly CaptureName[] {
  const known = names.get(captures)
  if (known !== undefined) return known
  const read = captures.map((text) => {
    const dot = text.indexOf('.')
    const role = dot < 0 ? text : text.slice(0, dot)
    return {
      isMain: MAIN_CAPTURES.has(role),
      role: text.startsWith('_') ? '' : role,
      sub: dot < 0 ? '' : text.slice(dot + 1),
    }
  })
  names.set(captures, read)
  return read
}

/**
 * Groups matches by their main node.
 *
 * @param prepared - Uses of names, and comments, that were hidden from the grammar; their ids follow those of the nodes.
 * @returns Sorted by start, outer before inner, definitions before other records of the node.
 * @throws {Error} A pattern has no main capture.
 */
export function readRecords(matches: Matches, { refs = [], comments = [] }: Partial<Prepared> = {}): MatchRecord[] {
  const { nodes } = matches
  const own = namesOf(matches.captures)
  const records = new RecordsByNode(nodes)
  matches.each((captures, captured, count) => {
    let at = 0
    while (at < count && !own[captures[at] as number]?.isMain) at++
    if (at === count) {
      const words = captures.slice(0, count).map((capture) => matches.captures[capture])
      throw new Error(`no main capture beside ${words.join(', ')}`)
    }
    const { role, sub } = own[captures[at] as number] as CaptureName
    const main = records.of(captured[at] as number, role, sub)
    if (main === undefined) return
    for (let i = 0; i < count; i++) {
      const name = own[captures[i] as number] as CaptureName
      if (!name.isMain && name.role !== '') addPart(main, name.role, name.sub, records.part(captured[i] as number))
    }
  })
  const all = records.inOrder()
  for (const [index, { start, end, at }] of refs.entries()) {
    const record = new MatchRecord('ref', '', nodes.size + index, at, at + 1)
    record.name = { id: record.id, start, end }
    all.push(record)
  }
  const next = nodes.size + refs.length
  for (const [index, [start, end]] of comments.entries())
    all.push(new MatchRecord('comment', '', next + index, start, end))
  return all.sort((a, b) => a.start - b.start || b.end - a.end || Number(b.main === 'def') - Number(a.main === 'def'))
}

/** Records under construction: each node has at most one definition and one other record. */
class RecordsByNode {
  readonly #nodes: Nodes
  readonly #definitions: (MatchRecord | undefined)[]
  readonly #others: (MatchRecord | undefined)[]

  constructor(nodes: Nodes) {
    this.#nodes = nodes
    this.#definitions = new Array(nodes.size)
    this.#others = new Array(nodes.size)
  }

  /** @returns The record for a meaning of a node; `undefined` if the node has another meaning. */
  of(node: number, main: string, sub: string): MatchRecord | undefined {
    const table = main === 'def' ? this.#definitions : this.#others
    const known = table[node]
    const more = known === undefined || known.main === main ? 0 : strengthOf(main) - strengthOf(known.main)
    if (known === undefined || more > 0) {
      const record = new MatchRecord(main, sub, node, this.#nodes.starts[node] ?? 0, this.#nodes.ends[node] ?? 0)
      table[node] = record
      return record
    }
    if (more < 0) return undefined
    if (known.main === main && known.sub === '') known.sub = sub
    return known
  }

  part(node: number): Part {
    return { id: node, start: this.#nodes.starts[node] ?? 0, end: this.#nodes.ends[node] ?? 0 }
  }

  /** The records in the order of the nodes. */
  inOrder(): MatchRecord[] {
    const all: MatchRecord[] = []
    for (let node = 0; node < this.#nodes.size; node++) {
      const definition = this.#definitions[node]
      // Neither its name is known, nor the owner of the members inside.
      if (this.#nodes.hasError && definition?.name !== undefined && this.#isBroken(node, definition.name.id)) {
        node = (this.#nodes.after[node] ?? 0) - 1
        continue
      }
      // A record without a kind has only parts: no pattern captures its node as a definition.
      if (definition !== undefined && definition.sub !== '') all.push(definition)
      const other = this.#others[node]
      if (other !== undefined) all.push(other)
    }
    return all
  }

  /** Whether the text right before the name violates the grammar: `class [[NAME]] < Base` of a template, read as `class Base`. */
  #isBroken(node: number, name: number): boolean {
    const { after, kinds } = this.#nodes
    let before = -1
    for (let child = node + 1; child < name; child = after[child] ?? name) before = child
    return before >= 0 && kinds[before] === ERROR && after[before] === name
  }
}

/** The kind of a node that violates the grammar. */
const ERROR = 0xffff

/**
 * Which of two meanings of a node wins: `@ref` loses against all others, and its parts are dropped; `@import` and `@skip` win. Of two
 * that are equally strong, the first one wins, and gets the parts of both.
 */
function strengthOf(main: string): number {
  if (main === 'skip') return 3
  if (main === 'import') return 2
  return main === 'ref' ? 0 : 1
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

/** Keeps text order; several patterns may name the same part. */
function append(parts: Part[] | undefined, part: Part): Part[] {
  if (parts === undefined) return [part]
  let at = parts.length
  while (at > 0 && (parts[at - 1]?.id ?? 0) > part.id) at--
  if (parts[at - 1]?.id === part.id) return parts
  if (at === parts.length) parts.push(part)
  else parts.splice(at, 0, part)
  return parts
}
