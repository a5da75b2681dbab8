/** Names in the bodies of Rust's `macro_rules!`, which are no code before the macro is used: what they name may be used there. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isMain, type Survey } from '#generate/pages/survey.ts'
import type { NamePlace } from './called-by-name.ts'

const MAX_LINES = 3_000
/** A name that is called, and the type or module before it. */
const CALLED =
  /(?:\b(\w{1,80})(?:::<[^<>\n]{0,80}>)?::)?\b([A-Za-z_]\w{0,80})(?:::<[^<>\n]{0,80}>)?!?[([{]|\b([A-Z]\w{1,80})\b/g

const known = new WeakMap<Survey, ReadonlyMap<string, readonly NamePlace[]>>()

/** Lines in macros that may use a component: those with a name that only it has, or with its owner before the name. */
export function placesInMacros(survey: Survey, { id }: Component): readonly NamePlace[] {
  const found = known.get(survey) ?? findAll(survey)
  known.set(survey, found)
  return found.get(id) ?? []
}

function findAll(survey: Survey): Map<string, NamePlace[]> {
  const found = new Map<string, NamePlace[]>()
  const own = [...survey.components.values()].filter(
    ({ file, id }) => survey.files.get(file)?.language === 'rust' && isMain(file, survey) && !survey.inTests.has(id),
  )
  const macros = own.filter(({ kind }) => kind === 'macro')
  if (macros.length === 0) return found
  const byName = new Map<string, Component[]>()
  for (const one of own) byName.set(one.name, [...(byName.get(one.name) ?? []), one])
  for (const { file, startLine, endLine, id: macro } of macros) {
    const lines = codeLines(survey, file, startLine + 1, Math.min(endLine, startLine + MAX_LINES))
    for (const [index, whole] of lines.entries()) {
      if (/^\s*\/\//.test(whole)) continue
      for (const [, owner, called, type] of whole.slice(0, 300).matchAll(CALLED)) {
        const alike = byName.get(called ?? type ?? '') ?? []
        const fitting = alike.filter(({ parent, id }) => {
          const around = survey.components.get(parent ?? '')
          return id !== macro && (alike.length === 1 || (owner !== undefined && around?.name === owner))
        })
        const line = startLine + 1 + index
        for (const { id } of fitting) {
          const places = found.get(id) ?? []
          if (!places.some((place) => place.file === file && place.line === line)) places.push({ file, line })
          found.set(id, places)
        }
      }
    }
  }
  return found
}
