/** Recognises comments that title a part of a file, instead of describing the next declaration. */

import { isMarkedApart } from './doc-lines.ts'

/** Limit on the characters of a comment that may be a heading. */
const MAX_CHARS = 120

/** The words of a comment, without comment signs. */
const wordsIn = (comment: string): string =>
  comment
    .replace(/^\/[/*]+|^#+|\*\/$/g, '')
    .replace(/^[ \t]*\*+(?!\S)/gm, '')
    .trim()

/** Maximum number of words in the heading of a part of a file. */
const MAX_HEADING = 4
/** Matches a sentence, not a heading: `Counts the plans`. */
const BEGINS_WITH_VERB = /^\p{L}+s (?:all|an?|each|every|if|the|this|whether)\b/iu

/** Whether a comment is a noun phrase such as `Internal helpers`, which is a heading if a blank line follows. */
export function isHeading(comments: readonly string[]): boolean {
  const [only = '', ...others] = comments
  if (others.length > 0 || only.length > MAX_CHARS) return false
  const words = wordsIn(only)
  return (
    /^\p{L}[^\n.:;!?()`@\\]*$/u.test(words) && words.split(/\s+/).length <= MAX_HEADING && !BEGINS_WITH_VERB.test(words)
  )
}

/** Whether one plain line is a title of the declarations below it: `Implemented elsewhere:`, `Drawing routines`. */
export function isBanner(comments: readonly string[]): boolean {
  const [only = '', ...others] = comments
  if (others.length > 0 || isMarkedApart(only) || only.length > MAX_CHARS) return false
  return /^\p{Lu}.*(?::|\s(?:functions|helpers|internals|management|methods|routines|utilities))$/u.test(wordsIn(only))
}
