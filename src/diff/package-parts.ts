/** Compares the programs and dependencies of a package present in both versions. */

import type { ApiPackage } from '#store/public-api.ts'
import { arrow, buildChange } from './build-change.ts'
import type { Change, Side } from './change.ts'
import { pairByKey } from './pair-by-key.ts'

export function comparePackageParts(before: ApiPackage, after: ApiPackage): Change[] {
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
