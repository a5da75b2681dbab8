/** Compares the commands of programs, their options and arguments. */

import type { ApiCommand, ApiOption, PublicApi } from '#store/public-api.ts'
import { arrow, buildChange } from './build-change.ts'
import type { Change, Side } from './change.ts'
import { pairByKey } from './pair-by-key.ts'

export function compareCommands(before: PublicApi, after: PublicApi): Change[] {
  // Commands without a name in the code cannot be distinguished.
  const named = ({ commands }: PublicApi): ApiCommand[] => commands.filter(({ name }) => name !== '')
  return pairByKey(named(before), named(after), ({ name }) => name).flatMap(([old, now]): Change[] => {
    const about = { name: (old ?? now)?.name ?? '', before: old && sideOf(old), after: now && sideOf(now) }
    if (now === undefined) return [buildChange('command-removed', 'breaking', about)]
    if (old === undefined) return [buildChange('command-added', 'compatible', about)]
    return [...optionChanges(old, now), ...argumentChanges(old, now)]
  })
}

function optionChanges(before: ApiCommand, after: ApiCommand): Change[] {
  const options = { before: optionsOf(before), after: optionsOf(after) }
  const byName = new Map(options.after.flatMap((option) => option.names.map((name) => [name, option] as const)))
  const common = options.before.flatMap((option): Change[] => {
    const other = option.names.map((name) => byName.get(name)).find((one) => one !== undefined)
    const removed = removedNames(after, option, other, byName)
    return other === undefined ? removed : [...removed, ...valueChanges(after, option, other)]
  })
  return [...common, ...addedNames(after, options.before, options.after)]
}

/** The options of a command, without duplicate declarations. */
function optionsOf(command: ApiCommand): ApiOption[] {
  const seen = new Set<string>()
  return command.options.filter(({ isArgument, names }) => {
    const isNew = !isArgument && names.some((name) => !seen.has(name))
    if (isNew) for (const name of names) seen.add(name)
    return isNew
  })
}

function removedNames(
  command: ApiCommand,
  option: ApiOption,
  other: ApiOption | undefined,
  byName: ReadonlyMap<string, ApiOption>,
): Change[] {
  const severity = command.isWhole ? 'breaking' : 'unknown'
  const sides = { before: sideOf(option), after: other && sideOf(other) }
  return option.names
    .filter((name) => !byName.has(name))
    .map((name) => buildChange('option-removed', severity, { name: `${command.name} ${name}`, ...sides }))
}

function valueChanges(command: ApiCommand, before: ApiOption, after: ApiOption): Change[] {
  const name = `${command.name} ${before.names.at(-1) ?? ''}`
  const about = { name, before: sideOf(before), after: sideOf(after) }
  const changes: Change[] = []
  if ((before.value === '') !== (after.value === ''))
    changes.push(buildChange('option-value-changed', 'breaking', about))
  if (before.default !== after.default) {
    const detail = arrow(before.default, after.default)
    changes.push(buildChange('option-default-changed', 'unknown', { ...about, detail }))
  }
  return changes
}

function addedNames(command: ApiCommand, before: readonly ApiOption[], after: readonly ApiOption[]): Change[] {
  const known = new Set(before.flatMap(({ names }) => names))
  return after.flatMap((option) =>
    option.names
      .filter((name) => !known.has(name))
      .map((name) =>
        buildChange('option-added', 'compatible', { name: `${command.name} ${name}`, after: sideOf(option) }),
      ),
  )
}

/**
 * Positional arguments are compared by position and name. A changed order breaks callers; a changed name may be a mere
 * renaming, and a changed number may concern optional arguments.
 */
function argumentChanges(before: ApiCommand, after: ApiCommand): Change[] {
  const names = { before: argumentsOf(before), after: argumentsOf(after) }
  const detail = arrow(names.before.join(' '), names.after.join(' '))
  if (names.before.join(' ') === names.after.join(' ')) return []
  const isReordered = names.before.toSorted().join(' ') === names.after.toSorted().join(' ')
  const about = { name: after.name, detail, before: sideOf(before), after: sideOf(after) }
  return [buildChange('argument-changed', isReordered ? 'breaking' : 'unknown', about)]
}

const argumentsOf = ({ options }: ApiCommand): string[] =>
  options.filter(({ isArgument }) => isArgument).map(({ names }) => names[0] ?? '')

const sideOf = (one: ApiCommand | ApiOption): Side => ({
  file: one.file,
  line: one.line,
  end: one.line,
  text: 'names' in one ? one.names.join(', ') : one.name,
})
