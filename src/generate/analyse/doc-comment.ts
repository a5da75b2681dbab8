/**
 * Doc comments split into parts. Language readers create them; in facts and caches they are packed into one string,
 * which `unpackDoc` splits when the model is built.
 */

import type { DocDetails, DocField } from '#generate/model.ts'
import { withSentencesApart, withTitleApart, withTypedLines } from './doc-breaks.ts'
import { withPlainAsterisks, withPlainBrackets } from './doc-markup.ts'
import { withoutAsides } from './engine/doc-lines.ts'

export interface DocComment {
  /** Markdown; may be empty. */
  text: string
  details: DocDetails
}

/** Separates the text from its details. `packDoc` removes it from comments. */
const MARK = '\u001e'
const MAX_TEXT = 100_000
const MAX_FIELDS = 2_000
const MAX_FIELD_TEXT = 4_000

type ListName = 'typeParameters' | 'parameters' | 'fields' | 'returns' | 'yields' | 'raises'
type TextsName = 'examples' | 'see'

/** Collects the parts of a comment, up to `MAX_FIELDS` of each list. */
export class DocParts {
  readonly details: DocDetails = {}

  add(list: ListName, { name = '', type = '', text = '' }: Partial<DocField>): void {
    const fields = this.details[list] ?? []
    if (fields.length < MAX_FIELDS) fields.push({ name, type, text })
    this.details[list] = fields
  }

  /** Adds a field unless the list has one of this name: in some dialects, entries are repeated for other tools. */
  addOnce(list: ListName, field: Partial<DocField>): void {
    if (this.details[list]?.some(({ name }) => name === (field.name ?? '')) !== true) this.add(list, field)
  }

  addText(list: TextsName, text: string): void {
    if (text === '') return
    const texts = this.details[list] ?? []
    if (texts.length < MAX_FIELDS && !texts.includes(text)) texts.push(text)
    this.details[list] = texts
  }
}

const withPlainSigns = (markdown: string): string => withPlainAsterisks(withPlainBrackets(markdown))

/** A comment that is only a URL, or only credits the source: `via https://…`, `f() taken from libulz (C) Ann`. */
const ORIGIN =
  /^(?:(?:(?:adapted|borrowed|copied|ported|stolen|taken) )?from|source|via)?:? ?<?(https?:\/\/[^\s<>]{1,500})>?$|^(?:\w{1,80}\(\) )?(?:adapted|borrowed|copied|ported|stolen|taken) from \S{1,80}(?: \(c\) \w{1,80})?$/i
/** A paragraph that a generator writes above its output, or that claims rights: `This is a generated file. Do not edit it!` */
const BANNER =
  /^\W{0,9}(?:this (?:\w{1,20} )?(?:class|code|file) (?:is|was|has been) (?:auto\S{0,12} )?generated\b|the (?:\w{1,20} )?(?:code|file) (?:is|was|has been) (?:auto\S{0,12} )?generated (?:by|from)\b|this is an? (?:\w{1,20}[ -]){0,2}generated (?:code|class|file)\b|(?:please )?do(?: not|n['’]t) (?:change|edit|modify)(?: (?:by hand|manually|this file)\b|(?: it)?\W{0,9}$)|(?:auto-?|automatically )generated (?:by|code|file|from)\b|@generated\b|code generated (?:by|from)\b|copyright\b(?! (?:holder|information|line|notice|owner|statement|string|text|year)\b)|\(c\) ?\d{4}|©)/i
const MAY_BE_BANNER = /generated|\bdo(?: not|n['’]t) |copyright|\(c\)|©/i
const MAX_BANNER = 400

const withoutBanners = (markdown: string): string =>
  MAY_BE_BANNER.test(markdown.slice(0, MAX_BANNER * 2))
    ? markdown
        .split('\n\n')
        .filter((part) => part.length > MAX_BANNER || !BANNER.test(part))
        .join('\n\n')
    : markdown

/** A comment that refers to its neighbour: `Same as above, but shorter`. */
const RELATIVE = /^(?:the )?(?:same as|like|as) (?:the )?(?:above|below|previous)\b[^\n.]{0,80}\.?$/i
/** `[description]`, inserted by an editor and never filled in. */
const PLACEHOLDER = /^\\?[[<](?:\w{1,20} )?description(?: here)?\\?[\]>]$/i

/** Types that say nothing about a result. */
const SAYS_NOTHING = /^(?:\*|any|mixed|undefined|void)?$/

/** Drops descriptions without content; the URL of a credited source becomes a reference. */
function withoutEmptyWords({ text: whole, details }: DocComment): DocComment {
  const text = withoutAsides(withoutBanners(whole))
  const words = text.length > 600 ? '' : text.trim()
  const origin = ORIGIN.exec(words)
  if (origin === null && !RELATIVE.test(words) && !PLACEHOLDER.test(words)) return { text, details }
  const url = origin?.[1]
  return { text: '', details: url === undefined ? details : { ...details, see: [...(details.see ?? []), url] } }
}

/** Packs into one string; `null` for an empty comment. */
export function packDoc(doc: DocComment | string | null): string | null {
  if (doc === null) return null
  const { text, details } = withoutEmptyWords(typeof doc === 'string' ? { text: doc, details: {} } : doc)
  const typed = withPlainSigns(withTypedLines(text.replaceAll(MARK, '').trim()))
  const plain = withSentencesApart(withTitleApart(typed))
  const shown = plain.length <= MAX_TEXT ? plain : `${plain.slice(0, MAX_TEXT - 1)}…`
  const bounded = boundedDetails(details)
  if (Object.keys(bounded).length === 0) return shown === '' ? null : shown
  return `${shown}${MARK}${JSON.stringify(bounded)}`
}

export function unpackDoc(packed: string | null): { doc: string | null; details?: DocDetails } {
  const at = packed?.indexOf(MARK) ?? -1
  if (packed === null || at < 0) return { doc: packed }
  const text = packed.slice(0, at)
  return { doc: text === '' ? null : text, details: JSON.parse(packed.slice(at + 1)) as DocDetails }
}

/** Joins the packed comments of two declarations of one component; parts of the first take precedence. */
export function joinDocs(first: string | null, second: string | null): string | null {
  if (first === null || second === null || first === second) return first ?? second
  const [one, other] = [unpackDoc(first), unpackDoc(second)]
  const texts = [...new Set([one.doc ?? '', other.doc ?? ''])].filter((text) => text !== '')
  return packDoc({ text: texts.join('\n\n'), details: { ...other.details, ...one.details } })
}

/** Copies a comment, applying a function to every text. */
export function mapTexts({ text, details }: DocComment, change: (markdown: string) => string): DocComment {
  const fields = (list: DocField[]): DocField[] => list.map((one) => ({ ...one, text: change(one.text) }))
  const changed = Object.entries(details).map(([key, value]: [string, DocDetails[keyof DocDetails]]) => {
    if (value === undefined || typeof value === 'string') return [key, value && change(value)]
    return [key, isTexts(value) ? value.map(change) : fields(value)]
  })
  return { text: change(text), details: Object.fromEntries(changed) as DocDetails }
}

function isTexts(value: readonly unknown[]): value is string[] {
  return typeof value[0] === 'string'
}

/** Truncates lists and texts that are longer than in any hand-written comment. */
function boundedDetails(details: DocDetails): DocDetails {
  const cut = (text: string, max = MAX_FIELD_TEXT): string => {
    const plain = text.trim()
    return plain.length <= max ? plain : `${plain.slice(0, max - 1)}…`
  }
  let left = MAX_TEXT
  const spend = (text: string): boolean => {
    left -= text.length
    return left >= 0
  }
  const bounded: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(details) as [string, DocDetails[keyof DocDetails]][]) {
    if (value === undefined) continue
    if (typeof value === 'string') bounded[key] = cut(withPlainSigns(value))
    else if (isTexts(value)) {
      const texts = value
        .slice(0, MAX_FIELDS)
        .map((one) => cut(withPlainSigns(one)))
        .filter(spend)
      if (texts.length > 0) bounded[key] = texts
    } else {
      const fields = value
        .slice(0, MAX_FIELDS)
        .map(({ name, type, text }) => ({
          name: cut(name, 200),
          type: cut(type, 300),
          text: PLACEHOLDER.test(text.trim()) ? '' : cut(withPlainSigns(withoutAsides(text))),
        }))
        .filter(({ type, text }) => key !== 'returns' || text !== '' || !SAYS_NOTHING.test(type))
        .filter(({ name, type, text }) => spend(name + type + text))
      if (fields.length > 0) bounded[key] = fields
    }
  }
  return bounded as DocDetails
}

/** The comment of a file as Markdown only: examples are kept, other details dropped. */
export function docAsText(packed: string): string | null {
  const { doc, details } = unpackDoc(packed)
  const parts = [doc ?? '', ...(details?.examples ?? [])].filter((part) => part !== '')
  return parts.length === 0 ? null : parts.join('\n\n')
}
