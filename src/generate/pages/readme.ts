/** The first words of a README: what the project says it is, without badges, pictures and menus. */

import type { BlockContent } from 'mdast'
import { plainText } from '#markdown/build.ts'
import { parseFragment } from '#markdown/fragment.ts'
import { stringify } from '#markdown/stringify.ts'
import { rstToMarkdown } from './rst.ts'

const READ_CHARS = 7_000
const MAX_DEFINITIONS = 40
const MIN_WORDS = 5
/** A short text counts when it ends like a sentence: `A small parser.` */
const MIN_SENTENCE_WORDS = 3
/** Paragraphs that are looked at. */
const MAX_PARAGRAPHS = 8
const BEING = /^(?:is|are|was|provides|lets|makes|helps|gives|implements|[-–—])$/

const NEWS = /\b(?:we(?:['’]re| are)|announc\w+|releas\w+|sponsor\w*|hiring)\b/i
/** Leads away instead of saying something. */
const POINTER = /^(?:please )?(?:see|visit|check out|read|follow|refer)\b|^this readme\b/i

/**
 * The first paragraph that says something, as Markdown; `null` when there is none. One near it that begins with the name
 * of the project, and says what that is, comes before news and thanks.
 *
 * @param path - Its name tells reStructuredText (`.rst`) from Markdown.
 * @param name - Of the project, where it is known.
 */
export function introduction(text: string, path: string, name = ''): string | null {
  const head = text.slice(0, READ_CHARS - 1_500)
  const markdown = /\.rst$/i.test(path) ? rstToMarkdown(head) : `${head}\n\n${definitions(text)}`
  const blocks = parseFragment(markdown, { maxChars: READ_CHARS, resolveLink: (url) => url })
  const saying = blocks.filter(saysSomething).slice(0, MAX_PARAGRAPHS)
  const isAbout = (block: BlockContent): boolean => {
    const [start = '', next = '', verb = ''] = plainText(block).trim().toLowerCase().split(/\s+/)
    return start === name.toLowerCase() && (BEING.test(next) || BEING.test(verb))
  }
  const plain = saying.find((block) => !POINTER.test(plainText(block).trim()))
  const isNews = plain !== undefined && NEWS.test(plainText(plain))
  const first = isNews ? (saying.find(isAbout) ?? plain) : plain
  return first === undefined ? null : stringify([first]).trim()
}

/** A sentence of its own: no menu of links, no lone bold title. */
function saysSomething(block: BlockContent): boolean {
  if (block.type !== 'paragraph') return false
  const all = plainText(block).trim()
  const linked = block.children.reduce((sum, child) => sum + (child.type === 'link' ? plainText(child).length : 0), 0)
  const isTitle =
    !/[.!]$/.test(all) &&
    block.children.length === 1 &&
    (block.children[0]?.type === 'strong' || block.children[0]?.type === 'emphasis')
  const least = /[.!?]$/.test(all) ? MIN_SENTENCE_WORDS : MIN_WORDS
  return (
    all.split(/\s+/).length >= least &&
    linked < all.length * 0.6 &&
    !isTitle &&
    !all.startsWith('<') &&
    /\p{L}{2}/u.test(all)
  )
}

/** Link definitions from anywhere in the text, which often stand at its end. */
function definitions(text: string): string {
  const lines = text.slice(0, 200_000).match(/^ {0,3}\[[^\]\n]{1,60}\]:[ \t]*\S{1,200}/gm) ?? []
  return lines.slice(0, MAX_DEFINITIONS).join('\n').slice(0, 1_400)
}
