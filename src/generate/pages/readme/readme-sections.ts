/** Which part of a README introduces a project, and which is about something else: its sponsors, its licence, how to install it. */

import type { BlockContent, Paragraph } from 'mdast'
import { plainText } from '#markdown/build.ts'

/** Titles of sections that say what the project is. */
const INTRODUCES =
  /^\P{L}*(?:(?:an? |the )?(?:introduction|intro|about|overview|description|summary|synopsis)\b|what(?:['’]s| is| are)\b(?! new\b)|what does )/iu
/** Titles of sections that do not, whatever their first paragraph is. */
const IS_ELSE =
  /\b(?:sponsor\w*|back(?:er|ing)\w*|fund\w*|donat\w*|licen[cs]\w*|copyright|contribut\w*|contributors|install\w*|set ?up|support|questions|issues|community|contact|touch|credits|thanks|acknowledge?ments?|authors?|maintainers?|team|change ?log|release notes|security|faq|upgrad\w*|migrat\w*|troubleshooting|table of contents|contents|star history|disclaimer|usage notes?)\b/i

/** What those who pay for a project, or who use it, are announced with: what follows is theirs. */
const ANNOUNCES_OTHERS =
  /^\P{L}*(?:(?:special |many )?thanks to\b|(?:(?:proudly|kindly|generously) )?(?:sponsored|supported|backed|funded|powered|brought to you) by\b|(?:our |gold |silver |platinum )?sponsors\b|used by\b|trusted by\b)/iu
const MAX_ANNOUNCING = 60

/** Of GitHub: `> [!IMPORTANT]`. */
const ALERT = /^\s*\[!(?:note|tip|important|warning|caution)\]/i

export interface ReadmeParts {
  /** Where a project is introduced: what stands above the second heading, and below headings that say so. */
  opening: Paragraph[]
  /** All other paragraphs but those of sections that are about something else. */
  later: Paragraph[]
}

function announcesOthers(block: Paragraph): boolean {
  const text = plainText(block).trim()
  return text.length <= MAX_ANNOUNCING && !/[.!?]$/.test(text) && ANNOUNCES_OTHERS.test(text)
}

/**
 * The paragraphs of a README, those in quotes too, without its headings. Headings that follow the first one at once and are of its
 * depth are lines of one title; what is below a heading shares its fate.
 *
 * @param isAbout - Whether a paragraph says what the project is, by its name.
 * @param isName - Whether a heading is the project's name, below which it is introduced.
 */
export function readmeSections(
  blocks: readonly BlockContent[],
  isAbout: (block: Paragraph) => boolean,
  isName: (title: string) => boolean,
): ReadmeParts {
  const parts: ReadmeParts = { opening: [], later: [] }
  let titleDepth: number | null = null
  let isTitle = true
  /** Depth of the heading that is about something else. */
  let elseDepth = Number.POSITIVE_INFINITY
  let kind: keyof ReadmeParts = 'opening'
  let isOfOthers = false
  const inQuote = (one: BlockContent): readonly BlockContent[] =>
    one.type !== 'blockquote' ? [one] : ALERT.test(plainText(one)) ? [] : (one.children as BlockContent[])
  for (const block of blocks.flatMap(inQuote)) {
    if (block.type !== 'paragraph') {
      if (titleDepth !== null && (block.type === 'list' || block.type === 'code' || block.type === 'table'))
        isTitle = false
      continue
    }
    const depth = block.data?.depth
    if (depth === undefined) {
      // A sentence with the project's name is on the project again.
      isOfOthers = (isOfOthers || announcesOthers(block)) && !isAbout(block)
      if (elseDepth === Number.POSITIVE_INFINITY && !isOfOthers) parts[kind].push(block)
      if (titleDepth !== null) isTitle = false
      continue
    }
    isOfOthers = false
    const title = plainText(block)
    titleDepth ??= depth
    isTitle &&= depth === titleDepth
    // The name of a project may hold such a word: `license-checker`.
    if (depth <= elseDepth) elseDepth = !isTitle && IS_ELSE.test(title) ? depth : Number.POSITIVE_INFINITY
    kind = isTitle || isName(title) || INTRODUCES.test(title) ? 'opening' : 'later'
  }
  return parts
}
