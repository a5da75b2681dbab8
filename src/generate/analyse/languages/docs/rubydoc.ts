/** Converts Ruby's comments to Markdown: RDoc markup and YARD tags. */

import { capital } from '#base/capital.ts'
import { append } from '#base/long-arrays.ts'
import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import type { DocTypes } from '#generate/analyse/engine/read-rules.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import { rdocInline } from '#generate/formats/rdoc-inline.ts'
import type { DocField } from '#generate/model.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { symbolLink } from '#markdown/symbol-links.ts'
import { withoutParameters } from './rdoc-parameters.ts'

const TYPED =
  /(?<![^\n])#\s*@(param|return|option|yieldparam|attr(?:_reader)?)\s+(?:(\*{0,2}\w+)\s+)?\[([^\]\n]+)\](?:\s+(\w+)\b)?/g

/** A comment that is a type and nothing else: `[String, nil]`, `Array<Plan>`. */
const ONLY_TYPE =
  /^(?:\[([A-Z][\w:]{0,80}(?:<[\w:<>, {}=]{1,80}>)?(?:, [\w:<>]{1,80}){0,8})\]|[A-Z][\w:]{0,80}<[\w:<>, {}=]{1,80}>)$/
/** A type whose brackets were forgotten, alone or with its own arguments. */
const BARE_TYPE = /^([A-Z][\w:]{0,80}(?:<[\w:<>, {}=]{1,80}>(?=\s|$)|$))\s{0,9}(.{0,2000})$/

/** Types in comments, for RBS: `#: (String) -> bool`, `#| (Integer) -> void`, `# @rbs path: String`. */
const TYPES = /^#[:|]|^#\s*@rbs\b/

/** Directives of RDoc, and the line that names an interpreter. */
const DIRECTIVE = /^#\s*:(?:nodoc|stopdoc|startdoc|enddoc|doc):|^#(?:!|[ \t]+!\/)/

/** RDoc leaves out what is between these lines; what follows `:call-seq:` up to a blank line repeats the signature. */
const LEFT_OUT = /^#--\s*$|^#\s*:call-seq:\s*$/
const GOES_ON = /^#\+\+\s*$/
/** A line of a paragraph; indented text below it is still code. */
const OF_PARAGRAPH = /^(?![-*] |\d+\. )\S/
/** A paragraph that ends within a sentence, and an indented line that ends it. */
const OPEN_SENTENCE = /^\S.*[\p{L},]$/u
const ENDS_SENTENCE = /^ {2,}\p{Ll}[^=]*\.$/u
/** What YARD copies from another definition: `(see Plan#fly)`. */
const REFERENCE = /^\(see [^\s()]{1,200}\)$/
const referenceIn = (words: string): string => words.slice('(see '.length, -1)

/** TomDoc's visibility marker. */
const TOMDOC = /^(?:Public|Internal)(?:: (?=\S)|:?\s*$)/

/** Joins all comments before a declaration, without comments for the interpreter, editors and type checkers. */
export function rubydoc(comments: readonly string[]): DocComment | null {
  const lines: string[] = []
  let isLeftOut = ''
  for (const comment of comments) {
    isLeftOut = LEFT_OUT.exec(comment)?.[0] ?? isLeftOut
    if (isLeftOut !== '') {
      if (GOES_ON.test(comment) || (!isLeftOut.startsWith('#--') && /^#\s*$/.test(comment))) isLeftOut = ''
    } else if (comment.startsWith('=begin')) for (const line of comment.split('\n').slice(1, -1)) lines.push(line)
    else if (!TYPES.test(comment) && !DIRECTIVE.test(comment) && !isForTools(comment))
      lines.push(comment.replace(/^#+ ?/, ''))
  }
  const marked = lines.findIndex((line) => TOMDOC.test(line))
  if (marked >= 0) lines[marked] = (lines[marked] ?? '').replace(TOMDOC, '')
  const parts = new DocParts()
  const text: string[] = []
  let isLabelled = false
  let tag: { name: string; words: string; below: string[] } | undefined
  const isFirst = (): boolean => text.every((line) => line === '') && Object.keys(parts.details).length === 0
  const end = (): void => {
    if (tag !== undefined) append(text, readTag(parts, tag, isFirst()))
    tag = undefined
  }
  for (const line of withoutParameters(
    lines.map((one) => one.trimEnd()),
    parts,
  )) {
    const [all, name = '', words = ''] = /^@(!?\w{1,60})(.*)$/.exec(line) ?? []
    const isResult = marked >= 0 && tag === undefined && text.at(-1) === '' && /^Returns \S/.test(line)
    if (isResult) tag = { name: 'returned', words: line.slice('Returns '.length), below: [] }
    else if (all !== undefined) {
      end()
      tag = { name, words: words.trim(), below: [] }
    } else if (tag === undefined && REFERENCE.test(line)) parts.addText('see', seeAlso(referenceIn(line)))
    else if (tag !== undefined && (line === '' || /^[ \t]/.test(line) || continuesTag(tag, line))) tag.below.push(line)
    else {
      end()
      // Text indented below a label continues its description.
      const label = labelled(line)
      const isBelow: boolean = isLabelled && /^\s+\S/.test(line) && label === null
      const above = text.at(-1) ?? ''
      const goesOn = OPEN_SENTENCE.test(above) && ENDS_SENTENCE.test(line)
      const isCode = /^ {2,}[^\s@]/.test(line) && label === null && !isBelow && !goesOn && OF_PARAGRAPH.test(above)
      if (isCode || (isLabelled && label === null && !isBelow && line !== '' && text.at(-1) !== '')) text.push('')
      text.push(label ?? (isBelow ? `  ${inline(line.trim())}` : markdown(goesOn ? line.trim() : line)))
      isLabelled = label !== null || (isLabelled && (isBelow || line === ''))
    }
  }
  end()
  const joined = withoutPointers(text, parts)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  const only = ONLY_TYPE.exec(joined)
  if (only !== null) parts.addOnce('returns', { type: only[1] ?? joined })
  const plain = only === null ? joined : ''
  return plain === '' && Object.keys(parts.details).length === 0 ? null : { text: plain, details: parts.details }
}

function markdown(line: string): string {
  // Indented text is code in both, and stays unchanged.
  if (/^ {2,}/.test(line)) return `  ${line}`
  return inline(
    line.replace(
      /^(=+)\s+(?!\s)(.*)$/,
      (_, marks: string, title: string) => `${'#'.repeat(Math.min(6, marks.length + 2))} ${title}`,
    ),
  )
}

/** An item of an RDoc list: `name :: words` or `[name] words`, but not `[words][key]`. */
const LABEL = /^ ?([:\w][\w:.?!=, -]{0,60}?) ?::(?:\s+(\S.*))?$|^\[((?:[^[\]\n]){1,80})\](?:\s+(\S.*))?$/

function labelled(line: string): string | null {
  const [all, name, words = '', boxed, description = ''] = LABEL.exec(line) ?? []
  const label = name ?? boxed
  // `Example usage::` introduces code.
  if (all === undefined || label === undefined || (words + description === '' && label.includes(' '))) return null
  const shown = /^[:\w.?!=]+$/.test(label) ? `\`${label}\`` : inline(label)
  return `- ${shown}${words + description === '' ? '' : `: ${inline(words + description)}`}`
}

const POINTERS = /^#{1,6} (?:see also|related (?:modules?|class(?:es)?)|references):?$/i

/** Removes sections that only refer elsewhere; their items become "see also" entries. */
function withoutPointers(lines: readonly string[], parts: DocParts): string[] {
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    let end = at + 1
    if (POINTERS.test(line)) while (end < lines.length && /^\s*$|^ *[*-] \S/.test(lines[end] ?? '')) end++
    const isWhole = end > at + 1 && (end === lines.length || (lines[end] ?? '').startsWith('#'))
    if (!isWhole) {
      kept.push(line)
      continue
    }
    for (const item of lines.slice(at + 1, end)) parts.addText('see', seeAlso(item.trim().replace(/^[*-] /, '')))
    at = end - 1
  }
  return kept
}

/** A link to a name; links to files and headings become plain text. */
function referred(target: string, words: string): string {
  return /^(?:[A-Z]\w*(?:::\w+)*(?:[.#]\w+[?!=]?)?|#\w+[?!=]?)$/.test(target) ? symbolLink(target, words) : words
}

function inline(text: string): string {
  return rdocInline(text, referred)
    .replace(/(?<![#$])\{([\w:#.?!]+)\}/g, '`$1`')
    .replace(/(?<![#$])\{([A-Z][\w:#.?!]*|#[\w?!]+)\s+(?!\s)([^{}\n]{1,200})\}/g, (_, target: string, words: string) =>
      symbolLink(target, words),
    )
}

/** Whether an unindented line directly below a tag continues its sentence. */
function continuesTag(
  { name, words, below }: { name: string; words: string; below: readonly string[] },
  line: string,
): boolean {
  return words !== '' && name !== 'example' && below.at(-1) !== '' && (name === 'abstract' || /^\p{Ll}/u.test(line))
}

/**
 * @param isOwn - Whether there is no text before the tag.
 * @returns The part of the tag that belongs to the text.
 */
function readTag(
  parts: DocParts,
  { name: tag, words, below }: { name: string; words: string; below: readonly string[] },
  isOwn: boolean,
): string[] {
  const more = below.map((line) => inline(line.trim())).filter((line) => line !== '')
  const say = (first: string): string => [inline(first.trim()), ...more].filter((line) => line !== '').join('\n')
  const [, before, type, rest = words] =
    /^(?:(?=[\w*&:])(\*{0,2}&?\w+[?!]?:?)\s+)?\[([^\]]*)\]\s*(.*)$/.exec(words) ?? []
  const [first, behind] = splitWord(rest)
  // `@param plans Array<Plan> words`, `@return Array<Plan> words`
  const bare = type === undefined ? BARE_TYPE.exec(behind) : null
  const given = type === undefined ? BARE_TYPE.exec(rest) : null
  const result = { type: type ?? given?.[1] ?? '', text: say(given?.[2] ?? rest) }
  const named = (): DocField =>
    before === undefined
      ? { name: first, type: type ?? bare?.[1] ?? '', text: say(bare?.[2] ?? behind) }
      : { name: before, type: type ?? '', text: say(rest) }
  if (REFERENCE.test(words)) {
    parts.addText('see', seeAlso(referenceIn(words)))
    return []
  }
  switch (tag) {
    case 'param':
      parts.add('parameters', named())
      return []
    case 'yieldparam': {
      const one = named()
      // Completes a preceding `@yield [plan] words`, which has no name.
      const unnamed = parts.details.yields?.find((other) => other.name === '' && other.type === one.name)
      if (unnamed === undefined) parts.add('yields', one)
      else Object.assign(unnamed, { ...one, text: one.text || unnamed.text })
      return []
    }
    case 'option': {
      if (before === undefined && type !== undefined) {
        parts.add('parameters', named())
        return []
      }
      // `@option opts [Type] :key (default) words`
      const [key, after] = splitWord(before === undefined ? behind : rest)
      const [, of = ''] = /^(\S*)/.exec(before ?? first) ?? []
      const [, fallback, text = after] = /^\(([^()`\n]{1,80})\)\s*(.*)$/.exec(after) ?? []
      const shown = [say(text), fallback === undefined ? '' : `(default: \`${fallback}\`)`]
      parts.add('parameters', { name: `${of}[${key}]`, type: type ?? '', text: shown.filter(Boolean).join(' ') })
      return []
    }
    case 'return':
      parts.add('returns', result)
      return []
    case 'yield':
    case 'yieldreturn':
      parts.add('yields', result)
      return []
    // TomDoc's `Returns the plan.`
    case 'returned':
      parts.add('returns', { text: say(words) })
      return []
    // The first overload documents a method without other text; the rest are ways to call it.
    case 'overload':
      return readOverload(parts, isOwn ? '' : words, below)
    case 'raise':
      parts.add('raises', { name: type ?? '', text: say(rest) })
      return []
    case 'attr':
    case 'attr_reader':
      parts.add('fields', named())
      return []
    case 'since':
      parts.details.since = words
      return []
    case 'deprecated':
      parts.details.deprecated = say(words)
      return []
    case 'see':
      parts.addText('see', seeAlso(words))
      return []
    case 'example': {
      const code = codeOf(below)
      if (code !== '')
        parts.addText('examples', `${words === '' ? '' : `${inline(words)}:\n\n`}\`\`\`ruby\n${code}\n\`\`\``)
      return []
    }
    case 'abstract':
      return words === '' ? [] : ['', say(words), '']
    case 'note':
    case 'todo':
      return ['', `**${tag === 'note' ? 'Note' : 'To do'}:** ${say(words)}`, '']
    default:
      return readOwnTag(tag, [words, ...withoutMargin(below)])
  }
}

/** A tag, or a block of code in AsciiDoc. */
const NESTED = /^\s{0,99}(?:@|-{4})/

/** A tag that a project defines for itself, if it has sentences: `@safety`. */
function readOwnTag(tag: string, lines: readonly string[]): string[] {
  if (tag.startsWith('!') || lines.some((line) => NESTED.test(line))) return []
  const { text = '' } = rubydoc(lines.map((line) => `# ${line}`)) ?? {}
  return /^\p{Lu}[^\n]* /u.test(text) && /[.:]$/m.test(text) ? ['', `**${capital(tag)}:** ${text}`, ''] : []
}

function readOverload(parts: DocParts, head: string, below: readonly string[]): string[] {
  const { text = '', details = {} } = rubydoc(withoutMargin(below).map((line) => `# ${line}`)) ?? {}
  if (head === '') {
    Object.assign(parts.details, details)
    return text.split('\n')
  }
  for (const one of details.parameters ?? []) parts.addOnce('parameters', one)
  const [first = ''] = text.split('\n\n', 1)
  return ['', `- \`${head.replaceAll('`', '')}\`${first === '' ? '' : `: ${first.replaceAll('\n', ' ')}`}`]
}

function seeAlso(words: string): string {
  const [target, label] = splitWord(words)
  if (/^https?:/.test(target)) return label === '' ? `<${target}>` : `[${label}](${target})`
  return /^[\w:#.?!]+$/.test(target) ? symbolLink(target, label === '' ? target.replace(/^#/, '') : label) : words
}

/** Code with its common indentation removed, and no fence inside. */
function codeOf(lines: readonly string[]): string {
  return withoutMargin(lines)
    .map((line) => line.trimEnd().replace(/^`{3,}/, '``'))
    .join('\n')
    .trimEnd()
    .replace(/^\n+/, '')
}

/** The first word, and the text after it. */
function splitWord(words: string): [first: string, rest: string] {
  const at = words.search(/\s/)
  return at < 0 ? [words, ''] : [words.slice(0, at), words.slice(at).trim()]
}

/** `@param name [Type]`, `@param [Type] name`, `@return [Type]`. */
export function docTypes(comments: readonly string[]): DocTypes | null {
  let own: string | null = null
  const named = new Map<string, string>()
  for (const [, tag = '', before, type = '', after] of comments.join('\n').matchAll(TYPED)) {
    const name = before ?? after
    if (tag === 'return') own ??= type
    else if (tag === 'param' && name !== undefined) named.set(name.replace(/^\*+/, ''), type)
  }
  return own === null && named.size === 0 ? null : { own, named }
}
