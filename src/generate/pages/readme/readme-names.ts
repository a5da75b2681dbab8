/** Which files a README speaks of, and in which order: those of examples that it names are the ones to begin with. */

import type { Survey } from '#generate/pages/survey.ts'
import { nameOf } from '#generate/paths.ts'

const MAX_CHARS = 200_000
const known = new WeakMap<Survey, string>()

/** Where the README at the top first names a file of examples or of tools by its own name; behind all others where it does not. */
export function placeInReadme(survey: Survey, path: string): number {
  let text = known.get(survey)
  if (text === undefined) {
    const readme = (survey.folders.get('') ?? []).find(
      (file) => /^readme(?:\.\w+)?$/i.test(file.path) && file.text !== null,
    )
    text = readme?.text?.slice(0, MAX_CHARS) ?? ''
    known.set(survey, text)
  }
  // A name without an ending is a word as well.
  const name = nameOf(path)
  const at = text.indexOf(name.includes('.') ? name : path)
  return at < 0 ? Number.MAX_SAFE_INTEGER : at
}
