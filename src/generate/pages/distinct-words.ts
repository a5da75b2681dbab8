/** Finds the words of a text that its subject's name does not already say. */

/** Generic words. */
const GENERIC_WORDS = new Set(
  'a an the this that is are of for to and or in its it class classes struct structs interface interfaces namespace constructor trait type types enum package module function method file files object component element instance implementation implementing definition defines optional represents representing provides providing contains holds functions methods classes utility utilities util utils helper helpers entry point extension extensions overload overloads common various misc general some main base stuff called contain has hold many named several special app application program get gets set sets return returns implement implements given specified new current status value values flag kind by from with on at as over into which'.split(
    ' ',
  ),
)

/** Matches `in Orbit` at the end of `A Planner is an optional interface in Orbit.`, which applies to everything there. */
const PLACE_AT_END = /\b(?:in|of) \p{Lu}[\p{L}\p{N}]{0,60}\.?$/u

/** Whether a text only repeats a name: `The plan class.` */
export function isRepeated(text: string, name: string): boolean {
  return distinctWords(text, name).length === 0 || isSameName(text, name)
}

/** Minimum number of words of the name that a truism repeats, and maximum number of others. */
const [MIN_REPEATED, MAX_OTHERS] = [3, 1]

/** Whether a text is little more than the words of a name: `Parses Unix-style paths` on `UnixPathParser`. */
export function isTruism(text: string, name: string): boolean {
  if (distinctWords(text, name).length > MAX_OTHERS) return false
  const parts = new Set(wordsOf(name).map(stemOf))
  const repeated = new Set(
    wordsOf(text)
      .map(stemOf)
      .filter((word) => parts.has(word)),
  )
  return repeated.size >= MIN_REPEATED
}

/** The words of a text that are neither parts of a name, nor long forms of these, nor generic. */
export function distinctWords(text: string, name: string): string[] {
  const plain = name.toLowerCase()
  const parts = new Set(wordsOf(name).map(stemOf))
  const short = [...parts].filter(({ length }) => length >= MIN_SHORT)
  const isShortened = (word: string): boolean =>
    short.some((part) => word.startsWith(part) && word.length >= part.length + MIN_CUT)
  const spoken = text
    .replace(/(?<!\w)[a-z]{1,8}:\/\/\S+/gi, '')
    .replace(PLACE_AT_END, '')
    .replace(/(?<=\w)['’]s\b/g, '')
  return wordsOf(spoken).filter(
    (word) =>
      !GENERIC_WORDS.has(word) &&
      !GENERIC_WORDS.has(word.replace(/s$/, '')) &&
      !parts.has(stemOf(word)) &&
      word !== plain &&
      !isShortened(word),
  )
}

/** `int` is short for `integer`, but `log` has another meaning than `logger`. */
const MIN_SHORT = 3
const MIN_CUT = 4

/** The common part of `parses`, `parsed` and `parsing`: `parse`. */
const stemOf = (word: string): string => word.replace(/(?<=\w{3})(?:e?s|ed|ing|er|e)$/, '')

/** `permessage-deflate implementation` on `PerMessageDeflate`. */
const isSameName = (text: string, name: string): boolean =>
  wordsOf(name)
    .join('')
    .endsWith(
      wordsOf(text)
        .filter((word) => !GENERIC_WORDS.has(word))
        .join(''),
    )

/** `HTTPServer` and `http_server` have two. */
function wordsOf(text: string): string[] {
  return (text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\d+/gu) ?? []).map((word) => word.toLowerCase())
}
