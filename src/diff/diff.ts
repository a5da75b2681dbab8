/** Compares the public APIs of two document sets. Pure, deterministic. */

import type { PublicApi } from '#store/public-api.ts'
import { type Change, type Diff, MAX_CHANGES, SEVERITIES } from './change.ts'
import { compareCommands } from './commands.ts'
import { compareModules } from './modules.ts'
import { compareNames, pairPackages } from './names.ts'
import { withObjectTypes } from './object-types.ts'
import { comparePackageParts } from './package-parts.ts'
import { compareSettings } from './settings.ts'

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
