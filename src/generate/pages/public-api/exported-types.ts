/** The names that a TypeScript path exports only as types: interfaces, aliases, and re-exports with `export type`. */

import type { SurfacePath } from '#generate/model.ts'
import { SCRIPTS } from '#generate/pages/script-languages.ts'
import type { Writing } from '#generate/pages/writing.ts'

const MAX_TEXT = 200_000
/** Matches `export type { Plan, Leg as Part } from './plan'`. */
const PASSED_ON = /^export type \{([^{}]{0,20000})\}/gm

export function typesIn(writing: Writing, { language, names }: SurfacePath): ReadonlySet<string> {
  if (!SCRIPTS.has(language)) return new Set()
  const passed = passedOnAsTypes(writing)
  return new Set(
    names.flatMap(({ name, to }) => {
      const component = writing.repo.components.get(to ?? '')
      const isType = component?.kind === 'interface' || component?.kind === 'type'
      return isType || passed.has(name) ? [name] : []
    }),
  )
}

const known = new WeakMap<Writing, ReadonlySet<string>>()

/** The names in `export type {…}` statements of the files that packages export. */
function passedOnAsTypes(writing: Writing): ReadonlySet<string> {
  const { packages, repo } = writing
  const found =
    known.get(writing) ??
    new Set(
      packages.flatMap(({ entries }) =>
        entries.flatMap(({ file }) =>
          [...(repo.files.get(file)?.text ?? '').slice(0, MAX_TEXT).matchAll(PASSED_ON)].flatMap(([, list = '']) =>
            list.split(',').map((one) => (one.split(/\sas\s/).at(-1) ?? '').trim()),
          ),
        ),
      ),
    )
  known.set(writing, found)
  return found
}
