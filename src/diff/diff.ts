/**
 * Compares the public APIs of two document sets, with their settings, the parts of packages, and the files of modules. Pure,
 * deterministic.
 */

import type { ApiModule, ApiPackage, ApiSetting, PublicApi } from '#store/public-api.ts'
import { arrow, buildChange } from './build-change.ts'
import { type Change, type Diff, MAX_CHANGES, type ModuleChange, SEVERITIES, type Side } from './change.ts'
import { compareCommands } from './commands.ts'
import { compareNames, pairPackages } from './names.ts'
import { withObjectTypes } from './object-types.ts'
import { pairByKey } from './pair-by-key.ts'

export function diffApis(before: PublicApi, after: PublicApi): Diff {
  const [old, now] = [withObjectTypes(before, after), withObjectTypes(after, before)]
  const pairs = pairPackages(old.packages, now.packages)
  const all = [
    ...compareNames(pairs, old, now),
    ...pairs.flatMap(([one, other]) =>
      one === undefined || other === undefined ? [] : comparePackageParts(one, other),
    ),
    ...compareCommands(before, after),
    ...compareSettings(before, after),
  ].sort(inOrder)
  const counts = { breaking: 0, unknown: 0, compatible: 0 }
  for (const { severity } of all) counts[severity]++
  return {
    version: 1,
    from: before.commit,
    to: after.commit,
    step: stepOf(all),
    counts,
    changes: all.slice(0, MAX_CHANGES),
    modules: compareModules(before.modules, after.modules),
  }
}

/** A minor step adds to the API or deprecates part of it. */
function stepOf(changes: readonly Change[]): Diff['step'] {
  if (changes.some(({ severity }) => severity === 'breaking')) return 'major'
  return changes.some(
    ({ rule }) => /-added$|^deprecated$|-widened$|-optional$/.test(rule) && rule !== 'dependency-added',
  )
    ? 'minor'
    : 'patch'
}

function inOrder(a: Change, b: Change): number {
  const rank = ({ severity }: Change): number => SEVERITIES.indexOf(severity)
  const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0)
  return (
    rank(a) - rank(b) ||
    compare(a.package, b.package) ||
    compare(a.name, b.name) ||
    compare(a.rule, b.rule) ||
    compare(a.detail, b.detail)
  )
}

/** Lists each changed file at most twice, because a file is in only one module of each version. */
function compareModules(before: readonly ApiModule[], after: readonly ApiModule[]): ModuleChange[] {
  const old = new Map(before.map((module) => [module.id, module]))
  const now = new Map(after.map((module) => [module.id, module]))
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((id): ModuleChange[] => {
    const [was, is] = [old.get(id), now.get(id)]
    const files = changedFiles(was?.files ?? [], is?.files ?? [])
    if (files.length === 0) return []
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    const title = (is ?? was)?.title ?? id
    return [{ change, title, before: was?.page ?? null, after: is?.page ?? null, files }]
  })
}

function changedFiles(before: ApiModule['files'], after: ApiModule['files']): string[] {
  const [old, now] = [new Map(before), new Map(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path)).sort()
}

/** Environment variables and configuration keys. */
function compareSettings(before: PublicApi, after: PublicApi): Change[] {
  const key = ({ kind, name }: ApiSetting): string => `${kind} ${name}`
  return pairByKey(before.settings, after.settings, key).flatMap(([old, now]): Change[] => {
    const isVariable = (old ?? now)?.kind === 'environment'
    const about = { name: (old ?? now)?.name ?? '', before: old && settingSide(old), after: now && settingSide(now) }
    // Another part of the program may read it in a way that is not recognised.
    if (now === undefined)
      return [buildChange(isVariable ? 'environment-variable-removed' : 'configuration-key-removed', 'unknown', about)]
    if (old === undefined)
      return [buildChange(isVariable ? 'environment-variable-added' : 'configuration-key-added', 'compatible', about)]
    if (old.default === now.default) return []
    return [buildChange('setting-default-changed', 'unknown', { ...about, detail: arrow(old.default, now.default) })]
  })
}

const settingSide = ({ file, line, name, default: value }: ApiSetting): Side => ({
  file,
  line,
  end: line,
  text: value === null ? name : `${name} = ${value}`,
})

/** The programs and dependencies of a package that both versions have. */
function comparePackageParts(before: ApiPackage, after: ApiPackage): Change[] {
  const sides = { before: manifestSide(before), after: manifestSide(after), package: before.name }
  const programs = pairByKey(before.programs, after.programs, (name) => name).flatMap(([old, now]): Change[] => {
    const name = old ?? now ?? ''
    if (now === undefined) return [buildChange('program-removed', 'breaking', { name, ...sides })]
    return old === undefined ? [buildChange('program-added', 'compatible', { name, ...sides })] : []
  })
  const dependencies = pairByKey(before.dependencies, after.dependencies, ({ name }) => name).flatMap(
    ([old, now]): Change[] => {
      const about = { name: (old ?? now)?.name ?? '', ...sides }
      if (now === undefined) return [buildChange('dependency-removed', 'compatible', about)]
      if (old?.kind === now.kind) return []
      if (now.kind === 'peer') return [buildChange('peer-dependency-added', 'breaking', about)]
      if (old === undefined) return [buildChange('dependency-added', 'compatible', { ...about, detail: now.kind })]
      return [
        buildChange('dependency-kind-changed', now.kind === 'optional' ? 'breaking' : 'compatible', {
          ...about,
          detail: arrow(old.kind, now.kind),
        }),
      ]
    },
  )
  return [...programs, ...dependencies]
}

const manifestSide = ({ manifest, name }: ApiPackage): Side | undefined =>
  manifest === null ? undefined : { file: manifest, line: 1, end: 1, text: name }
