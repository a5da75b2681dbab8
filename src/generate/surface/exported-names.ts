/** Gives definitions the names under which packages export them: `string` for `export { create as string }`. */

import { findText } from '#base/find-text.ts'
import type { Component, SourceFile, Surface } from '#generate/model.ts'

/** Languages in which a definition can be exported under another name. */
const RENAMING_LANGUAGES = new Set(['javascript', 'python', 'rust', 'typescript'])
/** Exports for which users choose the name. */
const DEFAULT_NAMES = new Set(['default', 'export='])
/** Limits on the text of a README and on nested definitions. */
const MAX_README = 200_000
const MAX_DEPTH = 20
const MAX_ALIASES = 20
const MAX_IMPORT = 200
const WORD = /[\p{L}_$][\p{L}\p{N}_$]{0,100}/gu

/**
 * Sets the titles of components that are exported only under other names, and of their members, and the aliases of
 * components that are exported under several names. The title is the name that occurs most often in the README.
 */
export function withExportedNames(
  components: readonly Component[],
  surfaces: readonly Surface[],
  files: readonly SourceFile[],
): Component[] {
  const byId = new Map(components.map((one) => [one.id, one]))
  const readme = files.find(({ path }) => /^readme\.\w+$/i.test(path))?.text?.slice(0, MAX_README) ?? ''
  const exported = exportedNames(surfaces)
  for (const [id, path] of pathsOfDefaults(surfaces))
    if (byId.get(id)?.name === 'default' && !exported.has(id)) exported.set(id, new Set([importedNameIn(readme, path)]))
  if (exported.size === 0) return [...components]
  const mentions = mentionsIn(readme)
  const renamed = new Map<string, { before: string; after: string }>()
  const aliases = new Map<string, string[]>()
  for (const [id, names] of exported) {
    const one = byId.get(id)
    if (one === undefined || one.parent !== null || one.title !== undefined) continue
    const [first = one.name] = [...names].sort(
      (a, b) =>
        Number(b === one.name) - Number(a === one.name) ||
        (mentions.get(b) ?? 0) - (mentions.get(a) ?? 0) ||
        b.length - a.length,
    )
    const others = [...names].filter((name) => name !== first).slice(0, MAX_ALIASES)
    if (others.length > 0) aliases.set(id, others)
    const before = one.label ?? one.qualifiedName
    if (first !== one.name && before.startsWith(one.name))
      renamed.set(id, { before, after: first + before.slice(one.name.length) })
  }
  return components.map((one) => {
    let top: Component | undefined = one
    for (let depth = 0; depth < MAX_DEPTH && top?.parent != null; depth++) top = byId.get(top.parent)
    const change = renamed.get(top?.id ?? '')
    const title = one.title ?? one.label ?? one.qualifiedName
    const others = aliases.get(one.id)
    return {
      ...one,
      ...(change !== undefined && title.startsWith(change.before)
        ? { title: change.after + title.slice(change.before.length) }
        : {}),
      ...(others === undefined ? {} : { aliases: others }),
    }
  })
}

/** The names under which public packages export components, keyed by component id; default exports have none. */
function exportedNames(surfaces: readonly Surface[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { language, names } of surfaces.flatMap(({ isPrivate, paths }) => (isPrivate ? [] : paths))) {
    if (!RENAMING_LANGUAGES.has(language)) continue
    for (const { name, to } of names) {
      if (to === null || DEFAULT_NAMES.has(name)) continue
      found.set(to, (found.get(to) ?? new Set()).add(name))
    }
  }
  return found
}

/** The import paths whose default exports are components, keyed by component id. */
function pathsOfDefaults(surfaces: readonly Surface[]): ReadonlyMap<string, string> {
  const paths = surfaces.flatMap(({ isPrivate, paths }) => (isPrivate ? [] : paths)).reverse()
  return new Map(
    paths.flatMap(({ path, names }) =>
      names.flatMap(({ name, to }): [string, string][] => (to !== null && DEFAULT_NAMES.has(name) ? [[to, path]] : [])),
    ),
  )
}

/**
 * The name for the default export of an import path in the README, `import orbit from 'orbit'`; otherwise one made of
 * the end of the path, `orbitHttp` for `@acme/orbit-http`.
 */
function importedNameIn(readme: string, path: string): string {
  for (const quote of ["'", '"']) {
    const at = findText(readme, `from ${quote}${path}${quote}`)
    const line = at < 0 ? '' : readme.slice(Math.max(readme.lastIndexOf('\n', at) + 1, at - MAX_IMPORT), at)
    const name = /^\s*import\s{1,4}([\p{L}_$][\p{L}\p{N}_$]{0,60})\s{0,4}(?:,|$)/u.exec(line)?.[1]
    if (name !== undefined) return name
  }
  return (path.split('/').at(-1) ?? path).replace(/[^\p{L}\p{N}]+(\p{L}?)/gu, (_, next: string) => next.toUpperCase())
}

function mentionsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text.matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
