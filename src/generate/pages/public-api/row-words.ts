/** Finds the description of a public name for its row. Undescribed names have no row. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { afterFirstSentence } from '#generate/pages/first-sentence.ts'
import { NO_SUBJECT, wordsOf } from '#generate/pages/module/describe-definition.ts'
import { calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { readmeDescription } from '#generate/pages/readme/readme-descriptions.ts'
import { isTelling, pointsBack, tellingSentence } from '#generate/pages/telling.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { docSentence, toEntry, type Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import type { PublicName } from './public-names.ts'

/** Minimum number of words on a type that are neither in the name nor generic; one is enough for a function. */
const MIN_WORDS = 2
/** Matches a description of the constructor rather than the class. */
export const OF_CONSTRUCTOR =
  /^(?:(?:default |public )?constructor\b|(?:constructs?|creates?|initiali[sz]es?|instantiates?|makes?|returns?) (?:an? |the )?(?:new|fresh)\b)/i
/** Matches text that points elsewhere, is a section heading, or lacks its end: `Calls every on …`, `DB operations.`, `described at.` */
const UNFINISHED =
  /^(?:changed in version|see|calls|alias(?:es)? (?:for|of)|same as|shortcut (?:for|to)) |^returns?: |^(?:the )?default (?:\S+ ){0,3}\S+$|^(?:\S+ ){1,2}operations\.?$|\bwould (?:break|require|result in)\b|\b(?:an?|at|by|for|from|of|see|the|with)[.:]?$|…$|\/>/i
/** Generic words. */
const EMPTY = new Set(
  'a about an and are as be by class classes configuring constant constants contains defines definition describes detail details for from function functions generic get gets helper implementation implementing implements in information instance instances interface is it its method methods module object objects of on or provides representation representing represents return returns set sets simple store stores struct that the this to trait type types used using value which with'.split(
    ' ',
  ),
)

/** Empty if nothing describes the name. */
export function rowWords(writing: Writing, { component, maker }: PublicName): Inline[] {
  if (component === null) return []
  const words = sentenceOf(writing, component)
  if (words.length === 0 || maker === undefined) return words
  return [...writing.texts.publicApi.returnedBy(toEntry(maker)), writing.texts.colon, ...words]
}

const textOf = (words: readonly Inline[]): string => plainText(paragraph(...words)).trim()

/** The definition that an alias refers to; otherwise the definition itself. */
export function meantBy({ repo }: Writing, component: Component): Component {
  const [, target] = RUBY_ALIAS.exec(component.signature) ?? []
  const siblings = target === undefined ? [] : (repo.members.get(component.parent ?? '') ?? [])
  return siblings.find(({ name }) => name === target) ?? aliasOf(repo, component) ?? component
}

const RUBY_ALIAS = /^alias(?:_method)? :?[\w?!]{1,80},? :?([\w?!]{1,80})$/

/** `` `Result<T, Error>`. `` is not a sentence. */
const isOnlyCode = (words: readonly Inline[]): boolean =>
  /^[.\s]*$/.test(textOf(words.filter((one) => typeof one === 'string' || one.type !== 'inlineCode')))

/** @param min - Minimum number of words that are neither in the name of a type nor generic. */
function tells(writing: Writing, component: Component, words: Inline[], min: number): boolean {
  const text = textOf(words)
  if (isOnlyCode(words)) return false
  if (UNFINISHED.test(text) || (TYPES.has(component.kind) && OF_CONSTRUCTOR.test(text))) return false
  return isSaying(text, component, min, writing.subject.name) && !isAmbiguous(writing, component, text)
}

/** Whether enough words are neither in the name of the definition or the repository nor generic. */
function isSaying(text: string, { name, kind }: Component, ofTypes: number, repository: string): boolean {
  const own = wordsIn(name)
  const isOwn = (word: string): boolean =>
    wordsIn(word).every((part, _, all) => (part.length === 1 && all.length > 1) || isIn(own, part))
  const isGeneric = (word: string): boolean => EMPTY.has(word) || word === repository.toLowerCase()
  const words = (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !isGeneric(word.toLowerCase()) && !isOwn(word))
  const [first = ''] = text.split(/\s/, 1)
  // `Plans flights.` on `Plan`, not `Plan is a flight.`
  const isVerb = isOwn(first) && !own.includes(first.toLowerCase())
  const min = TYPES.has(kind) && !isVerb ? ofTypes : Math.min(ofTypes, 1)
  // Languages without spaces have few words.
  return new Set(words).size >= min || /[^\p{ASCII}\p{Script=Latin}\p{P}\p{S}]/u.test(text)
}

/** Also in another form: `maps` of a `Map`, `routing` of a `Route`. */
const isIn = (own: readonly string[], word: string): boolean => own.some((one) => stemOf(one) === stemOf(word))

const stemOf = (word: string): string =>
  word.length > 4 ? word.replace(/(?:ing|e[drs]?|s)$/, '') : word.replace(/s$/, '')

/** `HTTPServer` and `http_server` have two. */
const wordsIn = (text: string): string[] =>
  (text.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\d+/gu) ?? []).map((word) => word.toLowerCase())

/** Types with the same sentence. */
interface Sharers {
  names: Set<string>
  /** The number of names that contain each word. */
  words: Map<string, number>
}

/** The exported types by their sentence. */
const typesBySentence = memoized((writing: Writing): ReadonlyMap<string, Sharers> => {
  const found = new Map<string, Sharers>()
  for (const one of writing.repo.components.values()) {
    if (!TYPES.has(one.kind) || !one.exported || one.doc === null) continue
    const text = textOf(wordsOf(writing.repo, one) ?? [])
    const sharers = found.get(text) ?? { names: new Set(), words: new Map() }
    found.set(text, sharers)
    if (sharers.names.has(one.name)) continue
    sharers.names.add(one.name)
    for (const word of new Set(wordsIn(one.name))) sharers.words.set(word, (sharers.words.get(word) ?? 0) + 1)
  }
  return found
})

/** Whether multiple types share a sentence without any word that is only in the name of this one. */
function isAmbiguous(writing: Writing, { name }: Component, text: string): boolean {
  const sharers = typesBySentence(writing).get(text)
  if (sharers === undefined || sharers.names.size < 2 || !sharers.names.has(name)) return false
  const words = new Set(wordsIn(text))
  return !wordsIn(name).some((word) => words.has(word) && sharers.words.get(word) === 1)
}

const said = new WeakMap<Component, Inline[]>()

/**
 * The description of a definition: its own first sentence, the next one, that of the function that it forwards to, or that of a
 * document. Empty if none is informative.
 */
export function sentenceOf(writing: Writing, component: Component): Inline[] {
  let words = said.get(component)
  if (words === undefined) {
    const own = wordsOf(writing.repo, meantBy(writing, component))
    const sources: [source: () => Inline[] | null, min: number][] = [
      [() => own, MIN_WORDS],
      [() => secondOf(own, component), MIN_WORDS],
      [
        () => (component.doc === null || UNFINISHED.test(textOf(own ?? [])) ? passedOn(writing, component) : null),
        MIN_WORDS,
      ],
      [() => own, 1],
      // The description in a document introduces the name: `An HTTP response.`
      [() => readmeDescription(writing, component), 1],
      // Functions that the README calls have a row even if the comment says little: `NewRouter returns a new router.`
      [
        () =>
          calledInReadme(writing).has(component.id) && !TYPES.has(component.kind) ? plainSentence(component) : null,
        0,
      ],
    ]
    words = []
    for (const [source, min] of sources) {
      const found = source()
      if (found === null || !tells(writing, component, found, min)) continue
      words = found
      break
    }
    said.set(component, words)
  }
  return words
}

function plainSentence({ doc }: Component): Inline[] | null {
  const sentence = docSentence(doc)
  return sentence !== null && isTelling(sentence) ? sentence : null
}

/** Matches a comment that only refers to another definition. */
const FORWARDS = /^(?:calls|alias(?:es)? (?:for|of)|same as|see|shortcut (?:for|to)) /i

/** The second sentence of a comment whose first one is generic: `Fs is the filesystem interface.` */
function secondOf(own: Inline[] | null, { doc, name }: Component): Inline[] | null {
  if (own === null || doc === null || FORWARDS.test(textOf(own)) || /…$/.test(textOf(own))) return null
  const rest = afterFirstSentence(doc)
  // After a signature, `This` is the definition itself.
  const isAlone = !pointsBack(rest) || (isOnlyCode(own) && /^\s{0,9}This\b/.test(rest))
  const second = !isAlone || NO_SUBJECT.test(rest) ? null : tellingSentence(rest, name)
  if (second === null || textOf(own).includes(textOf(second))) return null
  return isOnlyCode(own) ? second : [...own, ' ', ...second]
}

/** The sentence of the only other function or method of the same name in the file, if it calls that. */
function passedOn({ repo }: Writing, { id, file, kind, name }: Component): Inline[] | null {
  if (kind !== 'function' && kind !== 'method') return null
  const folder = folderOf(file)
  const twins = [...(repo.callees.get(id)?.keys() ?? [])].flatMap((called) => {
    const one = called === id ? undefined : repo.components.get(called)
    return one?.name === name ? new Array<Component>(timesIn(repo, folder, called)).fill(one) : []
  })
  const [twin, ...more] = twins
  return twin === undefined || more.length > 0 ? null : wordsOf(repo, twin)
}

const described = new WeakMap<Writing['repo'], Map<string, ReadonlyMap<string, number>>>()

/** How often a component with a comment is at the top level of files of a folder, or is a member of such a definition. */
function timesIn(repo: Writing['repo'], folder: string, id: string): number {
  const folders = described.get(repo) ?? new Map<string, ReadonlyMap<string, number>>()
  described.set(repo, folders)
  const times = folders.get(folder) ?? describedInFolder(repo, folder)
  folders.set(folder, times)
  return times.get(id) ?? 0
}

function describedInFolder(repo: Writing['repo'], folder: string): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const { path } of repo.folders.get(folder) ?? [])
    for (const top of repo.tops.get(path) ?? [])
      for (const { id, doc } of [top, ...(repo.members.get(top.id) ?? [])])
        if (doc !== null) times.set(id, (times.get(id) ?? 0) + 1)
  return times
}
