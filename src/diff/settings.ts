/** What changed in environment variables, configuration keys, commands and dependencies. */

import type { ApiCommand, ApiOption, ApiPackage, ApiSetting, PublicApi } from '#store/public-api.ts'
import type { Change, Severity, Side } from './change.ts'
import type { Rule } from './rules.ts'

export function compareSettings(before: PublicApi, after: PublicApi): Change[] {
  const key = ({ kind, name }: ApiSetting): string => `${kind} ${name}`
  return matched(before.settings, after.settings, key).flatMap(([old, now]): Change[] => {
    const isVariable = (old ?? now)?.kind === 'environment'
    const about = { name: (old ?? now)?.name ?? '', before: old && settingSide(old), after: now && settingSide(now) }
    // Another part of the program may read it in a way that is not recognised.
    if (now === undefined)
      return [change(isVariable ? 'environment-variable-removed' : 'configuration-key-removed', 'unknown', about)]
    if (old === undefined)
      return [change(isVariable ? 'environment-variable-added' : 'configuration-key-added', 'compatible', about)]
    if (old.default === now.default) return []
    return [change('setting-default-changed', 'unknown', { ...about, detail: arrow(old.default, now.default) })]
  })
}

export function compareCommands(before: PublicApi, after: PublicApi): Change[] {
  // Programs that no code names cannot be told apart.
  const named = ({ commands }: PublicApi): ApiCommand[] => commands.filter(({ name }) => name !== '')
  return matched(named(before), named(after), ({ name }) => name).flatMap(([old, now]): Change[] => {
    const about = { name: (old ?? now)?.name ?? '', before: old && placeOf(old), after: now && placeOf(now) }
    if (now === undefined) return [change('command-removed', 'breaking', about)]
    if (old === undefined) return [change('command-added', 'compatible', about)]
    return optionChanges(old, now)
  })
}

function optionChanges(before: ApiCommand, after: ApiCommand): Change[] {
  const changes: Change[] = []
  const options = (command: ApiCommand): ApiOption[] => command.options.filter(({ isArgument }) => !isArgument)
  const now = options(after)
  for (const option of options(before)) {
    const other = now.find(({ names }) => names.some((name) => option.names.includes(name)))
    for (const name of option.names) {
      if (now.some(({ names }) => names.includes(name))) continue
      const sides = { before: placeOf(option), after: other && placeOf(other) }
      changes.push(
        change('option-removed', after.isWhole ? 'breaking' : 'unknown', { name: `${after.name} ${name}`, ...sides }),
      )
    }
    if (other === undefined) continue
    const about = { name: `${after.name} ${option.names.at(-1) ?? ''}`, before: placeOf(option), after: placeOf(other) }
    if ((option.value === '') !== (other.value === '')) changes.push(change('option-value-changed', 'breaking', about))
    if (option.default !== other.default)
      changes.push(
        change('option-default-changed', 'unknown', { ...about, detail: arrow(option.default, other.default) }),
      )
  }
  const old = options(before).flatMap(({ names }) => names)
  for (const option of now)
    for (const name of option.names)
      if (!old.includes(name))
        changes.push(change('option-added', 'compatible', { name: `${after.name} ${name}`, after: placeOf(option) }))
  const [was, is] = [before, after].map((command) => command.options.filter(({ isArgument }) => isArgument)) as [
    ApiOption[],
    ApiOption[],
  ]
  if (was.length !== is.length) {
    const detail = arrow(namesOf(was), namesOf(is))
    changes.push(
      change('argument-changed', 'unknown', {
        name: after.name,
        detail,
        before: placeOf(before),
        after: placeOf(after),
      }),
    )
  }
  return changes
}

const namesOf = (options: readonly ApiOption[]): string => options.map(({ names }) => names[0] ?? '').join(' ')

/** Programs and dependencies of packages that are in both. */
export function comparePackageParts(before: ApiPackage, after: ApiPackage): Change[] {
  const sides = { before: manifestSide(before), after: manifestSide(after), package: before.name }
  const programs = matched(before.programs, after.programs, (name) => name).flatMap(([old, now]): Change[] => {
    const name = old ?? now ?? ''
    if (now === undefined) return [change('program-removed', 'breaking', { name, ...sides })]
    return old === undefined ? [change('program-added', 'compatible', { name, ...sides })] : []
  })
  const dependencies = matched(before.dependencies, after.dependencies, ({ name }) => name).flatMap(
    ([old, now]): Change[] => {
      const about = { name: (old ?? now)?.name ?? '', ...sides }
      if (now === undefined) return [change('dependency-removed', 'compatible', about)]
      if (old?.kind === now.kind) return []
      if (now.kind === 'peer') return [change('peer-dependency-added', 'breaking', about)]
      if (old === undefined) return [change('dependency-added', 'compatible', { ...about, detail: now.kind })]
      return [
        change('dependency-kind-changed', now.kind === 'optional' ? 'breaking' : 'compatible', {
          ...about,
          detail: arrow(old.kind, now.kind),
        }),
      ]
    },
  )
  return [...programs, ...dependencies]
}

interface About {
  name: string
  package?: string
  detail?: string
  before?: Side | undefined
  after?: Side | undefined
}

const change = (
  rule: Rule,
  severity: Severity,
  { name, package: owner = '', detail = '', before, after }: About,
): Change => ({
  ...{ rule, severity, package: owner, name, detail },
  before: before ?? null,
  after: after ?? null,
})

const arrow = (before: string | null, after: string | null): string => `${shown(before)} → ${shown(after)}`

const shown = (value: string | null): string => (value === null || value === '' ? 'none' : `\`${value}\``)

const settingSide = ({ file, line, name, default: value }: ApiSetting): Side => ({
  ...{ file, line, end: line },
  text: value === null ? name : `${name} = ${value}`,
})

const placeOf = (one: ApiCommand | ApiOption): Side => ({
  ...{ file: one.file, line: one.line, end: one.line },
  text: 'names' in one ? one.names.join(', ') : one.name,
})

const manifestSide = ({ manifest, name }: ApiPackage): Side | undefined =>
  manifest === null ? undefined : { file: manifest, line: 1, end: 1, text: name }

/** Items of the same key side by side, the first of each; those of the first list in its order, then the others. */
function matched<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): [T | undefined, T | undefined][] {
  const [old, now] = [before, after].map(
    (items) => new Map([...items].reverse().map((item) => [keyOf(item), item])),
  ) as [Map<string, T>, Map<string, T>]
  const keys = new Set([...before, ...after].map(keyOf))
  return [...keys].map((key) => [old.get(key), now.get(key)])
}
