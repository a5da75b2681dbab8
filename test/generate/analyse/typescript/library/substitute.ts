/** Replaces type parameters in types of the standard library. */

import type {
  LibraryElement,
  LibraryMember,
  LibrarySignature,
  LibraryType,
  TypeParameter,
} from '#generate/analyse/typescript/library/types.ts'

/** @param typeArguments - Type arguments by index; missing ones are unknown. */
export function substitute(type: LibraryType, typeArguments: readonly LibraryType[]): LibraryType {
  const put = (one: LibraryType): LibraryType => substitute(one, typeArguments)
  switch (type.kind) {
    case 'parameter':
      return typeArguments[type.index] ?? { kind: 'unknown' }
    case 'reference':
      return type.arguments.length === 0 ? type : { ...type, arguments: type.arguments.map(put) }
    case 'union':
    case 'intersection':
      return { ...type, types: type.types.map(put) }
    case 'tuple':
      return { ...type, elements: type.elements.map((one) => inElement(one, put)) }
    case 'function':
      return { ...type, signatures: type.signatures.map((one) => inSignature(one, put)) }
    case 'object':
      return { ...type, members: new Map([...type.members].map(([name, one]) => [name, inMember(one, put)])) }
    case 'keys':
      return { ...type, of: put(type.of) }
    case 'indexed':
      return { ...type, object: put(type.object), index: put(type.index) }
    case 'mapped':
      return { ...type, over: put(type.over), value: put(type.value) }
    case 'predicate':
      return { ...type, type: put(type.type) }
    default:
      return type
  }
}

type Put = (type: LibraryType) => LibraryType

function inElement<E extends LibraryElement>(element: E, put: Put): E {
  return { ...element, type: put(element.type) }
}

function inMember(member: LibraryMember, put: Put): LibraryMember {
  return { ...member, type: put(member.type) }
}

function inSignature({ own, parameters, result }: LibrarySignature, put: Put): LibrarySignature {
  return {
    own: own.map((one) => inParameter(one, put)),
    parameters: parameters.map((one) => inElement(one, put)),
    result: put(result),
  }
}

function inParameter({ constraint, default: byDefault }: TypeParameter, put: Put): TypeParameter {
  return {
    constraint: constraint === undefined ? undefined : put(constraint),
    default: byDefault === undefined ? undefined : put(byDefault),
  }
}
