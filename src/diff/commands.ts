/** Compares the commands of programs, their options and arguments. */

import type { ApiCommand, ApiOption, PublicApi } from '#store/public-api.ts'
import { arrow, buildChange } from './build-change.ts'
import type { Change, Side } from './change.ts'
import { pairByKey } from './pair-by-key.ts'

export function compareCommands(before: PublicApi, after: PublicApi): Change[] {
  // Commands without a name in the code cannot be told apart.
  const named = ({ commands }: PublicApi): ApiCommand[] => commands.filter(({ name }) => name !== '')
  return pairByKey(named(before), named(after), ({ name }) => name).flatMap(([old, now]): Change[] => {
    const about = { name: (old ?? now)?.name ?? '', before: old && placeOf(old), after: now && placeOf(now) }
    if (now === undefined) return [buildChange('command-removed', 'breaking', about)]
    if (old === undefined) return [buildChange('command-added', 'compatible', about)]
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
        buildChange('option-removed', after.isWhole ? 'breaking' : 'unknown', {
          name: `${after.name} ${name}`,
          ...sides,
        }),
      )
    }
    if (other === undefined) continue
    const about = { name: `${after.name} ${option.names.at(-1) ?? ''}`, before: placeOf(option), after: placeOf(other) }
    if ((option.value === '') !== (other.value === ''))
      changes.push(buildChange('option-value-changed', 'breaking', about))
    if (option.default !== other.default)
      changes.push(
        buildChange('option-default-changed', 'unknown', { ...about, detail: arrow(option.default, other.default) }),
      )
  }
  const old = options(before).flatMap(({ names }) => names)
  for (const option of now)
    for (const name of option.names)
      if (!old.includes(name))
        changes.push(
          buildChange('option-added', 'compatible', { name: `${after.name} ${name}`, after: placeOf(option) }),
        )
  const [was, is] = [before, after].map((command) => command.options.filter(({ isArgument }) => isArgument)) as [
    ApiOption[],
    ApiOption[],
  ]
  if (was.length !== is.length) {
    const detail = arrow(namesOf(was), namesOf(is))
    changes.push(
      buildChange('argument-changed', 'unknown', {
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

const placeOf = (one: ApiCommand | ApiOption): Side => ({
  ...{ file: one.file, line: one.line, end: one.line },
  text: 'names' in one ? one.names.join(', ') : one.name,
})
