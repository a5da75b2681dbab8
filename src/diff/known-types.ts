/** Describes TypeScript types by the declarations of two versions; those of the newer version take precedence. */

import { hasText } from '#base/find-text.ts'
import type { ApiDefinition } from '#store/public-api.ts'
import type { KnownTypes } from './assignable.ts'
import type { DefinitionIndex } from './definition-index.ts'

const MAX_ANCESTORS = 50
/** Members of every object, and of errors. */
const OF_ERRORS = ['name', 'message', 'stack', 'cause', 'toString', 'valueOf', 'constructor']

/** For types of the standard library, a required member that few other types have. */
const OF_STANDARD: Readonly<Record<string, string>> = {
  AbortSignal: 'aborted',
  Blob: 'arrayBuffer',
  Date: 'getTime',
  Error: 'message',
  FormData: 'getAll',
  Headers: 'append',
  Map: 'get',
  Promise: 'then',
  ReadableStream: 'getReader',
  RegExp: 'exec',
  Request: 'redirect',
  Response: 'redirected',
  Set: 'add',
  URL: 'href',
  URLSearchParams: 'getAll',
}

export function knownTypes(before: DefinitionIndex, after: DefinitionIndex): KnownTypes {
  const find = (name: string): [ApiDefinition, DefinitionIndex] | undefined => {
    for (const index of [after, before]) {
      const found = index.typeCalled(name)
      if (found !== undefined) return [found, index]
    }
    return undefined
  }
  const ancestors = (name: string): ReadonlySet<string> => {
    const [definition, index] = find(name) ?? []
    return definition === undefined ? new Set() : (index?.ancestorNamesOf(definition, 'typescript') ?? new Set())
  }
  const requiredOf = (name: string): string[] => {
    const [definition, index] = find(name) ?? []
    if (definition === undefined && Object.hasOwn(OF_STANDARD, name)) return [OF_STANDARD[name] ?? '']
    if (definition === undefined || index === undefined || !/^(?:class|interface)$/.test(definition.kind)) return []
    return [...index.allMembersOf(definition)].flatMap(([member, [one]]) =>
      one !== undefined && isRequired(one) ? [member] : [],
    )
  }
  /** The names of all its members; `undefined` if a base type is not declared in the repository. */
  const membersOf = (name: string): ReadonlySet<string> | undefined => {
    if (/^(?:Error|TypeError|RangeError)$/.test(name) && find(name) === undefined) return new Set(OF_ERRORS)
    const [definition, index] = find(name) ?? []
    if (definition === undefined || index === undefined || !/^(?:class|interface)$/.test(definition.kind))
      return undefined
    const bases = [...ancestors(name)]
    if (bases.length > MAX_ANCESTORS || bases.some((base) => find(base) === undefined && base !== 'Error'))
      return undefined
    return new Set([...index.allMembersOf(definition).keys(), ...(bases.includes('Error') ? OF_ERRORS : [])])
  }
  return {
    aliasOf: (name) => after.aliases.get(name) ?? before.aliases.get(name),
    isSubtype: (name, base) => ancestors(name).has(base),
    lacks(name, target) {
      const own = membersOf(name)
      return own !== undefined && requiredOf(target).some((member) => !own.has(member))
    },
    isObject: (name) => requiredOf(name).length > 0,
  }
}

/** Whether every value of the type has the member: it is neither optional (`name?`) nor static. */
const isRequired = ({ signature, name }: ApiDefinition): boolean =>
  !hasText(signature, `${name}?`) && !/\bstatic\b/.test(signature)
