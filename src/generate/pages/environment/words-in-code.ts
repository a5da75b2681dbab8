/** Finds the description of an environment variable in code: the comment of the setting that it fills. */

import type { PhrasingContent } from 'mdast'
import type { Component, Read } from '#generate/model.ts'
import { isGroupHeading } from '#generate/pages/entry/field-words.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { tellingSentence } from '#generate/pages/telling.ts'

/** Limit on the lines of a setting; longer definitions have several. */
const MAX_LINES = 3
/** Limit on the lines between an attribute and its definition. */
const MAX_BELOW = 4
const MAX_PLACES = 8
/** Kinds of definitions that hold a value. */
const SETTINGS = new Set<Component['kind']>(['constant', 'field'])

/** The first description and the file that it is from, or `null`. */
export function wordsInCode(
  repo: RepoIndex,
  name: string,
  places: readonly Read[],
): { sentence: PhrasingContent[]; file: string } | null {
  for (const place of places.slice(0, MAX_PLACES)) {
    const sentence = tellingSentence(docOfSetting(repo, place) ?? '', name)
    if (sentence !== null) return { sentence, file: place.file }
  }
  return null
}

/** The doc comment of the constant, variable or field that a read fills, or whose value or attribute names the variable. */
function docOfSetting(repo: RepoIndex, { file, line, written, reader }: Read): string | undefined {
  const own = (repo.tops.get(file) ?? []).flatMap((one) => [one, ...(repo.members.get(one.id) ?? [])])
  const isScript = repo.files.get(file)?.language === 'bash'
  const found = own.find(
    ({ kind, startLine, endLine, name, doc, parent }) =>
      SETTINGS.has(kind) &&
      doc !== null &&
      endLine - startLine < MAX_LINES &&
      // A value of a shell script may be computed from any number of variables.
      ((startLine <= line && line <= endLine && !isScript) ||
        name === written ||
        // In a type and outside of its members there are only attributes.
        (kind === 'field' && reader === parent && line < startLine && startLine <= line + MAX_BELOW)),
  )
  if (found === undefined || isGroupHeading(repo, found)) return undefined
  // The comment above two settings may be about both, or about the first.
  const isOfSeveral = own.some(
    (one) =>
      one.kind === 'field' && one.parent === found.parent && one.doc === null && one.startLine === found.endLine + 1,
  )
  // The comment at the head of a script, whose last paragraph is about its first variable.
  const paragraphs = found.doc?.split(/\n\s{0,20}\n/) ?? []
  return isOfSeveral ? undefined : isScript ? paragraphs.at(-1) : (found.doc ?? undefined)
}
