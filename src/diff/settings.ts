/** Compares environment variables and configuration keys. */

import type { ApiSetting, PublicApi } from '#store/public-api.ts'
import { arrow, buildChange } from './build-change.ts'
import type { Change, Side } from './change.ts'
import { pairByKey } from './pair-by-key.ts'

export function compareSettings(before: PublicApi, after: PublicApi): Change[] {
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
