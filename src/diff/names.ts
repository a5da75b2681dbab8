/** Compares the names that packages export: added, removed, renamed, moved, and changes in those that stay. */

import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import type { ApiDefinition, ApiPackage, ApiPath, PublicApi } from '#store/public-api.ts'
import type { Change, Finding, Side } from './change.ts'
import { indexDefinitions } from './definition-index.ts'
import { knownTypes } from './known-types.ts'
import { changeOf, compareWithMembers, type Indexes, type Pair } from './members.ts'
import { pairRenamed } from './renames.ts'

/** A name exported on one path. */
interface Exported {
  path: string
  language: string
  name: string
  definition: ApiDefinition | undefined
}

/** The package that is compared. */
interface Within {
  owner: string
  indexes: Indexes
  /** The pairs of definitions that were compared, because multiple paths may refer to one. */
  compared: Set<string>
}

const SEPARATORS: Readonly<Record<string, string>> = {
  rust: '::',
  ruby: '::',
  php: '\\',
  cpp: '::',
  typescript: '#',
  javascript: '#',
}

export function compareNames(pairs: readonly PackagePair[], before: PublicApi, after: PublicApi): Change[] {
  const [old, now] = [indexDefinitions(before), indexDefinitions(after)]
  const indexes = { before: old, after: now, known: knownTypes(old, now) }
  const changes: Change[] = []
  const compared = new Set<string>()
  for (const [one, other] of pairs) {
    if (one === undefined || other === undefined) changes.push(packageChange(one, other))
    else {
      if (one.name !== other.name) changes.push({ ...packageChange(one, other), rule: 'package-renamed' })
      append(changes, comparePackage(one, other, { before, after }, indexes, compared))
    }
  }
  return changes
}

export type PackagePair = [before: ApiPackage | undefined, after: ApiPackage | undefined]

/** Pairs packages of one ecosystem: by name and folder, then by name, then by folder. */
export function pairPackages(before: readonly ApiPackage[], after: readonly ApiPackage[]): PackagePair[] {
  const left = new Set(after)
  const found = new Map<ApiPackage, ApiPackage>()
  const keys = [
    ({ name, folder }: ApiPackage) => `${name}\0${folder}`,
    ({ name }: ApiPackage) => name,
    ({ folder }: ApiPackage) => `${folder}`,
  ]
  for (const keyOf of keys) {
    const key = (one: ApiPackage): string => `${one.ecosystem}\0${keyOf(one)}`
    const waiting = new Map<string, ApiPackage[]>()
    for (const one of [...left].reverse()) {
      push(waiting, key(one), one)
    }
    for (const one of before) {
      const other = found.has(one) ? undefined : waiting.get(key(one))?.pop()
      if (other === undefined) continue
      found.set(one, other)
      left.delete(other)
    }
  }
  return [
    ...before.map((one): PackagePair => [one, found.get(one)]),
    ...[...left].map((one): PackagePair => [undefined, one]),
  ]
}

function packageChange(before: ApiPackage | undefined, after: ApiPackage | undefined): Change {
  const side = (one: ApiPackage | undefined): Side | null =>
    one === undefined ? null : { file: one.manifest ?? '', line: 1, end: 1, text: one.name }
  return {
    rule: after === undefined ? 'package-removed' : 'package-added',
    severity: before === undefined ? 'compatible' : 'breaking',
    package: (before ?? after)?.name ?? '',
    name: (before ?? after)?.name ?? '',
    detail: before !== undefined && after !== undefined ? `\`${before.name}\` → \`${after.name}\`` : '',
    before: side(before),
    after: side(after),
  }
}

function comparePackage(
  before: ApiPackage,
  after: ApiPackage,
  apis: { before: PublicApi; after: PublicApi },
  indexes: Indexes,
  compared: Set<string>,
): Change[] {
  const within = { owner: before.name, indexes, compared }
  const old = exportsOf(before, before.paths, apis.before)
  const now = exportsOf(after, after.paths, apis.after)
  const [oldAlso, nowAlso] = [exportsOf(before, before.also, apis.before), exportsOf(after, after.also, apis.after)]
  const changes: Change[] = []
  const gone: Exported[] = []
  for (const [key, one] of old) {
    // The path still works, although it is now one of several.
    const other = now.get(key) ?? nowAlso.get(key)
    if (other === undefined) gone.push(one)
    else append(changes, compareExported(one, other, within))
  }
  const fresh = [...now].flatMap(([key, one]) => (old.has(key) || oldAlso.has(key) ? [] : [one]))
  return [...changes, ...goneAndFresh(gone, fresh, within)]
}

/** Exports keyed by path within the package and name. */
function exportsOf(
  { name: own }: ApiPackage,
  paths: readonly ApiPath[] = [],
  { definitions }: PublicApi,
): Map<string, Exported> {
  const found = new Map<string, Exported>()
  for (const { path, language, names } of paths) {
    const inside = path.startsWith(own) ? path.slice(own.length) : path
    for (const [name, number] of names) {
      const definition = number === null ? undefined : definitions[number]
      found.set(`${inside}\0${name}`, { path, language, name, definition })
    }
  }
  return found
}

function compareExported(one: Exported, other: Exported, { owner, indexes, compared }: Within): Change[] {
  const { definition: before } = one
  const { definition: after } = other
  if (before === undefined || after === undefined) return []
  const key = `${before.file} ${before.line} ${before.name} ${after.file} ${after.line}`
  if (compared.has(key)) return []
  compared.add(key)
  const pair: Pair = { before, after, name: fullName(one), package: owner, language: one.language }
  return compareWithMembers(pair, indexes)
}

function goneAndFresh(gone: readonly Exported[], fresh: readonly Exported[], within: Within): Change[] {
  const changes: Change[] = []
  const change = (one: Exported, finding: Finding, before: Exported | null, after: Exported | null): Change =>
    changeOf(
      { package: within.owner, name: fullName(one) },
      finding,
      before?.definition ?? null,
      after?.definition ?? null,
    )
  const byName = new Map(fresh.map((one) => [one.name, one]))
  const definitions = (all: readonly Exported[]): ApiDefinition[] => all.flatMap(({ definition }) => definition ?? [])
  const renamed = pairRenamed(definitions(gone), definitions(fresh))
  const taken = new Set<Exported>()
  const homes = new Map(fresh.map((one) => [one.definition, one]))
  for (const one of gone) {
    const likeness = one.definition && renamed.get(one.definition)
    const other = byName.get(one.name) ?? (likeness && homes.get(likeness))
    if (other === undefined || taken.has(other)) {
      changes.push(change(one, { rule: 'name-removed', severity: 'breaking', detail: '' }, one, null))
      continue
    }
    taken.add(other)
    const rule = one.name === other.name ? 'name-moved' : 'name-renamed'
    const finding = { rule, severity: 'breaking', detail: `\`${fullName(other)}\`` } as const
    changes.push({ ...change(one, finding, one, other), is_guess: true })
    append(changes, compareExported(one, other, within))
  }
  for (const one of fresh) {
    if (taken.has(one)) continue
    const finding = { rule: 'name-added', severity: 'compatible', detail: '' } as const
    changes.push(change(one, finding, null, one))
  }
  return changes
}

/** The name as users write it: `click.Command`, `serde::de::Visitor`. */
function fullName({ path, language, name }: Pick<ApiPath, 'path' | 'language'> & { name: string }): string {
  return path === '' ? name : `${path}${SEPARATORS[language] ?? '.'}${name}`
}
