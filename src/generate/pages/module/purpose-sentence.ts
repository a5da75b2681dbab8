/** Determines whether a sentence says what a file, a module or its main definition is for. */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component, Package } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { distinctWords } from '#generate/pages/distinct-words.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { folderOf } from '#generate/paths.ts'
import { type Inline, oneLine, paragraph, plainText } from '#markdown/build.ts'

/** Matches a condition, a requirement, a comparison, a restriction or an origin, which does not state the purpose. */
const CAVEAT =
  /^\P{L}{0,9}(?:(?:after|alternatively|although|because|before|cannot|caveat|currently|ditto|due|except|however|if|ideally|must|otherwise|requires?|should|since|unfortunately|unless|unlike|until|we|when|without)\b|(?:the )?(?:equivalent|same|similar|variant)\b|(?:add|apply|attach)(?: it| this)? to\b|called (?:by|from|on|when)\b|default (?:for|if|when)\b|like \S{1,40},? but\b|thread[- ]?safe\b|(?:\S{1,40} ){1,3}(?:are|is) (?:the )?same as\b|(?:\S{1,40} ){1,4}(?:behaves|is|works) (?:just |much )?like \S{1,40}$|used (?:by|in|primarily)\b|(?:it|these|this) (?:can|cannot|could|has to|have to|is (?:currently|just|limited|necessary|needed|not|only|required)|may|must|needs?|should)\b|for \w{1,40}ing\b[^,]{0,40},|this \w{1,40} (?:must|needs?|requires?|should)\b|(?:an? |the )?work-?around\b|(?:an? )?(?:backup|copy) of\b|public domain\b|\d{2,6} \p{Ll}|this (?:app|project|site|website) (?:is|was) (?:bootstrapped|built|created|generated|made)\b|(?:added|changed|deprecated|new) in (?:version )?v?\d|this implementation\b|(?:\w{1,20}ly )?based (?:up)?on\b|modified\b|(?:\w{1,20} )?(?:docs?|links?|references?|sources?)\s?:)/iu
/** `getline.c,v 1.2 2014/09/16`, `Orbit API (2019-02-03).` */
const DATED = /,v \d|\(\d{4}-\d\d-\d\d\)\W*$/
/** `On AIX, …` */
const PLATFORM = /^(?:Under|On|With) \p{Lu}[\w+#.-]{0,30}(?: and \w{1,30})?,/u
/** Matches sentences on supported or required versions of other software. */
const VERSIONS =
  /^\P{L}{0,9}(?:requires? |(?:added|changed|deprecated|new) in (?:version )?v?\d|(?:\S{1,40} ){1,3}supports? (?:\S{1,40} ){1,9}versions?\b)/iu
const COMPATIBILITY = /\bbackwards?[- ]compat|\b(?:it is|it's) important to note\b|^(?:besides?|this document) /i
/** `HyBi Sender implementation.` */
const IMPLEMENTATION = /^\W{0,9}(?:\S{1,60} ){0,4}implementation\.?$/i
const VAGUE =
  /^(?:abstract|basic|can|creat(?:es?|ing)|custom|data|default|definitions?|features?|functionality|generic|given|handl(?:es|ing)|integrat(?:es|ing)|logic|manag(?:es|ing)|models?|new|operations?|own|purposes?|returns?|sets?|simple|specific|standard|supports?|supported|us(?:es?|ed|ing)|values?|various|work(?:s|ing)?|related|with)$/
/** Minimum number of words that are neither in the name nor generic. */
const MIN_WORDS = 2
/** Minimum length of one of them: `all` alone says nothing. */
const MIN_WORD = 4
/** Minimum number of all words: `Error handling` is the heading of a part. */
const MIN_LENGTH = 3
/** Minimum length of the part that two forms of a word share: `receiver` and `receive`. */
const MIN_STEM = 4

/** A word, not a version or a sign. */
const LETTERS = /\p{L}{2}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** Whether a sentence is about a condition, an origin or a version, not what something is for. */
export const isCaveat = (text: string): boolean => CAVEAT.test(text)

/** Whether a sentence is not a caveat, an origin, a version or a comparison with something else. */
function isDescription(text: string): boolean {
  const others = [CAVEAT, DATED, PLATFORM, COMPATIBILITY, VERSIONS, IMPLEMENTATION]
  return !others.some((one) => one.test(text)) && !/(?:…|\.{3})$/.test(text) && !text.includes(':=')
}

/** Whether a sentence describes something and says more than the name. @param least - Minimum number of other words. */
export function isPurpose(words: readonly Inline[], name: string, least = MIN_WORDS): boolean {
  const text = plainText(paragraph(...words)).trim()
  const isTitle = text.split(/\s+/, MIN_LENGTH).length < MIN_LENGTH && !UNSPACED.test(text)
  if (isTitle || !isDescription(text)) return false
  const parts = distinctWords(name, '').map(stemOf)
  const isOfName = (word: string): boolean =>
    parts.some((part) => part.length >= MIN_STEM && (word.startsWith(part) || part === stemOf(word)))
  const own = distinctWords(text, name).filter((word) => LETTERS.test(word) && !VAGUE.test(word) && !isOfName(word))
  return (
    (own.length >= least && own.some(({ length }) => length >= MIN_WORD)) || own.some((word) => UNSPACED.test(word))
  )
}

const stemOf = (word: string): string => word.replace(/(?:ation|er|ing|ion|or|ed|es|e|s)$/, '')

/** Whether a sentence is about supported versions: `orbit supports the latest versions of Go.` */
export const isOnVersions = (text: string): boolean => VERSIONS.test(text)

const MAX_DOC = 600
/** Functions of one name in at least this many folders are not copies of one. */
const MIN_FOLDERS = 3

/** Whether the comments of other definitions of the same sort begin with the same sentence. */
export function isPasted(repo: RepoIndex, component: Component): boolean {
  return sharedOpenings(repo).has(openingOf(component) ?? '')
}

const sharedOpenings = memoized((repo: RepoIndex): ReadonlySet<string> => {
  const found = new Map<string, Component[]>()
  for (const one of repo.components.values()) push(found, openingOf(one) ?? '', one)
  const isShared = (all: readonly Component[]): boolean =>
    new Set(all.map(({ name }) => comparableName(name))).size > 1 ||
    new Set(all.map(({ kind, file }) => (TYPES.has(kind) ? '' : folderOf(file)))).size >= MIN_FOLDERS
  return new Set([...found].flatMap(([opening, all]) => (opening !== '' && isShared(all) ? opening : [])))
})

function openingOf({ doc, kind, parent }: Component): string | null {
  if (doc === null || (parent !== null && !TYPES.has(kind))) return null
  const [first = ''] = doc
    .slice(0, MAX_DOC)
    .trim()
    .split(/\n\s*\n|\.\s/, 1)
  return first === '' ? null : `${TYPES.has(kind)} ${oneLine(first)}`
}

/** Placeholders that tools write as a description. */
const PLACEHOLDER =
  /^(?:add (?:your|a) (?:short )?description|(?:an? )?(?:short |brief |long )?(?:project |package )?description(?: (?:of|for|here)\b.*)?|your (?:project |package )?description|to ?do\b|fixme\b|tbd\b|(?:an? )?new (?:flutter|dart|node|rust|python|ruby|react|vue|svelte|next)?(?:\.js)? ?(?:project|package|app|plugin)|(?:default|starter|boilerplate) template\b|(?:my|an?) (?:awesome|amazing|cool|new|first|sample) (?:project|package|app|library)|write (?:a|your) (?:short |longer )?(?:summary|description)|lorem ipsum)/i

/** Whether a manifest really describes its package; some only repeat its name or contain a placeholder. */
export function describes({ name, description }: Package): boolean {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return (
    description !== null &&
    description.split(' ').length > 2 &&
    letters(description) !== letters(name ?? '') &&
    !PLACEHOLDER.test(description.replace(/^[^\p{L}]+/u, ''))
  )
}
