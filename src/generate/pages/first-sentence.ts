/** Finds the first sentence of Markdown, such as a doc comment, and the text after it. */

import type { PhrasingContent } from 'mdast'
import { inline, oneLine, plainText } from '#markdown/build.ts'
import { definitionsIn, parseFragment } from '#markdown/fragment.ts'
import { withoutSymbolLinks } from '#markdown/symbol-links.ts'

/** Matches the first field of a doc comment, or the label of a list of them. */
const DOC_FIELD =
  /^\s*(?:[-*] *)?\**(?:(?:args|arguments|parameters|params|returns?|raises|yields|throws|examples?|attributes|see also)\**:|[:@](?:param|type|returns?|rtype|raises?|throws)\b)/i

/** Matches abbreviations, after which a full stop does not end a sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.?g|i\.?e|a\.k\.a|w\.r\.t|u\.s|vs|cf|al|approx|corp|eq|ex|fig|inc|incl|ltd|no|pp|resp|sec|ver|vol|dr|jr|mr|mrs|prof|sr|st|[a-z]|[¶§]+ ?[\d.]{1,20})\.$/i
export const MAX_SENTENCE = 240
/** A longer sentence is cut at `MAX_SENTENCE`; also the limit on two sentences that belong together. */
const MAX_WHOLE = 360
/** Matches a heading or a line in bold, which is less informative than the text below it. */
const TITLE = /^(?:#{1,6} [^\n]*|\*\*[^*\n]*\*\*|[^\n]*\n(?:=+|-+))$/

/** Matches a link definition: `[docs]: https://…`. */
const LINK_DEFINITION = /^ {0,3}\[[^\][\n]{1,60}\]: {0,9}\S{1,400}\s*$/

/** Markers that may be open at the end of a sentence. */
const OPEN_MARKUP = /[*_~[]/
/** Matches the start of a doc comment that is an example or commented-out code: `url = httpx.URL(…)`, `>>> f()`, `$ make`, `import "x";`. */
const CODE_LINE =
  /^(?:>>> |\$ |[\p{L}_][\w.]{0,80} :?= [\w.]{0,80}[([{'"`]|import (?:["'{*]|[\w$]{1,80} from )|from [\w.]{1,80} import [\w(]|(?:export )?(?:const|let|var) [\w$]{1,80} ?[:=] ?\S|assert [\w.]{1,80} (?:[=!<>]=?|is|in) |#include\b|(?:export|return|throw|use|using) [^\s.][^\n]{0,200};$)/u

/**
 * The first sentence of Markdown, with its code and links but without blocks.
 *
 * @param isWhole - Return all sentences of the first paragraph, as long as they are short.
 * @returns `null` when it does not begin with a sentence.
 */
export function firstSentence(markdown: string, isWhole = false): PhrasingContent[] | null {
  const plain = withoutSymbolLinks(markdown)
  const parts = withoutBlocks(plain.slice(0, 4_000))
    .split(/\n\s*\n/)
    .filter((part) => part.split('\n').some((line) => line.trim() !== '' && !LINK_DEFINITION.test(line)))
  const chosen = parts.find((part) => !TITLE.test(part.trim())) ?? parts[0]
  if (chosen === undefined) return null
  const line = lineOfWords(chosen)
  if (CODE_LINE.test(line)) return null
  const sentence = isWhole && line.length <= MAX_SENTENCE ? line : cutSentence(line)
  const isOpen = sentence !== line && OPEN_MARKUP.test(sentence)
  const definitions = sentence.includes(']') ? definitionsIn(plain, sentence) : ''
  const blocks = parseFragment(`${isOpen ? line : sentence}${definitions && `\n\n${definitions}`}`, {
    maxChars: 4_000,
    resolveLink: () => null,
  })
  const first = blocks[0]
  if (first?.type !== 'paragraph') return null
  if (!isOpen) return first.children
  const { length, rest } = endOf(first.children.map(lineOf).join(''))
  return inline([...cutNodes(first.children, length), rest])
}

/** Removes fenced and indented code blocks: no sentence continues in or after one. */
function withoutBlocks(markdown: string): string {
  let fence = ''
  let isAfterBlank = false
  const lines = markdown.split('\n').map((line) => {
    const isIndented = isAfterBlank && /^(?: {4}|\t)/.test(line)
    if (!isIndented) isAfterBlank = line.trim() === ''
    const mark = /^ {0,3}(`{3,9}|~{3,9})[^`~]*$/.exec(line)?.[1]?.slice(0, 3) ?? ''
    const isInside = fence !== ''
    if (mark !== '') fence = !isInside ? mark : mark === fence ? '' : fence
    return isInside || isIndented || mark !== '' ? '' : line
  })
  return lines.join('\n')
}

/** The text after the first sentence of Markdown, including its other paragraphs; '' if there is none. */
export function afterFirstSentence(markdown: string): string {
  const [head = '', ...others] = withoutBlocks(markdown.slice(0, 4_000))
    .trim()
    .split(/\n\s*\n/)
  const line = lineOfWords(head)
  const { length, rest } = endOf(line)
  return [TITLE.test(head.trim()) || rest !== '' ? '' : line.slice(length).trim(), ...others]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The text before the first field of a doc comment, which may be in the same paragraph: `Args:`, `:param x:`, `@param`. */
function beforeFields(text: string): string {
  const lines = text.split('\n')
  const field = lines.findIndex(
    (line, index) => index > 0 && DOC_FIELD.test(line) && !/\bfor\s?$/.test(lines[index - 1] ?? ''),
  )
  return field === -1 ? text : lines.slice(0, field).join('\n')
}

const LIST_ITEM = /^\s{0,3}(?:--?|[*+•]|\d{1,2}[.)])\s+(?=\S)/

/** Matches a line that cannot end a sentence before a list: `This class is responsible for`. */
const LEADS_TO_LIST = /\s(?:are|by|can|for|is|that|to|will)$/

/** A paragraph as one line, up to its first field, or to a list that does not continue its sentence: `features: calls; options`. */
function lineOfWords(text: string): string {
  const lines = beforeFields(text).split('\n')
  const list = lines.findIndex((line, index) => index > 0 && LIST_ITEM.test(line))
  if (list === -1) return oneLine(lines.join('\n'))
  const lead = oneLine(lines.slice(0, list).join('\n'))
  const isLed = LEADS_TO_LIST.test(lead)
  if (!isLed && !lead.endsWith(':')) return lead
  const items: string[] = []
  for (const line of lines.slice(list)) {
    if (LIST_ITEM.test(line)) items.push(line.replace(LIST_ITEM, ''))
    else items.push(`${items.pop() ?? ''} ${line}`)
  }
  const chosen = items.map(oneLine)
  return `${lead}${isLed ? ':' : ''} ${chosen.map((item, at) => (at < chosen.length - 1 ? item.replace(/[.,;]$/, '') : item)).join('; ')}`
}

function cutSentence(line: string): string {
  const { length, rest } = endOf(line)
  return line.slice(0, length) + rest
}

/** Matches a sentence with a condition, an alternative or a comparison, after which the next one says what something does. */
const INTRODUCES_CONDITION =
  /^\P{L}{0,9}(?:by default|if|normally|ordinarily|(?:similar|identical) to|(?:the )?same as|typically|unless|usually|when(?:ever)?)\b/iu
/** `Orbit::Plan is modeled after that of Java.` */
const MODELLED = /^\S{1,80} (?:is|was) (?:closely |loosely )?(?:modell?ed|patterned) (?:after|on)\b/i
/** Matches the continuation of a condition that does not say what something does. */
const CONTINUES_CONDITION =
  /^\s*\P{L}{0,9}(?:(?:the )?defaults?|deprecated|e\.g|examples?|for (?:example|instance|more)|note|see|since|warning)\b/iu

/** The length of a line's first sentence, with the next one if it only introduces it, and the ellipsis for what is cut off. */
function endOf(line: string): { length: number; rest: '' | '…' } {
  const first = endOfSentence(line)
  if (first.rest !== '' || first.length === line.length || !(INTRODUCES_CONDITION.test(line) || MODELLED.test(line)))
    return first
  const following = line.slice(first.length)
  if (CONTINUES_CONDITION.test(following)) return first
  const second = endOfSentence(following)
  const length = first.length + second.length
  return second.rest !== '' || length > MAX_WHOLE ? first : { length, rest: '' }
}

function endOfSentence(line: string): { length: number; rest: '' | '…' } {
  for (const end of line.matchAll(/[.!?](?=\s)|[。！？]/g)) {
    const sentence = line.slice(0, end.index + 1)
    if (sentence.length > MAX_WHOLE) break
    const isOpen = (sentence.split('`').length - 1) % 2 === 1 || isInBrackets(line, end.index)
    const continues = /^\s+[a-z]/.test(line.slice(end.index + 1, end.index + 10))
    if (!isOpen && !continues && !ABBREVIATION.test(sentence)) return { length: sentence.length, rest: '' }
  }
  if (line.length <= MAX_WHOLE) return { length: line.length, rest: '' }
  const end = line.lastIndexOf(' ', MAX_SENTENCE)
  const space = isInBrackets(line, end) ? line.lastIndexOf(' (', end) : end
  if (space > 0) return { length: space, rest: '…' }
  // Not within a surrogate pair.
  return { length: MAX_SENTENCE - (/[\uD800-\uDBFF]/.test(line[MAX_SENTENCE - 1] ?? '') ? 1 : 0), rest: '…' }
}

/** Whether an offset of a line is inside brackets that are closed later. */
function isInBrackets(line: string, at: number): boolean {
  const before = line.slice(0, at)
  return before.split('(').length > before.split(')').length && line.slice(at, at + MAX_SENTENCE).includes(')')
}

/** The text of a node, with code masked, because no sentence ends in code. */
function lineOf(node: PhrasingContent): string {
  const words = plainText(node)
  return node.type === 'inlineCode' ? '0'.repeat(words.length) : words
}

/** The nodes up to a number of characters of their text. */
function cutNodes(nodes: readonly PhrasingContent[], length: number): PhrasingContent[] {
  const kept: PhrasingContent[] = []
  let left = length
  for (const node of nodes) {
    if (left <= 0) break
    const size = plainText(node).length
    if (size <= left || node.type === 'inlineCode') kept.push(node)
    else if (node.type === 'text') kept.push({ ...node, value: node.value.slice(0, left) })
    else if ('children' in node) kept.push({ ...node, children: cutNodes(node.children, left) } as PhrasingContent)
    left -= size
  }
  return kept
}
