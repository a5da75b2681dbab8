/** Names the pages of files. */

import { createHash } from 'node:crypto'
import { compareText, type Module } from '#generate/model.ts'
import { within } from '#generate/pages/writing.ts'

/** With the 100 characters of a module's slug and a hash, names stay within the 255 bytes that file systems allow. */
const MAX_LENGTH = 110
const LONGEST_HASH = 24

/**
 * A page name for each file of a module: `src-http--app.ts.md`. Slugs of modules never contain `--`, so names cannot collide
 * with them. A truncated or ambiguous name ends with `--` and six hex digits of the path's hash, or more on a collision.
 */
export function filePageNames(module: Module, paths: readonly string[]): Map<string, string> {
  const plain = new Map(paths.map((path) => [path, slugOf(within(module.path, path))]))
  const counts = new Map<string, number>()
  for (const slug of plain.values()) counts.set(slug, (counts.get(slug) ?? 0) + 1)
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const [path, slug] of [...plain].sort(([a], [b]) => compareText(a, b))) {
    const isPlain = slug !== '' && slug.length <= MAX_LENGTH && counts.get(slug) === 1
    const hash = createHash('sha256').update(path).digest('hex')
    // Few digits are easier to read, but an attacker can construct collisions.
    let digits = 6
    const end = (): string => (isPlain ? '' : `--${hash.slice(0, digits)}`)
    while (taken.has(slug.slice(0, MAX_LENGTH) + end()) && digits < LONGEST_HASH) digits *= 2
    taken.add(slug.slice(0, MAX_LENGTH) + end())
    names.set(path, `${module.slug}--${slug.slice(0, MAX_LENGTH)}${end()}.md`)
  }
  return names
}

function slugOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-.]+|(?<![-.])[-.]+$/g, '')
}
