/** Reads YARD tags of Ruby comments into the parts of a doc comment. */

import { capital } from '#base/capital.ts'
import type { DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import type { DocField } from '#generate/model.ts'
import { inline, seeAlso, splitWord } from './ruby-markup.ts'

/** A tag with its text: `@return [Plan] words`. */
export interface Tag {
  readonly name: string
  /** The text on the tag's own line. */
  readonly words: string
  /** The lines below that belong to the tag. */
  readonly below: string[]
}

/** TomDoc's `Returns the plan.`, which is read like a tag. */
export const TOMDOC_RETURNS = 'Returns'

/** What YARD copies from another definition: `(see Plan#fly)`. */
const REFERENCE = /^\(see ([^\s()]{1,200})\)$/
/** A type whose brackets were forgotten, alone or with its own arguments. */
const BARE_TYPE = /^([A-Z][\w:]{0,80}(?:<[\w:<>, {}=]{1,80}>(?=\s|$)|$))\s{0,9}(.{0,2000})$/
/** `name [Type] words`, `[Type] words`. */
const TYPED = /^(?:(?=[\w*&:])(\*{0,2}&?\w+[?!]?:?)\s+)?\[([^\]]*)\]\s*(.*)$/
/** `(default) words` */
const WITH_DEFAULT = /^\(([^()`\n]{1,80})\)\s*(.*)$/

/** Reads `(see Plan#fly)` as a "see also" entry. @returns Whether the text is one. */
export function readReference(parts: DocParts, words: string): boolean {
  const target = REFERENCE.exec(words)?.[1]
  if (target !== undefined) parts.addText('see', seeAlso(target))
  return target !== undefined
}

/** Whether an unindented line directly below a tag continues its sentence. */
export function continuesTag({ name, words, below }: Tag, line: string): boolean {
  return words !== '' && name !== 'example' && below.at(-1) !== '' && (name === 'abstract' || /^\p{Ll}/u.test(line))
}

/**
 * Adds a tag to the parts of its comment.
 *
 * @param isFirst - Whether the comment has nothing before the tag.
 * @param readComment - Reads the lines of a whole comment, for those below `@overload`.
 * @returns The lines of the tag that belong to the text.
 */
export function readTag(
  parts: DocParts,
  tag: Tag,
  isFirst: boolean,
  readComment: (lines: readonly string[]) => DocComment | null,
): string[] {
  const { name, words, below } = tag
  if (readReference(parts, words)) return []
  switch (name) {
    case 'abstract':
      return words === '' ? [] : ['', textOf(tag, words), '']
    case 'note':
      return ['', `**Note:** ${textOf(tag, words)}`, '']
    case 'todo':
      return ['', `**To do:** ${textOf(tag, words)}`, '']
    // The first overload documents a method without other text; the rest are ways to call it.
    case 'overload':
      return readOverload(parts, isFirst ? '' : words, readComment(withoutMargin(below)))
    default:
      return addDetail(parts, tag) ? [] : ownTag(tag, readComment)
  }
}

/** A tag, or a block of code in AsciiDoc. */
const NESTED = /^\s{0,99}(?:@|-{4})/

/** A tag that a project defines for itself, if it has sentences: `@safety`. */
function ownTag({ name, words, below }: Tag, readComment: (lines: readonly string[]) => DocComment | null): string[] {
  const lines = [words, ...withoutMargin(below)]
  if (name.startsWith('!') || lines.some((line) => NESTED.test(line))) return []
  const { text = '' } = readComment(lines) ?? {}
  return /^\p{Lu}[^\n]* /u.test(text) && /[.:]$/m.test(text) ? ['', `**${capital(name)}:** ${text}`, ''] : []
}

/** @returns Whether the tag is one of YARD's. */
function addDetail(parts: DocParts, tag: Tag): boolean {
  const { name, words } = tag
  switch (name) {
    case 'param':
      parts.add('parameters', namedField(tag))
      break
    case 'option':
      parts.add('parameters', optionField(tag))
      break
    case 'attr':
    case 'attr_reader':
      parts.add('fields', namedField(tag))
      break
    case 'return':
      parts.add('returns', resultField(tag))
      break
    case TOMDOC_RETURNS:
      parts.add('returns', { text: textOf(tag, words) })
      break
    case 'yield':
    case 'yieldreturn':
      parts.add('yields', resultField(tag))
      break
    case 'yieldparam':
      addYielded(parts, namedField(tag))
      break
    case 'raise': {
      const { type, rest } = splitTyped(words)
      parts.add('raises', { name: type ?? '', text: textOf(tag, rest) })
      break
    }
    case 'since':
      parts.details.since = words
      break
    case 'deprecated':
      parts.details.deprecated = textOf(tag, words)
      break
    case 'see':
      parts.addText('see', seeAlso(words))
      break
    case 'example':
      parts.addText('examples', exampleOf(tag))
      break
    default:
      return false
  }
  return true
}

/** Joins the tag's text on its own line with the lines below. */
function textOf({ below }: Tag, first: string): string {
  return [first, ...below]
    .map((line) => inline(line.trim()))
    .filter((line) => line !== '')
    .join('\n')
}

/** Splits `name [Type] words`. @returns The whole text as `rest` if it has no type in brackets. */
function splitTyped(words: string): { name: string | undefined; type: string | undefined; rest: string } {
  const [, name, type, rest = words] = TYPED.exec(words) ?? []
  return { name, type, rest }
}

/** `@param plans [Array<Plan>] words`, `@param [Array<Plan>] plans words`, `@param plans Array<Plan> words` */
function namedField(tag: Tag): DocField {
  const { name, type, rest } = splitTyped(tag.words)
  if (name !== undefined) return { name, type: type ?? '', text: textOf(tag, rest) }
  const [first, following] = splitWord(rest)
  const bare = type === undefined ? BARE_TYPE.exec(following) : null
  return { name: first, type: type ?? bare?.[1] ?? '', text: textOf(tag, bare?.[2] ?? following) }
}

/** `@return [Array<Plan>] words`, `@return Array<Plan> words` */
function resultField(tag: Tag): DocField {
  const { type, rest } = splitTyped(tag.words)
  const bare = type === undefined ? BARE_TYPE.exec(rest) : null
  return { name: '', type: type ?? bare?.[1] ?? '', text: textOf(tag, bare?.[2] ?? rest) }
}

/** `@option opts [Type] :key (default) words`; `@option [Type] name words` is read as a parameter. */
function optionField(tag: Tag): DocField {
  const { name, type, rest } = splitTyped(tag.words)
  if (name === undefined && type !== undefined) return namedField(tag)
  const [hash, following] = name === undefined ? splitWord(rest) : [name, rest]
  const [key, after] = splitWord(following)
  const [, fallback, text = after] = WITH_DEFAULT.exec(after) ?? []
  const shown = [textOf(tag, text), fallback === undefined ? '' : `(default: \`${fallback}\`)`]
  return { name: `${hash}[${key}]`, type: type ?? '', text: shown.filter(Boolean).join(' ') }
}

/** Adds a block's parameter; it completes a preceding `@yield [plan] words`, which has no name. */
function addYielded(parts: DocParts, field: DocField): void {
  const unnamed = parts.details.yields?.find(({ name, type }) => name === '' && type === field.name)
  if (unnamed === undefined) parts.add('yields', field)
  else Object.assign(unnamed, { ...field, text: field.text || unnamed.text })
}

/** @param head - The signature to list; '' if the overload documents the method itself. */
function readOverload(parts: DocParts, head: string, comment: DocComment | null): string[] {
  const { text = '', details = {} } = comment ?? {}
  if (head === '') {
    Object.assign(parts.details, details)
    return text.split('\n')
  }
  for (const one of details.parameters ?? []) parts.addOnce('parameters', one)
  const [first = ''] = text.split('\n\n', 1)
  return ['', `- \`${head.replaceAll('`', '')}\`${first === '' ? '' : `: ${first.replaceAll('\n', ' ')}`}`]
}

function exampleOf({ words, below }: Tag): string {
  const code = codeOf(below)
  if (code === '') return ''
  return `${words === '' ? '' : `${inline(words)}:\n\n`}\`\`\`ruby\n${code}\n\`\`\``
}

/** Code with its common indentation removed, and no fence inside. */
function codeOf(lines: readonly string[]): string {
  return withoutMargin(lines)
    .map((line) => line.trimEnd().replace(/^`{3,}/, '``'))
    .join('\n')
    .trimEnd()
    .replace(/^\n+/, '')
}
