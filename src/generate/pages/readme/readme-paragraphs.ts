/** Judges the paragraphs of a README: whether they are about the project, and whether they say something on their own. */

import type { BlockContent, Paragraph } from 'mdast'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { pointsBack } from '#generate/pages/telling.ts'
import { plainText } from '#markdown/build.ts'
import { stringify } from '#markdown/stringify.ts'

const MIN_WORDS = 5
/** A short text counts when it ends like a sentence: `A small parser.` */
const MIN_SENTENCE_WORDS = 3
/** Limit on the Markdown characters of a list or example that is shown with the sentence before it. */
const MAX_FOLLOWING_CHARS = 600
/** Limits on the share of links in a text; sentences may have more. */
const MAX_LINKED = 0.6
const MAX_LINKED_SENTENCE = 0.7
const BEING = /^(?:is|are|was|adds|allows|enables|offers|provides|lets|makes|helps|gives|implements|[-–—])$/

/** Matches sponsors and advertisements. */
const ADVERT =
  /\b(?:(?:give|leave) (?:it|us|this(?: \w+)?) a star|sponsored|sponsors|our sponsor|become an? (?:sponsor|backer|patron)|sponsor (?:us|me|this)|sponsor:|backers|donate|donations?|community chat|chat with us|join us|feel free to ask|hiring|special thanks|(?:supported|powered|funded|backed) by|open collective|patreon|buy me a coffee|t-shirts|merch(?:andise)?|swag|stickers)(?!\w)/i
/** Matches two names of languages: links to translations. */
const TRANSLATIONS =
  /(?:\b(?:english|deutsch|français|español|italiano|português(?:\b|\s)|русский|türkçe|polski|tiếng việt|简体中文|繁體中文|繁体中文|中文|日本語|한국어)[^\p{L}]{0,40}){2}/iu
/** Matches text that only points elsewhere. */
const POINTER =
  /^(?:i|we)(?: would| strongly| highly|['’]d)? (?:recommend|suggest)\b|^(?:please )?(?:see|visit|check ?out|read|follow|refer)\b|^this readme\b|^for (?:\S+ ){1,12}(?:see|visit|check|checkout|read|refer)\b|^here(?:['’]s| is| are)\b/i
/** Matches a note, a warning, or a licence. */
const NOTE =
  /^(?:\s{0,4}(?:©|\(c\) )|\P{L}{0,12}(?:(?:this is an? )?work in progress\b|(?:notes?|nb|notice|update|heads[- ]up|reminder|warning|important|caution|attention|disclaimer|deprecated|tip)(?:\s*[:!\]–—-]|\s+(?:about|on|that)\b|$)|copyright\b|permission is hereby\b|licen[cs]e:|(?:\w{1,9}[- ])?licen[cs]ed under\b))/iu
/** Matches text that continues the previous one, or is for some readers only. */
const CONTINUES =
  /^(?:additionally|also|and|but|furthermore|however|if|in addition|moreover|once|or|therefore|thus|unless|when)\b/i
/** Matches the status of a project, which does not describe it. */
const STATUS =
  /\b(?:no longer (?:actively |being )?(?:maintained|supported|developed|returns|works)|unmaintained|(?:is|been|now) (?:archived|discontinued|deprecated)|end[- ]of[- ](?:life|support))\b/i
/** Matches a request to the readers. */
const ASKS =
  /\bwe(?:['’]d| would) (?:love|like) to (?:hear|know)\b|\bshare your (?:feedback|ideas|opinions?|thoughts)\b/i
/** Matches a sentence about what something is not. */
const DENIES = /^\P{L}{0,4}\S{1,60} (?:is|are|was) not\b/iu
/** Matches a quoted motto. */
const QUOTED = /^[“"„«][^“”"„«»]{1,200}[”"»][.!]?$/
/** Matches a quotation with its source. */
const ATTRIBUTED = /\s[-–—]{1,2}\s?<?https?:\/\/\S{1,200}$/
/** Matches a paragraph that continues the previous one. */
const GOES_ON = /^(?:It|They)\s/

/** Whether a text has separators of menu items. */
function hasSeparators(text: string): boolean {
  const first = text.search(/\s[·•|⋅]/)
  return first >= 0 && /\s[·•|⋅]\s/.test(text.slice(first + 2))
}

/** Whether a sentence is about a name: `Orbit is …`, `Orbit (short for flight) plans …`, `Orbital, or orbit as short version, is …` */
export function isOn(name: string, sentence: string): boolean {
  const [start = '', next = '', verb = ''] = sentence.toLowerCase().split(/\s+/)
  const isName = (word: string): boolean => comparableName(word) === comparableName(name)
  if (isName(start) && (BEING.test(next) || BEING.test(verb))) return true
  const [, first = '', between = ''] = APPOSITION.exec(sentence) ?? []
  return isName(first) || (first !== '' && between.split(/[\s(),]+/, MAX_APPOSITION).some(isName))
}

/** Whether a paragraph is about another project with the name in its own: `[Orbit UI](https://…) is …`. */
export const isOnLinked = (name: string, { children: [first] }: Paragraph): boolean =>
  first?.type === 'link' && comparableName(plainText(first)) !== comparableName(name)

const MAX_APPOSITION = 8
/** Matches a name that is followed by a second name or an explanation before the verb. */
const APPOSITION =
  /^(\S{1,60}?),? (\([^()]{1,80}\)|(?:or|also|short) [^.,;:()]{1,80},) (?:is|are|provides|lets|makes|helps|gives|implements) /u

/** Whether a paragraph of multiple sentences follows a tagline: `Simple config handling`. */
export function isFuller(tagline: Paragraph, block: Paragraph): boolean {
  const [short, long] = [tagline, block].map((one) => plainText(one).trim())
  return SEVERAL.test(long ?? '') && !SEVERAL.test(short ?? '') && !pointsBack(long ?? '') && isEnded(block)
}

const SEVERAL = /[\p{Ll}\p{N})][.!] +\p{Lu}/u

export const isMore = (block: Paragraph): boolean => GOES_ON.test(plainText(block).trim()) && isEnded(block)

/** Whether a paragraph only labels the commands below it: `run locally with source files`. */
export function isLeadIn(block: Paragraph, blocks: readonly BlockContent[]): boolean {
  return blocks[blocks.indexOf(block) + 1]?.type === 'code' && /^\p{Ll}/u.test(plainText(block)) && !isEnded(block)
}

/** Whether a paragraph begins with a name in code style other than that of the project, so that it is about a part of it. */
export const isOnDetail = ({ children: [first] }: Paragraph, name: string): boolean =>
  first?.type === 'inlineCode' && comparableName(first.value) !== comparableName(name)

/** Whether a paragraph is only a title in bold above an example, with enough words to describe something. */
export function isCaption(block: Paragraph, blocks: readonly BlockContent[]): boolean {
  const [only, ...others] = block.children
  const all = plainText(block).trim()
  return (
    others.length === 0 &&
    only?.type === 'strong' &&
    all.endsWith(':') &&
    wordsIn(all) >= MIN_WORDS &&
    blocks[blocks.indexOf(block) + 1]?.type === 'code'
  )
}

/** A description without the sentences that name sponsors; the whole one if nothing else is left. */
export function withoutAdverts(description: string): string {
  const kept = description.split(/(?<=[.!?])\s+/).filter((sentence) => !ADVERT.test(sentence))
  return kept.length === 0 ? description : kept.join(' ')
}

export function isAdvert(block: Paragraph): boolean {
  const text = plainText(block)
  return ADVERT.test(text) || TRANSLATIONS.test(text)
}

/** The short list or example that a paragraph announces with its last character. */
export function followerOf(block: Paragraph, blocks: readonly BlockContent[]): BlockContent | undefined {
  if (!plainText(block).trimEnd().endsWith(':')) return undefined
  const place = blocks.indexOf(block)
  const next = place < 0 ? undefined : blocks[place + 1]
  const isMeant = next?.type === 'list' || next?.type === 'code'
  return isMeant && stringify([next]).length <= MAX_FOLLOWING_CHARS ? next : undefined
}

/**
 * Whether a paragraph is meaningful on its own: not a menu, a bold title, a note, or a reference to something that is not
 * shown.
 */
export function isMeaningful(block: Paragraph, isFollowed: boolean): boolean {
  // An image whose definition is too far away is parsed as text.
  const all = plainText(block)
    .replace(/!\[[^\][]{0,100}\]\[[^\][]{0,100}\]/g, '')
    .trim()
  const linked = block.children.reduce((sum, child) => sum + (child.type === 'link' ? plainText(child).length : 0), 0)
  const [only, ...others] = block.children
  const isTitle =
    others.length === 0 &&
    (only?.type === 'delete' || (!/[.!]$/.test(all) && (only?.type === 'strong' || only?.type === 'emphasis')))
  const most = isEnded(block) ? MAX_LINKED_SENTENCE : MAX_LINKED
  const least = isEnded(block) ? MIN_SENTENCE_WORDS : MIN_WORDS
  return (
    wordsIn(all) >= least &&
    linked < all.length * most &&
    !isTitle &&
    !all.startsWith('<') &&
    // It continues a title and is meaningless without it.
    !/^(?:\.{3}|…)/.test(all) &&
    /\p{L}{2}/u.test(all) &&
    (isFollowed || !all.endsWith(':')) &&
    ![POINTER, NOTE, CONTINUES, DENIES, QUOTED, ATTRIBUTED, STATUS, ASKS].some((form) => form.test(all)) &&
    !hasSeparators(all)
  )
}

/** Scripts without spaces between words have about two characters per word. */
function wordsIn(text: string): number {
  const characters = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu) ?? []
  return text.split(/\s+/).length + characters.length / 2
}

export function isEnded(block: Paragraph): boolean {
  return /[.!?:。！？]["')\]”’]?$/.test(plainText(block).trim())
}
