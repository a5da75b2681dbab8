/**
 * A TypeScript type that is written as an object, `type Plan = { … }` or `type Plan = Base & { … }`, is used like an interface, so
 * it is compared as one, member by member. Works on text.
 */

import { append } from '#base/long-arrays.ts'
import type { ApiDefinition, PublicApi } from '#store/public-api.ts'
import { readSignature } from './signatures.ts'
import { splitAt } from './split-at.ts'

const IS_TYPESCRIPT = /\.(?:[cm]?tsx?|vue|svelte)$/
const MEMBER = /^(readonly )?["']?([\w$]{1,200})["']?(\??)\s?([:(<])/
/** `[key: string]: number`, whose name is `[key: string]`. */
const INDEX = /^(readonly )?(\[[\w$]{1,200}: (?:string|number|symbol)\])()(:)/
const UNNAMED = /^(?:new )?[(<]/
const NAMED = /^[A-Za-z_$][\w$.]{0,200}(?:<.*>)?$/s
/** Limit on members of one type. */
const MAX_MEMBERS = 500

/**
 * @param other - The other version. A type that is something else there, such as a union, is not converted.
 * @returns The same API, with interfaces in place of such types. Definitions keep their positions; members follow them.
 */
export function withObjectTypes(api: PublicApi, other: PublicApi): PublicApi {
  const definitions = [...api.definitions]
  const others = new Set(
    other.definitions.flatMap((one) => (isType(one) && readObject(one) === undefined ? [one.name] : [])),
  )
  const byName = new Map(
    api.definitions.flatMap((one, index) =>
      one.parent === undefined && /^(?:interface|class|type)$/.test(one.kind) ? [[one.name, index] as const] : [],
    ),
  )
  for (const [index, definition] of api.definitions.entries()) {
    const read = isType(definition) && !others.has(definition.name) ? readObject(definition) : undefined
    if (read === undefined) continue
    const { bases, members, typeParameters, unnamed } = read
    const generic = typeParameters === '' ? '' : `<${typeParameters}>`
    const heritage = bases.length === 0 ? '' : ` extends ${bases.join(', ')}`
    const body = unnamed.length === 0 ? '' : ` { ${unnamed.join('; ')} }`
    const own = bases.flatMap((base) => byName.get(base.replace(/<.*$/s, '')) ?? [])
    definitions[index] = {
      ...definition,
      kind: 'interface',
      signature: `interface ${definition.name}${generic}${heritage}${body}`,
      ...(own.length > 0 && { bases: own }),
    }
    append(
      definitions,
      members.map((member) => ({ ...member, parent: index })),
    )
  }
  return { ...api, definitions }
}

const isType = ({ kind, file }: ApiDefinition): boolean => kind === 'type' && IS_TYPESCRIPT.test(file)

interface ObjectType {
  bases: string[]
  members: ApiDefinition[]
  typeParameters: string
  /** Signatures of calls and constructors. */
  unnamed: string[]
}

/** @returns `undefined` for a type that is not an object, or whose text is truncated. */
function readObject(definition: ApiDefinition): ObjectType | undefined {
  const { value, typeParameters } = readSignature(definition.signature, definition.name, 'type', 'typescript')
  const parts = splitAt(value.replace(/^&/, ''), '&')
  const objects = parts.filter((part) => part.startsWith('{') && part.endsWith('}'))
  const bases = parts.filter((part) => !objects.includes(part))
  if (objects.length === 0 || !bases.every((base) => NAMED.test(base))) return undefined
  const texts = objects.flatMap((object) => splitAt(object.slice(1, -1), ';').flatMap((text) => splitAt(text, ',')))
  const members: ApiDefinition[] = []
  const unnamed: string[] = []
  for (const text of texts) {
    if (text === '') continue
    if (UNNAMED.test(text)) {
      unnamed.push(text)
      continue
    }
    const index = INDEX.exec(text)
    const [, , name, mark, next] = index ?? MEMBER.exec(text) ?? []
    if (name === undefined || members.length === MAX_MEMBERS) return undefined
    const { file, line, end } = definition
    const kind = next === ':' ? 'field' : 'method'
    const first = kind === 'method' ? members.find((one) => one.name === name) : undefined
    if (first !== undefined) {
      first.overloads = [...(first.overloads ?? []), text]
      continue
    }
    members.push({
      kind,
      name,
      file,
      line,
      end,
      signature: text,
      visibility: 'public',
      ...(mark === '' && index === null && { required: true }),
    })
  }
  return { bases, members, typeParameters, unnamed }
}
