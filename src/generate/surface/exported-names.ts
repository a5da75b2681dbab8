/** Gives definitions the names under which packages export them: `string` for `export { create as string }`. */

import { findText } from '#base/find-text.ts'
import type { Component, SourceFile, Surface } from '#generate/model.ts'
import { README } from '#generate/paths.ts'

/** Languages in which a definition can be exported under another name. */
const RENAMING_LANGUAGES = new Set(['javascript', 'python', 'rust', 'typescript'])
/** Exports for which users choose the name. */
const DEFAULT_NAMES = new Set(['default', 'export='])
/** Characters of a README that are searched for names. */
const MAX_README = 200_000
/** Limit on the nested definitions that are renamed with the outermost. */
const MAX_DEPTH = 20
/** Further names of one component. */
const MAX_ALIASES = 20
/** Characters of a statement before the path that it imports. */
const MAX_IMPORT_LINE = 200
/** Statements that are searched for one path. */
const MAX_IMPORTS = 50
const WORD = /[\p{L}_$][\p{L}\p{N}_$]{0,100}/gu

/**
 * Sets the titles of components that are exported only under other names, and of their members, and the aliases of
 * components that are exported under several names. The title is one of these names: its
 * own is preferred, then the one mentioned most often in the README, then the longest.
 */
export function withExportedNames(
  components: readonly Component[],
  surfaces: readonly Surface[],
  files: readonly SourceFile[],
): Component[] {
  const byId = new Map(components.map((one) => [one.id, one]))
  const readme = files.find(({ path }) => README.test(path))?.text?.slice(0, MAX_README) ?? ''
  const mentions = mentionsIn(readme)
  const exported = exportedNames(surfaces, (id) => mentions.has(byId.get(id)?.name ?? ''))
  for (const [id, path] of pathsOfDefaults(surfaces))
    if (byId.get(id)?.name === 'default' && !exported.has(id)) exported.set(id, new Set([importedNameIn(readme, path)]))
  if (exported.size === 0) return [...components]
  const renamed = new Map<string, { oldPrefix: string; newPrefix: string }>()
  const aliases = new Map<string, string[]>()
  for (const [id, names] of exported) {
    const component = byId.get(id)
    if (component === undefined || component.parent !== null || component.title !== undefined) continue
    const [best = component.name] = [...names].sort(
      (a, b) =>
        Number(b === component.name) - Number(a === component.name) ||
        (mentions.get(b) ?? 0) - (mentions.get(a) ?? 0) ||
        b.length - a.length,
    )
    // An old name is not the title of a definition that the code uses under a new name.
    const isOld = component.details?.deprecated !== undefined
    // `plan = plan_gui`, exported as `plan_gui`.
    const isTaken = best !== component.name && byId.has(`${component.file}#${best}`)
    const title = isOld || isTaken ? component.name : best
    const others = [...(isOld || isTaken ? [] : names)].filter((name) => name !== title).slice(0, MAX_ALIASES)
    if (others.length > 0) aliases.set(id, others)
    const oldPrefix = component.label ?? component.qualifiedName
    if (title !== component.name && oldPrefix.startsWith(component.name))
      renamed.set(id, { oldPrefix, newPrefix: title + oldPrefix.slice(component.name.length) })
  }
  return components.map((one) => {
    let top: Component | undefined = one
    for (let depth = 0; depth < MAX_DEPTH && top?.parent != null; depth++) top = byId.get(top.parent)
    const change = renamed.get(top?.id ?? '')
    const title = one.title ?? one.label ?? one.qualifiedName
    const others = aliases.get(one.id)
    return {
      ...one,
      ...(change !== undefined && title.startsWith(change.oldPrefix)
        ? { title: change.newPrefix + title.slice(change.oldPrefix.length) }
        : {}),
      ...(others === undefined ? {} : { aliases: others }),
    }
  })
}

/**
 * The names under which public packages export components, keyed by component id; default exports have none. Properties
 * of an exported function are seldom imported, so those that the README calls by their own names have none either.
 */
function exportedNames(surfaces: readonly Surface[], isMentioned: (id: string) => boolean): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { language, names } of surfaces.flatMap(({ isPrivate, paths }) => (isPrivate ? [] : paths))) {
    if (!RENAMING_LANGUAGES.has(language)) continue
    const isFunction = names.some(({ name }) => name === 'export=')
    for (const { name, to } of names) {
      if (to === null || DEFAULT_NAMES.has(name) || (isFunction && isMentioned(to))) continue
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
 * The name for the default export of an import path in the README, `import orbit from 'orbit'` or
 * `const orbit = require('orbit')`; otherwise one made of the end of the path, `orbitHttp` for `@acme/orbit-http`.
 */
function importedNameIn(readme: string, path: string): string {
  let from = 0
  for (let count = 0; count < MAX_IMPORTS; count++) {
    const at = findText(readme, path, from)
    if (at < 0) break
    from = at + path.length
    const quote = readme[at - 1] ?? ''
    if (!/["']/.test(quote) || readme[from] !== quote) continue
    const line = readme.slice(Math.max(readme.lastIndexOf('\n', at) + 1, at - MAX_IMPORT_LINE), at - 1)
    const name = (IMPORT.exec(line) ?? REQUIRE.exec(line))?.[1]
    if (name !== undefined) return name
  }
  const end = path.split('/').at(-1) ?? path
  const name = end.replace(/[^\p{L}\p{N}]+(\p{L}?)/gu, (_, next: string) => next.toUpperCase())
  return /^\p{N}/u.test(name) ? `_${name}` : name
}

const IMPORT =
  /^\s{0,20}import\s{1,4}(?!type\s)([\p{L}_$][\p{L}\p{N}_$]{0,60})(?:\s{0,4},[^'"]{0,150})?\s{1,4}from\s{0,4}$/u
const REQUIRE = /^\s{0,20}(?:const|let|var)\s{1,4}([\p{L}_$][\p{L}\p{N}_$]{0,60})\s{0,4}=\s{0,4}require\(\s{0,4}$/u

function mentionsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text.matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
