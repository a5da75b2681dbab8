/** What the project is built on: what its own packages need when they run, apart from what develops, builds or extends them. */

import type { RootContent } from 'mdast'
import { code, heading, type Inline, list } from '#markdown/build.ts'
import { publicPackages } from './own-packages.ts'
import { few } from './words.ts'
import type { Writing } from './writing.ts'

const MAX_NAMES = 24
const MAX_PACKAGES = 12

/** A section with a line for each package that needs others; nothing where none does. */
export function stack(writing: Writing): RootContent[] {
  const { sources, texts, packages } = writing
  const own = new Set(packages.map(({ ecosystem, name }) => `${ecosystem} ${name ?? ''}`))
  const found = publicPackages(writing).flatMap(({ ecosystem, name, manifest, dependencies }) => {
    const names = dependencies.flatMap((one) =>
      (one.kind === 'runtime' || one.kind === 'peer') && !own.has(`${ecosystem} ${one.name}`) ? [one.name] : [],
    )
    if (names.length === 0) return []
    // Of `group:artifact` the second part tells which it is.
    const short = (one: string): string => (ecosystem === 'maven' ? one.slice(one.indexOf(':') + 1) : one)
    return [{ name: name === null ? null : short(name), manifest, names: [...new Set(names.map(short))] }]
  })
  const items = found.slice(0, MAX_PACKAGES).map(({ name, manifest, names }): Inline[] => [
    ...(found.length > 1 && name !== null
      ? [code(name), ' (', ...sources.file(manifest), ')']
      : sources.file(manifest)),
    texts.colon,
    ...few(
      names.map((one): Inline[] => [code(one)]),
      MAX_NAMES,
      texts,
    ),
  ])
  const more = found.length - items.length
  return items.length === 0
    ? []
    : [heading(2, texts.launch.builtOn), list([...items, ...(more > 0 ? [[texts.moreItems(more)]] : [])])]
}
