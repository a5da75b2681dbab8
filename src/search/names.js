/**
 * Names of code that were typed: what is called so, behind which holders. Plain JavaScript, as `matching.js`, before which it
 * stands in the browser.
 */

import { INDEX_OPTIONS, wordsOf } from './words.js'

const BETWEEN = /\.|::|#|->|\//
export const FILE_ENDING = /\.[a-z]\w{0,3}$/i

/** Of what has nothing else in its name than what was typed, and of the files and constructors of what is called so. */
const AS_WHOLE = 1.4
const AS_PART = 0.4

/** Of a word that is no part of others, in names or in texts too. */
export const holdersOf = (index, name, fields = INDEX_OPTIONS.fields) =>
  index
    .search(wordsOf(name)[0] ?? '', { fields, tokenize: (word) => [word], processTerm: (word) => word })
    .map(({ id }) => id)

/**
 * What has this name, the best first: the code before examples and tests; with the holders that the name tells
 * (`Command.execute`), or in a file, folder or repository that is called so (`walk::Walk`, `gin.Context`), the nearest first,
 * and what has only the last name where nothing is held so; letter for letter before others, then what is public and used.
 */
export function findNamed(index, entries, name) {
  const [last = '', ...holders] = chainOf(name).reverse()
  const called = last.toLowerCase()
  const own = entries[0]?.title ?? ''
  const found = holdersOf(index, last, ['name']).flatMap((id) => {
    const { title, kind, weight, file } = entries[id]
    const isFile = kind === 'page' && FILE_ENDING.test(title)
    const [itself = '', ...around] = chainOf(isFile && !FILE_ENDING.test(name) ? withoutEnding(title) : title).reverse()
    if (isHeading(kind) || itself.toLowerCase() !== called) return []
    const places = holders.length === 0 ? [] : [...around, ...chainOf(`${own}/${withoutEnding(file)}`).reverse()]
    const end = endOf(lower(holders), lower(places))
    const between = lower(around.slice(0, Math.max(0, end))).filter((place) => !lower(holders).includes(place))
    const exact = Number(itself === last) + Number(endOf(holders, places) === end)
    const isPart = isFile || itself === around[0]
    const isWhole = kind !== 'page' && around.length === holders.length
    const share = weight * (isPart ? AS_PART : isWhole ? AS_WHOLE : 1)
    const order = [rankOf(entries[id]), -exact, between.length, end, Number(end > around.length), -share]
    return [{ id, isHeld: end >= 0, order }]
  })
  const isHeld = found.some((each) => each.isHeld)
  return found
    .filter((each) => each.isHeld === isHeld)
    .sort((a, b) => differenceOf(a.order, b.order))
    .map(({ id }) => id)
}

/** How many places lead to all of the holders, in their order from the inside; -1 where one is missing. */
function endOf(holders, places) {
  let end = 0
  for (const holder of holders) {
    end = places.indexOf(holder, end) + 1
    if (end === 0) return -1
  }
  return end
}

const lower = (names) => names.map((name) => name.toLowerCase())

export const withoutEnding = (file) => file.replace(FILE_ENDING, '')

const differenceOf = (a, b) => a.map((value, at) => value - b[at]).find((difference) => difference !== 0) ?? 0

/** Without what tells overloads apart: `Gson.toJson(Object)`. */
export const withoutOverload = (title) => (title.includes('(') ? title.replace(/(?<=[\p{L}\p{N}_$])\(.*$/u, '') : title)

/** A name behind those that hold it, outermost first. */
export const chainOf = (title) =>
  withoutOverload(title)
    .split(BETWEEN)
    .filter((name) => name !== '')
export const nameOf = ({ title }) => chainOf(title).at(-1) ?? title

/** 0 for what the repository is about, 1 for examples, 2 for tests, by the weights that the index gives them. */
export const rankOf = (entry) => (entry === undefined || entry.weight > 0.6 ? 0 : entry.weight > 0.38 ? 1 : 2)

/** Of a page, or of a document of the repository itself. */
export const isHeading = (kind) => kind === 'section' || kind === 'document'
