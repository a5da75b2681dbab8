/** The newest commits of a followed repository, as its host has reported them, compared with those that are documented. Pure. */

import type { FollowView } from '#queue/follows/follow-view.ts'
import type { Lag } from '#templates/version-bar.tsx'
import type { Version } from './repository-versions.ts'
import { versionName } from './version-name.ts'

export interface ReportedCommits {
  /** The newest commits of branches, keyed by the name of the version. */
  tips: ReadonlyMap<string, string>
  /** Numbers of commits, keyed by `rangeKey`. */
  counted: ReadonlyMap<string, number>
  /** Changes whenever a field above changes. */
  stamp: string
}

const BRANCH = 'refs/heads/'
const rangeKey = (from: string, to: string): string => `${from} ${to}`

export function reportedBy({ refs, counted }: Pick<FollowView, 'refs' | 'counted'>): ReportedCommits {
  const tips = new Map(
    refs.flatMap(({ ref, commit }) => {
      if (ref === 'HEAD') return [['latest', commit] as const]
      return ref.startsWith(BRANCH) ? [[versionName({ commit_id: ref.slice(BRANCH.length) }), commit] as const] : []
    }),
  )
  const counts = new Map(counted.map(({ from, to, commits }) => [rangeKey(from, to), commits]))
  return { tips, counted: counts, stamp: JSON.stringify([...tips, ...counts]) }
}

/** How far a version is behind its branch, a release behind the default branch: `null` if it is not, `undefined` if unknown. */
export function lagOf({ name, commit, release }: Version, { tips, counted }: ReportedCommits): Lag | null | undefined {
  const own = tips.get(name)
  const main = tips.get('latest')
  if (own !== undefined) {
    return own === commit ? null : { of: 'branch', commits: counted.get(rangeKey(commit, own)) ?? null }
  }
  const commits = release === undefined || main === undefined ? undefined : counted.get(rangeKey(commit, main))
  return commits === undefined || commits === 0 ? undefined : { of: 'default branch', commits }
}
