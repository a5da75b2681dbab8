/** Finds the introduction of a README, without badges, images and menus. */

import type { BlockContent, Paragraph } from 'mdast'
import { rdocToMarkdown } from '#generate/formats/rdoc.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { pointsBack } from '#generate/pages/telling.ts'
import { plainText, text } from '#markdown/build.ts'
import { definitionsIn, parseFragment } from '#markdown/fragment.ts'
import { stringify } from '#markdown/stringify.ts'
import { readmeSections } from './readme-sections.ts'
import { rstToMarkdown } from './rst.ts'

const READ_CHARS = 7_000
const MAX_DEFINITIONS_CHARS = 1_400
const MIN_WORDS = 5
/** A short text counts when it ends like a sentence: `A small parser.` */
const MIN_SENTENCE_WORDS = 3
/** Limit on the Markdown characters of a list or example that is shown with the sentence before it. */
const MAX_FOLLOWING_CHARS = 600
/** Limits on the share of links in a text; sentences may have more. */
const MAX_LINKED = 0.6
const MAX_LINKED_SENTENCE = 0.7
const BEING = /^(?:is|are|was|adds|allows|enables|offers|provides|lets|makes|helps|gives|implements|[-–—])$/

const NEWS = /\b(?:we(?:['’]re| are)|announc\w+|releas\w+|(?:now|soon) available)\b|!["')\]”’]?$/i
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
  /^\P{L}{0,12}(?:(?:this is an? )?work in progress\b|(?:notes?|nb|notice|update|heads[- ]up|reminder|warning|important|caution|attention|disclaimer|deprecated|tip)(?:\s*[:!\]–—-]|\s+(?:about|on|that)\b|$)|copyright\b|permission is hereby\b|licen[cs]e:|(?:\w{1,9}[- ])?licen[cs]ed under\b)/iu
/** Matches text that continues the previous one, or is for some readers only. */
const CONTINUES =
  /^(?:additionally|also|and|but|furthermore|however|if|in addition|moreover|once|or|therefore|thus|unless|when)\b/i
/** Matches a step for readers to take, or a requirement: `You need Java 17.` */
const INSTRUCTS =
  /^(?:all you (?:have|need) to (?:do|get)|clone|configure|copy|create an?|download|edit|install|make sure|open|run|(?:first|next|now|then),|to (?:build|compile|install|run|start|use)|you (?:(?:will |also )?need|must|have to))(?!\w)/i
/** Matches `This is a parser`, `It provides …`. Text far below the title must have this form to be preferred. */
const DEFINES = /^(?:it|this(?: \w+)?) (?:is (?:an?|the)|provides|implements|lets|helps|gives|makes)\b/i
const IS_A = /^\S{1,60} (?:is|are) (?:an?|the)\b/
/** Matches a slogan: one exclamation that says neither what something is nor what it is for. */
const SLOGAN = /^(?:\S{1,40} [-–—] )?(?![^!]{0,120}\b(?:are|for|is|that|to|which)\b)[^.!?]{1,120}!$/u
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
/** Matches a line of images with reference definitions, such as badges, whose texts do not count. */
const PICTURES =
  /^(?:\[?!\[[^\][\n]{0,100}\]\[[^\][\n]{0,100}\](?:\]\[[^\][\n]{0,100}\]|\]\([^()\n]{0,300}\))?[^\S\n]{0,4}){1,60}$/gm
/** Matches inline images, whose URLs would use up the limit on the text. */
const INLINE_PICTURE =
  /\[!\[[^\][\n]{0,200}\]\([^()\n]{0,400}\)\]\([^()\n]{0,400}\)|!\[[^\][\n]{0,200}\]\([^()\n]{0,400}\)/g
/** Matches a quotation with its source. */
const ATTRIBUTED = /\s[-–—]{1,2}\s?<?https?:\/\/\S{1,200}$/
/** Matches a layout table of images and links, such as sponsors. */
const PICTURE_TABLE = /<table\b(?:(?!<\/?table\b)[\s\S])*?<\/table\s*>/gi
/** Matches a paragraph that continues the previous one. */
const GOES_ON = /^(?:It|They)\s/

/** Whether a text has separators of menu items. */
function hasSeparators(text: string): boolean {
  const first = text.search(/\s[·•|⋅]/)
  return first >= 0 && /\s[·•|⋅]\s/.test(text.slice(first + 2))
}

/** The introduction of a project in its README. */
export interface Introduction {
  /** The text as Markdown. */
  words: string
  /** Whether it is in the opening of the README, or begins with the name of the project. */
  isOpening: boolean
  /** Whether it has the form `Orbit is …` or `This is …`. */
  isDefinition: boolean
  /** Whether it is in a section on another topic. */
  isLater: boolean
}

/**
 * The first meaningful paragraph, or `null`. Paragraphs that introduce the project come before those that
 * only mention it, and a sentence that begins with its name before news, thanks and mottoes.
 *
 * @param path - The extension distinguishes reStructuredText (`.rst`) and RDoc (`.rdoc`) from Markdown.
 * @param name - Name of the project, if known.
 */
export function introduction(source: string, path: string, name = ''): Introduction | null {
  const whole = /\.rdoc$/i.test(path) ? rdocToMarkdown(source.slice(0, READ_CHARS)) : source
  const head = whole
    .replace(PICTURE_TABLE, (table) => (/<img\b/i.test(table) ? '' : table))
    .replace(INLINE_PICTURE, '')
    .slice(0, READ_CHARS - MAX_DEFINITIONS_CHARS - 100)
    .replace(PICTURES, '')
  const markdown = /\.rst$/i.test(path)
    ? rstToMarkdown(head, whole)
    : `${definitionsIn(whole, head).slice(0, MAX_DEFINITIONS_CHARS)}\n\n${head}`
  const blocks = withoutAnnouncements(parseFragment(markdown, { maxChars: READ_CHARS, resolveLink: (url) => url }))
  const isAbout = (block: Paragraph): boolean => !isOnLinked(name, block) && isOn(name, plainText(block).trim())
  const { opening, later } = readmeSections(blocks, isAbout, (title) => comparableName(title) === comparableName(name))
  const says = (block: Paragraph): boolean =>
    isMeaningful(block, followerOf(block, blocks) !== undefined) &&
    (isAbout(block) || !(isAdvert(block) || isLeadIn(block, blocks) || isOnDetail(block, name)))
  // The text after a step is part of the instructions.
  const step = opening.findIndex((block) => INSTRUCTS.test(plainText(block).trim()))
  const begun = opening.slice(0, step < 0 ? undefined : step)
  const isNamed = (block: Paragraph): boolean => says(block) && IS_A.test(plainText(block)) && isAbout(block)
  // `Supercharge your productivity!` does not describe the project.
  const isSlogan = (block: Paragraph): boolean => SLOGAN.test(plainText(block).trim())
  const start = begun.find((block) => says(block) && !isSlogan(block)) ?? begun.find(says)
  // `Orbit is a planner` comes before `orbit allows you to plan`, and before a sentence on something else: `Planning is the way …`.
  const isOnOther =
    start !== undefined &&
    (start.children[0]?.type === 'inlineCode' || (IS_A.test(plainText(start).trim()) && !isAbout(start)))
  const first = isOnOther ? (begun.find(isNamed) ?? start) : start
  const isWeak = first === undefined || !isEnded(first) || NEWS.test(plainText(first).trim())
  const found = (isWeak ? [...opening, ...later].find((block) => says(block) && isAbout(block)) : undefined) ?? first
  const isDefinition = (block: Paragraph): boolean => isAbout(block) || DEFINES.test(plainText(block))
  // Any other paragraph of a later section is about that section's topic.
  const chosen = found ?? later.find((block) => says(block) && isDefinition(block))
  const [top] = opening
  // The first line of the README, in bold above the first example: `**Modify deeply nested fields:**`
  if ((found === undefined || !isDefinition(found)) && top !== undefined && isCaption(top, blocks)) {
    const words = plainText(top).trim().slice(0, -1)
    return {
      words: stringify([{ ...top, children: [text(words)] }]).trim(),
      isOpening: true,
      isDefinition: false,
      isLater: false,
    }
  }
  if (chosen === undefined) return null
  const next = opening[opening.indexOf(chosen) + 1]
  const goesOn =
    found !== undefined &&
    next !== undefined &&
    says(next) &&
    (isDefinition(chosen) ? isMore(next) : isFuller(chosen, next))
  const shown = [chosen, goesOn ? next : followerOf(chosen, blocks)].filter((block) => block !== undefined)
  return {
    words: stringify(shown).trim(),
    isOpening: found !== undefined,
    isDefinition: isDefinition(chosen),
    isLater: !opening.includes(chosen),
  }
}

/** Whether a sentence is about a name: `Orbit is …`, `Orbit (short for flight) plans …`, `Orbital, or orbit as short version, is …` */
function isOn(name: string, sentence: string): boolean {
  const [start = '', next = '', verb = ''] = sentence.toLowerCase().split(/\s+/)
  const isName = (word: string): boolean => comparableName(word) === comparableName(name)
  if (isName(start) && (BEING.test(next) || BEING.test(verb))) return true
  const [, first = '', between = ''] = APPOSITION.exec(sentence) ?? []
  return isName(first) || (first !== '' && between.split(/[\s(),]+/, MAX_APPOSITION).some(isName))
}

/** Whether a paragraph is about another project with the name in its own: `[Orbit UI](https://…) is …`. */
const isOnLinked = (name: string, { children: [first] }: Paragraph): boolean =>
  first?.type === 'link' && comparableName(plainText(first)) !== comparableName(name)

const MAX_APPOSITION = 8
/** Matches a name that is followed by a second name or an explanation before the verb. */
const APPOSITION =
  /^(\S{1,60}?),? (\([^()]{1,80}\)|(?:or|also|short) [^.,;:()]{1,80},) (?:is|are|provides|lets|makes|helps|gives|implements) /u

/** Whether a paragraph of multiple sentences follows a tagline: `Simple config handling`. */
function isFuller(tagline: Paragraph, block: Paragraph): boolean {
  const [short, long] = [tagline, block].map((one) => plainText(one).trim())
  return SEVERAL.test(long ?? '') && !SEVERAL.test(short ?? '') && !pointsBack(long ?? '') && isEnded(block)
}

const SEVERAL = /[\p{Ll}\p{N})][.!] +\p{Lu}/u

const isMore = (block: Paragraph): boolean => GOES_ON.test(plainText(block).trim()) && isEnded(block)

/** Whether a paragraph only labels the commands below it: `run locally with source files`. */
function isLeadIn(block: Paragraph, blocks: readonly BlockContent[]): boolean {
  return blocks[blocks.indexOf(block) + 1]?.type === 'code' && /^\p{Ll}/u.test(plainText(block)) && !isEnded(block)
}

/** Whether a paragraph begins with a name in code style other than that of the project, so that it is about a part of it. */
const isOnDetail = ({ children: [first] }: Paragraph, name: string): boolean =>
  first?.type === 'inlineCode' && comparableName(first.value) !== comparableName(name)

/** Whether a paragraph is only a title in bold above an example, with enough words to describe something. */
function isCaption(block: Paragraph, blocks: readonly BlockContent[]): boolean {
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

function isAdvert(block: Paragraph): boolean {
  const text = plainText(block)
  return ADVERT.test(text) || TRANSLATIONS.test(text)
}

/** The short list or example that a paragraph announces with its last character. */
function followerOf(block: Paragraph, blocks: readonly BlockContent[]): BlockContent | undefined {
  if (!plainText(block).trimEnd().endsWith(':')) return undefined
  const place = blocks.indexOf(block)
  const next = place < 0 ? undefined : blocks[place + 1]
  const isMeant = next?.type === 'list' || next?.type === 'code'
  return isMeant && stringify([next]).length <= MAX_FOLLOWING_CHARS ? next : undefined
}

/** Removes the last sentence of `Orbit plans flights. It takes a body:` unless the block that it announces is shown too. */
function withoutAnnouncements(blocks: readonly BlockContent[]): BlockContent[] {
  return blocks.map((block) => {
    if (block.type !== 'paragraph' || block.data?.depth !== undefined) return block
    const last = block.children.at(-1)
    if (last?.type !== 'text' || !last.value.trimEnd().endsWith(':') || followerOf(block, blocks)) return block
    const [whole] = /^[\s\S]*[.!?](?=\s+\p{Lu})/u.exec(last.value) ?? []
    return whole === undefined
      ? block
      : { ...block, children: [...block.children.slice(0, -1), { ...last, value: whole }] }
  })
}

/**
 * Whether a paragraph is meaningful on its own: not a menu, a bold title, a note, or a reference to something that is not
 * shown.
 */
function isMeaningful(block: Paragraph, isFollowed: boolean): boolean {
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

function isEnded(block: Paragraph): boolean {
  return /[.!?:。！？]["')\]”’]?$/.test(plainText(block).trim())
}
