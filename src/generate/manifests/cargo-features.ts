/** The features of a Cargo.toml: which of them and which optional dependencies `default` enables, and what enables a dependency. */

import { entriesAt, type Located, textsOf } from '#generate/formats/located.ts'

/** https://doc.rust-lang.org/cargo/reference/features.html */
export interface Features {
  /** Features on by default, including those that optional dependencies define implicitly. */
  readonly byDefault: ReadonlySet<string>
  /** Optional dependencies on by default, by the names under which they are declared. */
  readonly dependenciesByDefault: ReadonlySet<string>
  /** What `default` lists itself. */
  readonly inDefault: ReadonlySet<string>
  /** For each optional dependency, the features that list it with `dep:`, otherwise those that list it or one of its features. */
  enabling(dependency: string): readonly string[]
}

/** Limit on the features named for one optional dependency. */
const MAX_FEATURES = 6

export function featuresOf(manifest: Located): Features {
  const features = new Map(entriesAt(manifest, 'features').map(({ key, value }) => [key, textsOf(value)]))
  const marked = new Map<string, Set<string>>()
  const named = new Map<string, Set<string>>()
  for (const [feature, parts] of features) {
    for (const part of parts) {
      const { dependency, isMarked } = meaningOf(part)
      if (dependency === undefined) continue
      const index = isMarked ? marked : named
      const enabling = index.get(dependency) ?? new Set()
      index.set(dependency, enabling)
      if (enabling.size < MAX_FEATURES) enabling.add(feature)
    }
  }
  return {
    ...defaultsOf(features),
    inDefault: new Set(features.get('default')),
    enabling: (dependency) => [...(marked.get(dependency) ?? named.get(dependency) ?? [])],
  }
}

/** Follows `default` through other features. */
function defaultsOf(
  features: ReadonlyMap<string, readonly string[]>,
): Pick<Features, 'byDefault' | 'dependenciesByDefault'> {
  const byDefault = new Set<string>()
  const dependenciesByDefault = new Set<string>()
  const pending = ['default']
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (byDefault.has(next)) continue
    byDefault.add(next)
    for (const part of features.get(next) ?? []) {
      const { dependency, feature, isMarked } = meaningOf(part)
      // A feature that is defined has no dependency of the same name, unless it lists it.
      const isFeature = part === feature && features.has(part)
      if (dependency !== undefined && (isMarked || !isFeature)) dependenciesByDefault.add(dependency)
      if (feature !== undefined) pending.push(feature)
    }
  }
  return { byDefault, dependenciesByDefault }
}

interface Meaning {
  dependency?: string
  feature?: string
  /** Whether it is written `dep:name`. */
  isMarked: boolean
}

/** What a part of a feature may enable: `dep:name`, `name` and `name/feature`, but not `name?/feature`. */
function meaningOf(part: string): Meaning {
  if (part.startsWith('dep:')) return { dependency: part.slice('dep:'.length), isMarked: true }
  if (part.includes('?/')) return { isMarked: false }
  const [name = ''] = part.split('/', 1)
  return { dependency: name, feature: name, isMarked: false }
}
