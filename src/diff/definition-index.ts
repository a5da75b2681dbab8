/** Indexes the definitions of an `api.json` by how they belong together: members of types, and what types inherit. */

import { push } from '#base/multimap.ts'
import type { ApiDefinition, PublicApi } from '#store/public-api.ts'
import { type Role, readRoles } from './roles.ts'
import { basesIn, readSignature } from './signatures.ts'

/** Maximum number of supertypes followed from one type. */
const MAX_ANCESTORS = 200

export interface DefinitionIndex {
  /** Members of a type keyed by name: its own, and those of base types that users cannot name themselves. */
  membersOf(definition: ApiDefinition): ReadonlyMap<string, readonly ApiDefinition[]>
  /** The same with inherited members, own ones first. */
  allMembersOf(definition: ApiDefinition): ReadonlyMap<string, readonly ApiDefinition[]>
  /** Members of its supertypes. */
  inheritedBy(definition: ApiDefinition): ReadonlyMap<string, readonly ApiDefinition[]>
  /** Names of all its supertypes. */
  ancestorNamesOf(definition: ApiDefinition, language: string): ReadonlySet<string>
  /** Supertypes that the declaration names, if the repository contains them. */
  basesOf(definition: ApiDefinition): readonly ApiDefinition[]
  /** The TypeScript type with this name, if there is exactly one. */
  typeCalled(name: string): ApiDefinition | undefined
  /** How users use a TypeScript type; for a member, how they use its type. */
  roleOf(definition: ApiDefinition): Role
  /** TypeScript type aliases: their types, keyed by name. */
  aliases: ReadonlyMap<string, string>
  /** Type aliases of a Go package, `type Path = string`. */
  goAliasesIn(folder: string): ReadonlyMap<string, string>
}

export function indexDefinitions(api: PublicApi): DefinitionIndex {
  const { definitions, packages } = api
  const exported = new Set(
    packages.flatMap(({ paths }) => paths.flatMap(({ names }) => names.map(([, number]) => number))),
  )
  const own = new Map<ApiDefinition, Map<string, ApiDefinition[]>>()
  for (const definition of definitions) {
    const parent = definition.parent === undefined ? undefined : definitions[definition.parent]
    if (parent === undefined || !isVisible(definition)) continue
    const byName = own.get(parent) ?? new Map<string, ApiDefinition[]>()
    own.set(parent, byName)
    push(byName, definition.name, definition)
  }
  const none = new Map<string, ApiDefinition[]>()

  /** The type and all its supertypes, without duplicates. */
  function lineOf(definition: ApiDefinition): ApiDefinition[] {
    const line = new Set([definition])
    for (const one of line) {
      for (const base of one.bases ?? []) {
        const above = definitions[base]
        if (above !== undefined && line.size < MAX_ANCESTORS) line.add(above)
      }
    }
    return [...line]
  }

  const types = typesIn(definitions)
  const goAliases = goAliasesOf(definitions)
  const hidden = new Set(definitions.filter((_, number) => !exported.has(number)))

  /** The first member of each name in a list of types. */
  function membersIn(definition: ApiDefinition, line: readonly ApiDefinition[]): Map<string, ApiDefinition[]> {
    const all = new Map<string, ApiDefinition[]>()
    for (const one of line) {
      for (const [name, members] of own.get(one) ?? none) {
        // A constructor is not inherited by name.
        if (one !== definition && name === one.name) continue
        if (!all.has(name)) all.set(name, members)
      }
    }
    return all
  }

  return {
    membersOf(definition) {
      if (definition.bases === undefined) return own.get(definition) ?? none
      return membersIn(
        definition,
        lineOf(definition).filter((one) => one === definition || hidden.has(one)),
      )
    },

    allMembersOf: (definition) =>
      definition.bases === undefined ? (own.get(definition) ?? none) : membersIn(definition, lineOf(definition)),

    inheritedBy: (definition) =>
      membersIn(
        definition,
        lineOf(definition).filter((one) => one !== definition),
      ),

    ancestorNamesOf(definition, language) {
      const line = lineOf(definition)
      return new Set(
        line.flatMap((one) => [
          ...(one === definition ? [] : [one.name]),
          ...basesIn(one.signature, one.name, language),
        ]),
      )
    },

    basesOf: ({ bases = [] }) => bases.flatMap((base) => definitions[base] ?? []),
    typeCalled: (name) => types.get(name) ?? undefined,
    roleOf: readRoles(api),
    aliases: aliasesIn(types),
    goAliasesIn: (folder) => goAliases.get(folder) ?? new Map(),
  }
}

/** TypeScript types keyed by name; `null` for an ambiguous name. */
function typesIn(definitions: readonly ApiDefinition[]): Map<string, ApiDefinition | null> {
  const found = new Map<string, ApiDefinition | null>()
  for (const one of definitions) {
    if (one.parent !== undefined || !/^(?:class|interface|type|enum)$/.test(one.kind) || !/\.[cm]?tsx?$/.test(one.file))
      continue
    found.set(one.name, found.has(one.name) ? null : one)
  }
  return found
}

/** Aliases of longer types are not expanded. */
const MAX_ALIAS = 500

function aliasesIn(types: ReadonlyMap<string, ApiDefinition | null>): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, one] of types) {
    if (one?.kind !== 'type' || one.signature.length > MAX_ALIAS) continue
    const { typeParameters, value } = readSignature(one.signature, name, one.kind, 'typescript')
    if (typeParameters === '' && value !== '') found.set(name, value)
  }
  return found
}

function goAliasesOf(definitions: readonly ApiDefinition[]): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>()
  for (const { kind, file, name, signature } of definitions) {
    const start = `type ${name} = `
    if (kind !== 'type' || !file.endsWith('.go') || !signature.startsWith(start) || signature.length > MAX_ALIAS)
      continue
    const aliases = found.get(folderOf(file)) ?? new Map<string, string>()
    found.set(folderOf(file), aliases.set(name, signature.slice(start.length)))
  }
  return found
}

export const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')))

export const isVisible = ({ visibility }: ApiDefinition): boolean =>
  visibility === 'public' || visibility === 'protected'
