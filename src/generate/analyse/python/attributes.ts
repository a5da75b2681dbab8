/** Resolves an attribute from a value and the name after the dot. */

import { findMember, lineageOf } from './lineage.ts'
import { lookUpInModule } from './names.ts'
import type { Program } from './program.ts'
import { collectionOf, type Evaluation, OUTSIDE, tupleOf, UNKNOWN, type Value, valued } from './values.ts'

const PROPERTY = /(?:^|\.)(?:cached_property|property|getter|abstractproperty|hybrid_property|memoized_property)$/

/** True for a method that is read like an attribute. */
export const isProperty = (decorators: readonly string[]): boolean => decorators.some((name) => PROPERTY.test(name))

export function attributeOf(program: Program, value: Value | null, name: string): Evaluation {
  if (value === null) return UNKNOWN
  switch (value.kind) {
    case 'module':
      return fromModule(program, value, name)
    case 'class':
      return fromClass(program, value, name)
    case 'instance':
      return fromMember(program, value, value, name)
    case 'super':
      return fromMember(program, value, value.receiver, name)
    case 'collection':
      return valued(collectionMember(value, name))
    case 'outside':
      return valued(value.name === null ? OUTSIDE : { kind: 'outside', name: `${value.name}.${name}` })
    case 'union':
      return fromUnion(program, value.options, name)
    case 'collection method':
    case 'function':
      return name.startsWith('__') ? valued(OUTSIDE) : UNKNOWN
    default:
      return UNKNOWN
  }
}

function fromModule(program: Program, value: Value & { kind: 'module' }, name: string): Evaluation {
  const found = lookUpInModule(program, value.module, name)
  if (found === undefined) return name.startsWith('__') ? valued(OUTSIDE) : UNKNOWN
  return found.target === null ? found : { ...found, origin: 'import' }
}

/** The first option that has the name; options from outside the repository come last. */
function fromUnion(program: Program, options: readonly Value[], name: string): Evaluation {
  let outside: Evaluation | undefined
  for (const option of options) {
    const found = attributeOf(program, option, name)
    if (found.target !== null) return found
    if (found.value !== null) outside ??= found
  }
  return outside ?? UNKNOWN
}

function fromClass(program: Program, value: Value & { kind: 'class' }, name: string): Evaluation {
  const member = findMember(program, value.definition, name)
  if (member === undefined) return missing(program, value.definition, name)
  const { found, owner } = member
  const origin = owner === value.definition ? 'receiver-type' : 'inheritance'
  if (found.value?.kind === 'function') return { ...found, value: { ...found.value, receiver: value }, origin }
  const isMember = found.binding?.kind === 'assignment' && lineageOf(program, value.definition).isEnum
  return { ...found, value: isMember ? { kind: 'instance', definition: value.definition } : found.value, origin }
}

function fromMember(
  program: Program,
  value: Value & { kind: 'instance' | 'super' },
  receiver: Value | null,
  name: string,
): Evaluation {
  const isSuper = value.kind === 'super'
  const from = isSuper ? classOf(receiver) : null
  const definition = from ?? value.definition
  const member = findMember(program, definition, name, isSuper ? value.definition : null)
  if (member === undefined) return missing(program, value.definition, name)
  const { found, owner } = member
  const origin = isSuper || owner !== value.definition ? 'inheritance' : 'receiver-type'
  if (found.value?.kind === 'function' && found.value.definition.parent !== null) {
    const method = { ...found.value, receiver }
    return { ...found, value: isProperty(method.definition.decorators) ? program.resultOf(method) : method, origin }
  }
  return { ...found, origin }
}

function classOf(value: Value | null) {
  return value?.kind === 'instance' || value?.kind === 'class' ? value.definition : null
}

/** The value of a name that no class in the repository has. A base from outside may have it, or every object. */
function missing(program: Program, definition: Parameters<typeof lineageOf>[1], name: string): Evaluation {
  const isFromOutside = lineageOf(program, definition).isOpen || (name.startsWith('__') && name.endsWith('__'))
  return isFromOutside ? valued(OUTSIDE) : UNKNOWN
}

function collectionMember(value: Value & { kind: 'collection' }, name: string): Value {
  const gives = (result: Value | null): Value => ({ kind: 'collection method', result })
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault':
    case 'popleft':
      return gives(value.indexed ?? value.item)
    case 'values':
      return gives(collectionOf(value.indexed))
    case 'keys':
      return gives(collectionOf(value.item))
    case 'items':
      return gives(collectionOf(tupleOf([value.item, value.indexed])))
    case 'popitem':
      return gives(tupleOf([value.item, value.indexed]))
    case 'copy':
    case 'union':
    case 'intersection':
    case 'difference':
      return gives(value)
    case '__iter__':
      return gives(collectionOf(value.item))
    case '__next__':
    case '__anext__':
      return gives(value.item)
    default:
      return gives(OUTSIDE)
  }
}
