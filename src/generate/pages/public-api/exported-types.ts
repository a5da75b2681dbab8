/** The names that a TypeScript path exports only as types: interfaces, aliases, and re-exports with `type`. */

import type { Surface, SurfacePath } from '#generate/model.ts'
import { SCRIPTS } from '#generate/pages/script-languages.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { packageOf } from './own-packages.ts'

const MAX_TEXT = 200_000
/** Matches `export type { Plan, Leg as Part } from './plan'` and `export { type Plan, run } from './plan'`. */
const EXPORTS = /^export (type )?\{([^{}]{0,20000})\}/gm
/** Matches `type Plan` in such a list, but not `type as Plan`, which exports a value called `type`. */
const INLINE_TYPE = /^type\s+(?!as\s)/
const COMMENT = /\/\/[^\n]*|\/\*[^*]{0,1000}\*+\//g

export function typesIn(writing: Writing, surface: Surface, path: SurfacePath): ReadonlySet<string> {
  if (!SCRIPTS.has(path.language)) return new Set()
  const reExported = typesReExported(writing, surface, path)
  return new Set(
    path.names.flatMap(({ name, to }) => {
      const component = writing.repo.components.get(to ?? '')
      const isType = component?.kind === 'interface' || component?.kind === 'type'
      return isType || reExported.has(name) ? [name] : []
    }),
  )
}

/** The names that the file of a path exports with `type`. */
function typesReExported(writing: Writing, surface: Surface, { path }: SurfacePath): ReadonlySet<string> {
  const entries = packageOf(writing, surface)?.entries ?? []
  const own = entries.filter(({ subpath }) => path === `${surface.package}${subpath.replace(/^\./, '')}`)
  const lists = own.flatMap(({ file }) => [
    ...(writing.repo.files.get(file)?.text ?? '').slice(0, MAX_TEXT).matchAll(EXPORTS),
  ])
  return new Set(
    lists.flatMap(([, isOfTypes, list = '']) =>
      list
        .replace(COMMENT, '')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => isOfTypes !== undefined || INLINE_TYPE.test(one))
        .map((one) => one.split(/\s/).at(-1) ?? ''),
    ),
  )
}
