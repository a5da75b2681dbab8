/**
 * Determines how users use the types of a TypeScript package: they read the results of its functions and the arguments of their
 * own callbacks, and make the arguments of its functions. Works on the text of signatures.
 */

import { push } from '#base/multimap.ts'
import type { ApiDefinition, PublicApi } from '#store/public-api.ts'
import { readSignature } from './signatures.ts'
import { closingOf } from './split-at.ts'

/** `either`: unknown. */
export type Role = 'read' | 'made' | 'both' | 'either'

type Side = 'read' | 'made'

const IS_TYPESCRIPT = /\.(?:[cm]?tsx?|vue|svelte)$/
const IS_TYPE = /^(?:interface|type|class|enum)$/
const IS_CALLED = /^(?:function|method)$/
/** Limit on characters of a signature that are searched for names. */
const MAX_CHARACTERS = 4_000

/** @returns A function that returns the role of a type; members have that of their type. */
export function readRoles({ definitions, packages }: PublicApi): (definition: ApiDefinition) => Role {
  const types = new Map<string, ApiDefinition[]>()
  const members = new Map<ApiDefinition, ApiDefinition[]>()
  for (const definition of definitions) {
    if (!IS_TYPESCRIPT.test(definition.file)) continue
    const parent = definition.parent === undefined ? undefined : definitions[definition.parent]
    if (parent !== undefined) push(members, parent, definition)
    else if (IS_TYPE.test(definition.kind)) push(types, definition.name, definition)
  }
  const sides = { read: new Set<ApiDefinition>(), made: new Set<ApiDefinition>() }
  const queue: [definition: ApiDefinition, side: Side][] = []
  const visit = (definition: ApiDefinition, side: Side): void => {
    if (sides[side].has(definition)) return
    sides[side].add(definition)
    queue.push([definition, side])
  }
  const exported = packages.flatMap(({ paths, also = [] }) => [...paths, ...also].flatMap(({ names }) => names))
  for (const [, number] of exported) {
    const definition = number === null ? undefined : definitions[number]
    if (definition === undefined || !IS_TYPESCRIPT.test(definition.file)) continue
    if (!/^(?:interface|type)$/.test(definition.kind)) visit(definition, 'read')
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [definition, side] = next
    for (const { name, isContravariant } of mentionsIn(definition)) {
      for (const type of types.get(name) ?? []) visit(type, isContravariant ? opposite(side) : side)
    }
    for (const member of members.get(definition) ?? []) visit(member, side)
  }
  return (definition) => {
    const [isRead, isMade] = [sides.read.has(definition), sides.made.has(definition)]
    if (isRead && isMade) return 'both'
    return isRead ? 'read' : isMade ? 'made' : 'either'
  }
}

const opposite = (side: Side): Side => (side === 'read' ? 'made' : 'read')

interface Mention {
  name: string
  /** Whether the position is contravariant, such as a parameter: users who read the whole make this part, and vice versa. */
  isContravariant: boolean
}

function mentionsIn({ signature, overloads = [], name, kind }: ApiDefinition): Mention[] {
  return [signature, ...overloads].flatMap((one) => {
    const text = one.slice(0, MAX_CHARACTERS)
    const { parameters, type } = readSignature(text, name, kind, 'typescript')
    if (!IS_CALLED.test(kind) || parameters === null) return namesIn(text, false)
    return [...parameters.flatMap((parameter) => namesIn(parameter.type, true)), ...namesIn(type, false)]
  })
}

/** The names in a type. The parameters of a function, `(context: Context) => void`, or a constructor reverse the variance. */
function namesIn(text: string, isContravariant: boolean): Mention[] {
  const found: Mention[] = []
  const open: boolean[] = [isContravariant]
  for (const token of text.matchAll(/[A-Za-z_$][\w$]{0,200}|[()]/g)) {
    const [word] = token
    const inner = open.at(-1) ?? isContravariant
    if (word === '(') open.push(isParameterList(text, token.index) ? !inner : inner)
    else if (word !== ')') found.push({ name: word, isContravariant: inner })
    else if (open.length > 1) open.pop()
  }
  return found
}

/** Whether the list that begins here is followed by `=>`, or belongs to a method or a constructor. */
function isParameterList(text: string, from: number): boolean {
  if (/[\w$>]$/.test(text.slice(Math.max(0, from - 1), from))) return true
  const close = closingOf(text, from)
  return close >= 0 && /^\s{0,9}=>/.test(text.slice(close + 1, close + 12))
}
