/** Reads the dependencies of a Cargo.toml with the features that enable them. */

import { at, type Located, textAt } from '#generate/formats/located.ts'
import type { Dependency } from '#generate/model.ts'
import type { Features } from './cargo-features.ts'
import { isInherited, tablesOf } from './cargo-tables.ts'
import { dependencies } from './package-draft.ts'

export function dependenciesOf(manifest: Located, workspace: Located | undefined, features: Features): Dependency[] {
  return tablesOf(manifest).flatMap(({ entries, kind, target }) =>
    entries.flatMap(({ key: alias, value }): Dependency[] => {
      const shared = isInherited(value) ? at(workspace, 'dependencies', alias) : undefined
      const name = textAt(value, 'package') ?? textAt(shared, 'package') ?? alias
      if (at(value, 'optional')?.text !== 'true') return dependencies([name], kind, target)
      const enabling = features.enabling(alias)
      if (!features.dependenciesByDefault.has(alias)) {
        const system = target === null ? [] : [target]
        const groups = enabling.length === 0 ? [alias] : enabling
        return groups.flatMap((feature) =>
          dependencies([name], kind === 'runtime' ? 'optional' : kind, [feature, ...system].join(', ')),
        )
      }
      // Default features enable it for every user who does not disable them.
      const feature =
        enabling.find((one) => one !== 'default' && features.byDefault.has(one)) ?? defaultFeature(features, alias)
      return dependencies([name], kind, cfgOf(feature, target))
    }),
  )
}

/** An optional dependency that `default` names is a feature of its own, unless it is hidden by `dep:`. */
const defaultFeature = ({ inDefault }: Features, dependency: string): string =>
  inDefault.has(dependency) ? dependency : 'default'

/** `feature = "color"`, `cfg(all(feature = "color", unix))` */
function cfgOf(feature: string, target: string | null): string {
  const named = `feature = "${feature}"`
  if (target === null) return named
  const inner = /^cfg\((.*)\)$/.exec(target)?.[1]
  return inner === undefined ? `${named}, ${target}` : `cfg(all(${named}, ${inner}))`
}
