/**
 * Finds entries by a typed code name, with or without its containers. Plain JavaScript, concatenated before `matching.js` in
 * the browser.
 */

import { INDEX_OPTIONS, partsOf, wordsOf } from './words.js'

const BETWEEN = /\.|::|#|->|\//
export const FILE_ENDING = /\.[a-z]\w{0,3}$/i

/** Factors for entries whose whole name was typed, and for files and constructors of that name. */
const AS_WHOLE = 1.4
const AS_PART = 0.4

/** Ids of the entries that contain this exact word. */
export function holdersOf(index, name, countSearched, fields = INDEX_OPTIONS.fields) {
  const plain = { fields, tokenize: (word) => [word], processTerm: (word) => word }
  const holders = index.search(wordsOf(name)[0] ?? '', plain)
  countSearched(holders.length)
  return holders.map(({ id }) => id)
}

/**
 * Find entries by name, best first: code before examples and tests; then those in the named containers (`Command.execute`), or
 * in a file, folder or repository with the name of the container (`walk::Walk`, `gin.Context`), nearest first; all entries with
 * the last name if none is in the containers; exact case before others; then by weight.
 *
 * @param known - A cache by last name.
 * @param countSearched - Called with the number of entries that were searched.
 * @param isMeant - Entries for which it returns false are left out.
 */
export function findNamed(index, entries, name, known, countSearched, isMeant = () => true) {
  const [last = '', ...holders] = chainOf(name).reverse()
  const isOfFiles = FILE_ENDING.test(name)
  const key = `${last.toLowerCase()} ${isOfFiles}`
  if (!known.has(key)) known.set(key, withLastName(index, entries, last, isOfFiles, countSearched))
  const all = known.get(key)
  const within = holders[0]?.toLowerCase()
  const mayHold = ({ containers, path }) => path.low.includes(within) || lower(containers).includes(within)
  const held =
    holders.length === 0 ? [] : all.filter(mayHold).map((each) => [each, [...each.containers, ...each.path.names]])
  const found = held.filter(([, places]) => endOf(lower(holders), lower(places)) >= 0)
  return (found.length > 0 ? found : all.map((each) => [each, []]))
    .filter(([{ id }]) => isMeant(entries[id]))
    .map(([each, places]) => ({ id: each.id, order: orderOf(each, entries[each.id], name, places) }))
    .sort((a, b) => differenceOf(a.order, b.order))
    .map(({ id }) => id)
}

/** The sort key of an entry; lower values come first. */
function orderOf({ isFile, ownName, containers }, entry, typed, places) {
  const [last = '', ...holders] = chainOf(typed).reverse()
  const end = places.length === 0 ? -1 : endOf(lower(holders), lower(places))
  const between = end < 1 ? [] : lower(containers.slice(0, end)).filter((place) => !lower(holders).includes(place))
  const exact = Number(ownName === last) + Number(endOf(holders, places) === end)
  const isPart = isFile || ownName === containers[0]
  const isWhole = entry.kind !== 'page' && containers.length === holders.length
  const share = entry.weight * (isPart ? AS_PART : isWhole ? AS_WHOLE : 1)
  const isOther = isOtherOverload(entry.title, typed)
  return [rankOf(entry), -exact, between.length, end, Number(end > containers.length), Number(isOther), -share]
}

/** Whether parameters were typed that the title does not have, or the title has type parameters that were not typed. */
function isOtherOverload(title, typed) {
  const parameters = parametersOf(title)
  const wanted = parametersOf(typed)
  return wanted === '' ? parameters.startsWith('<') : parameters !== wanted
}

const parametersOf = (title) => title.slice(withoutOverload(title).length)

/** All entries with this last name, ignoring case, with their containers from the innermost. */
function withLastName(index, entries, last, isOfFiles, countSearched) {
  const called = last.toLowerCase()
  const own = entries[0]?.title ?? ''
  const paths = new Map()
  const pathOf = (file) => {
    if (!paths.has(file)) {
      const names = chainOf(`${own}/${withoutEnding(file)}`).reverse()
      paths.set(file, { names, low: lower(names) })
    }
    return paths.get(file)
  }
  return holdersOf(index, last, countSearched, ['name']).flatMap((id) => {
    const { title, kind, file } = entries[id]
    if (isHeading(kind) || !title.toLowerCase().includes(called)) return []
    const isFile = kind === 'page' && FILE_ENDING.test(title)
    const [ownName = '', ...containers] = chainOf(isFile && !isOfFiles ? withoutEnding(title) : title).reverse()
    return ownName.toLowerCase() === called ? [{ id, isFile, ownName, containers, path: pathOf(file) }] : []
  })
}

/** How many of the innermost places contain all holders, in order; -1 when one is missing. */
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

function differenceOf(a, b) {
  const at = a.findIndex((value, place) => value !== b[place])
  return at < 0 ? 0 : a[at] - b[at]
}

/** Without the parameters that distinguish overloads and without type parameters: `Gson.toJson` for `Gson.toJson<T>(Object)`. */
export const withoutOverload = (title) =>
  withoutTypes(title.includes('(') ? title.replace(/(?<=[\p{L}\p{N}_$>])\(.*/su, '') : title)

/** `Map` for `Map<K, V>`. Not `operator<=>`, and not the text of a heading. */
function withoutTypes(title) {
  const begin = title.endsWith('>') ? title.indexOf('<') : -1
  const name = title.slice(0, Math.max(0, begin))
  return name !== '' && !/\s/.test(name) && /[\p{L}_]/u.test(title[begin + 1] ?? '') ? name : title
}

/** The parts of a qualified name, outermost first. */
export const chainOf = (title) =>
  withoutOverload(title)
    .split(BETWEEN)
    .filter((name) => name !== '')
export const nameOf = ({ title }) => chainOf(title).at(-1) ?? title

/** Lower bounds of the weights of the repository's own code and documents, of examples, and of tests (`search-weights.ts`). */
const RANKS = [0.6, 0.38, 0.25]
/** 0 for the repository's own code and documents, 1 for examples, 2 for tests, 3 for what is deprecated or internal. */
export const rankOf = (entry) => (entry === undefined ? 0 : RANKS.filter((bound) => entry.weight <= bound).length)

/** A document of the repository itself, or a section of one. */
export const isOfGuide = (kind) => kind === 'guide' || kind === 'document'
/** A heading of a page or of a document of the repository. */
export const isHeading = (kind) => kind === 'section' || isOfGuide(kind)

/** The words and parts of titles, cached because splitting a title takes long. */
const readings = new WeakMap()

export function readingOf(entry) {
  const known = readings.get(entry)
  if (known !== undefined) return known
  // The parameters in `Gson.toJson(Object)` are not part of the name.
  const title = withoutOverload(entry.title)
  const words = wordsOf(title)
  const reading = {
    name: words.join(' '),
    /** `HTTP/2` may be typed as `http2`. */
    joined: words.join(''),
    last: (entry.kind === 'page' ? wordsOf(withoutEnding(title)) : words).at(-1) ?? '',
    pieces: partsOf(title),
    all: partsOf(entry.title),
    own: partsOf(nameOf(entry)),
  }
  readings.set(entry, reading)
  return reading
}
