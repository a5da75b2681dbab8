/** Finds the introduction of a README, without badges, images and menus. */

import type { BlockContent, Paragraph } from 'mdast'
import { rdocToMarkdown } from '#generate/formats/rdoc.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { plainText, text } from '#markdown/build.ts'
import { definitionsIn, parseFragment } from '#markdown/fragment.ts'
import { stringify } from '#markdown/stringify.ts'
import {
  followerOf,
  isAdvert,
  isCaption,
  isEnded,
  isFuller,
  isLeadIn,
  isMeaningful,
  isMore,
  isOn,
  isOnDetail,
  isOnLinked,
} from './readme-paragraphs.ts'
import { readmeSections } from './readme-sections.ts'
import { rstToMarkdown } from './rst.ts'

const READ_CHARS = 7_000
const MAX_DEFINITIONS_CHARS = 1_400
/** Matches news and exclamations. */
const NEWS = /\b(?:we(?:['’]re| are)|announc\w+|releas\w+|(?:now|soon) available)\b|!["')\]”’]?$/i
/** Matches a step for readers to take, or a requirement: `You need Java 17.` */
const INSTRUCTS =
  /^(?:all you (?:have|need) to (?:do|get)|clone|configure|copy|create an?|download|edit|install|make sure|open|run|(?:first|next|now|then),|to (?:build|compile|install|run|start|use)|you (?:(?:will |also )?need|must|have to))(?!\w)/i
/** Matches `This is a parser`, `It provides …`. Text far below the title must have this form to be preferred. */
const DEFINES = /^(?:it|this(?: \w+)?) (?:is (?:an?|the)|provides|implements|lets|helps|gives|makes)\b/i
const IS_A = /^\S{1,60} (?:is|are) (?:an?|the)\b/
/** Matches a slogan: one exclamation that says neither what something is nor what it is for. */
const SLOGAN = /^(?:\S{1,40} [-–—] )?(?![^!]{0,120}\b(?:are|for|is|that|to|which)\b)[^.!?]{1,120}!$/u
/** Matches a line of images with reference definitions, such as badges, whose texts do not count. */
const PICTURES =
  /^(?:\[?!\[[^\][\n]{0,100}\]\[[^\][\n]{0,100}\](?:\]\[[^\][\n]{0,100}\]|\]\([^()\n]{0,300}\))?[^\S\n]{0,4}){1,60}$/gm
/** Matches inline images, whose URLs would use up the limit on the text. */
const INLINE_PICTURE =
  /\[!\[[^\][\n]{0,200}\]\([^()\n]{0,400}\)\]\([^()\n]{0,400}\)|!\[[^\][\n]{0,200}\]\([^()\n]{0,400}\)/g
/** Matches a layout table of images and links, such as sponsors. */
const PICTURE_TABLE = /<table\b(?:(?!<\/?table\b)[\s\S])*?<\/table\s*>/gi

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
