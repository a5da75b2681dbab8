/** What the project is built on: what its own packages need when they run, apart from what develops, builds or extends them. */

import type { RootContent } from 'mdast'
import type { Dependency } from '#generate/model.ts'
import { publicPackages } from '#generate/pages/public-api/own-packages.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, list } from '#markdown/build.ts'

/** Of what one package needs: only lists that nobody reads are cut. */
const MAX_NAMES = 60
const MAX_PACKAGES = 12
const MAX_GROUPS = 6
/** A section with a line for each package that needs others; nothing where none does. */
export function stack(writing: Writing): RootContent[] {
  const { sources, texts, packages } = writing
  const own = new Set(packages.map(({ ecosystem, name }) => `${ecosystem} ${name ?? ''}`))
  const found = publicPackages(writing).flatMap(({ ecosystem, name, manifest, dependencies }) => {
    const others = dependencies.filter((one) => !own.has(`${ecosystem} ${one.name}`))
    // Of `group:artifact` the second part tells which it is; `:core` is another project of the same build.
    const short = (one: string): string =>
      ecosystem === 'maven' && !one.startsWith(':') ? one.slice(one.indexOf(':') + 1) : one
    const needed = byName(
      others.filter(({ kind }) => kind === 'runtime' || kind === 'peer'),
      short,
    )
    // What an extra, a feature or a property of the build brings along.
    const chosen = byName(
      others.filter((one) => one.kind === 'optional' && !needed.has(short(one.name))),
      short,
    )
    if (needed.size + chosen.size === 0) return []
    return [{ name: name === null ? null : short(name), manifest, needed, chosen }]
  })
  const items = found
    .slice(0, MAX_PACKAGES)
    .map(({ name, manifest, needed, chosen }): Inline[] => [
      ...(found.length > 1 && name !== null
        ? [code(name), ' (', ...sources.file(manifest), ')']
        : sources.file(manifest)),
      texts.colon,
      ...few(labels(writing, needed), MAX_NAMES, texts),
      ...(chosen.size === 0
        ? []
        : [
            ...(needed.size === 0 ? [] : [' · ']),
            ...texts.launch.optional(few(labels(writing, chosen), MAX_NAMES, texts)),
          ]),
    ])
  const more = found.length - items.length
  return items.length === 0
    ? []
    : [heading(2, texts.launch.builtOn), list([...items, ...(more > 0 ? [[texts.moreItems(more)]] : [])])]
}

/** Names with the groups, features or systems that they are of; without where one is needed anyway. */
function byName(dependencies: readonly Dependency[], short: (name: string) => string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const always = new Set<string>()
  for (const { name, group } of dependencies) {
    const groups = found.get(short(name)) ?? new Set()
    found.set(short(name), groups)
    if (group === null) always.add(short(name))
    else groups.add(group)
  }
  for (const name of always) found.get(name)?.clear()
  return found
}

function labels({ texts }: Writing, names: ReadonlyMap<string, ReadonlySet<string>>): Inline[][] {
  return [...names].map(([name, groups]): Inline[] => {
    const shown = [...groups].map((one): Inline[] => [code(one)])
    return [code(name), ...(shown.length === 0 ? [] : [' (', ...few(shown, MAX_GROUPS, texts), ')'])]
  })
}
