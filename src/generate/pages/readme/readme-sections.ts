/** Separates the parts of a README that introduce a project from those about sponsors, the licence, or installation. */

import type { BlockContent, Paragraph } from 'mdast'
import { plainText } from '#markdown/build.ts'

/** Matches titles of sections that introduce the project. */
const INTRODUCES =
  /^\P{L}*(?:(?:an? |the )?(?:introduction|intro|about|overview|description|summary|synopsis)\b|what(?:['’]s| is| are)\b(?! new\b)|what does )/iu
/** Matches titles of sections that do not, regardless of their first paragraph. */
const IS_ELSE =
  /\b(?:sponsor\w*|back(?:er|ing)\w*|fund\w*|donat\w*|licen[cs]\w*|copyright|contribut\w*|contributors|install\w*|set ?up|support|questions|issues|community|contact|touch|credits|thanks|acknowledge?ments?|authors?|maintainers?|team|change ?log|release notes|security|faq|upgrad\w*|migrat\w*|troubleshooting|table of contents|contents|star history|disclaimer|usage notes?)\b/i

/** Matches announcements of sponsors or users; the text that follows is about them. */
const ANNOUNCES_OTHERS =
  /^\P{L}*(?:(?:special |many )?thanks to\b|(?:(?:proudly|kindly|generously) )?(?:sponsored|supported|backed|funded|powered|brought to you) by\b|(?:our |gold |silver |platinum )?sponsors\b|used by\b|trusted by\b)/iu
const MAX_ANNOUNCING = 60

/** Matches a GitHub alert: `> [!IMPORTANT]`. */
const ALERT = /^\s*(?:\[!)?(?:note|tip|important|warning|caution)\b/i

export interface ReadmeParts {
  /** Paragraphs above the second heading, and below headings that announce an introduction. */
  opening: Paragraph[]
  /** All other paragraphs except those in sections on other topics. */
  later: Paragraph[]
}

function announcesOthers(block: Paragraph): boolean {
  const text = plainText(block).trim()
  return text.length <= MAX_ANNOUNCING && !/[.!?]$/.test(text) && ANNOUNCES_OTHERS.test(text)
}

/** Whether a paragraph is a sentence such as `A planner for orbits.`, outside of links, or such a tagline without any link. */
function defines({ children }: Paragraph): boolean {
  const [first] = children
  const isEnded = /[.!]$/.test(plainText({ type: 'paragraph', children }).trim())
  const isPlain = children.every(({ type }) => type === 'text' || type === 'break')
  return first?.type === 'text' && /^\s{0,9}An? \p{L}/u.test(first.value) && (isEnded || isPlain)
}

/**
 * The paragraphs of a README, including quoted ones, without its headings. Headings that directly follow the first one with
 * the same depth are lines of one title. Sections have the topic of their parent section.
 *
 * @param isAbout - Whether a paragraph describes the project by name.
 * @param isName - Whether a heading is the name of the project, which the introduction follows.
 */
export function readmeSections(
  blocks: readonly BlockContent[],
  isAbout: (block: Paragraph) => boolean,
  isName: (title: string) => boolean,
): ReadmeParts {
  const parts: ReadmeParts = { opening: [], later: [] }
  let titleDepth: number | null = null
  let isTitle = true
  /** Depth of the heading on another topic. */
  let elseDepth = Number.POSITIVE_INFINITY
  let kind: keyof ReadmeParts = 'opening'
  let isOfOthers = false
  // A quotation with a title is a banner.
  const isBanner = (inside: readonly BlockContent[]): boolean =>
    inside.some((one) => one.type === 'paragraph' && one.data?.depth !== undefined)
  const inQuote = (one: BlockContent): readonly BlockContent[] => {
    if (one.type !== 'blockquote') return [one]
    const inside = one.children as BlockContent[]
    return ALERT.test(plainText(one)) || isBanner(inside) ? [] : inside
  }
  for (const block of blocks.flatMap(inQuote)) {
    if (block.type !== 'paragraph') {
      if (titleDepth !== null && (block.type === 'list' || block.type === 'code' || block.type === 'table'))
        isTitle = false
      continue
    }
    const depth = block.data?.depth
    if (depth === undefined) {
      // A sentence that names the project is about the project again, and so is a definition; the names of other projects are links.
      isOfOthers = (isOfOthers || announcesOthers(block)) && !isAbout(block) && !defines(block)
      if (elseDepth === Number.POSITIVE_INFINITY && !isOfOthers) parts[kind].push(block)
      if (titleDepth !== null) isTitle = false
      continue
    }
    isOfOthers = false
    const title = plainText(block)
    // A section heading below an introduction is not a title.
    if (titleDepth === null && depth > 1 && parts.opening.length > 0) isTitle = false
    titleDepth ??= depth
    isTitle &&= depth === titleDepth
    // The name of a project may contain such words: `license-checker`.
    if (depth <= elseDepth) elseDepth = !isTitle && IS_ELSE.test(title) ? depth : Number.POSITIVE_INFINITY
    kind = isTitle || isName(title) || INTRODUCES.test(title) ? 'opening' : 'later'
  }
  return parts
}
