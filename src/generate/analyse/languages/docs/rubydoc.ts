/** Ruby's comments as Markdown: RDoc markup and YARD tags. */

import { type DocComment, DocParts } from '#generate/analyse/doc-comment.ts'
import type { DocTypes } from '#generate/analyse/engine/read-rules.ts'
import { withoutMargin } from '#generate/formats/indentation.ts'
import type { DocField } from '#generate/model.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

const TYPED =
  /(?<![^\n])#\s*@(param|return|option|yieldparam|attr(?:_reader)?)\s+(?:(\*{0,2}\w+)\s+)?\[([^\]\n]+)\](?:\s+(\w+)\b)?/g

/** All comments before a declaration together, without those for the interpreter and for editors. */
export function rubydoc(comments: readonly string[]): DocComment | null {
  const lines: string[] = []
  for (const comment of comments) {
    if (comment.startsWith('=begin')) for (const line of comment.split('\n').slice(1, -1)) lines.push(line)
    else if (
      !/^#\s*(?:frozen_string_literal|encoding|coding|rubocop|typed|-\*-|:(?:nodoc|stopdoc|startdoc))|^#(?:!|[ \t]+!\/)/.test(
        comment,
      )
    )
      lines.push(comment.replace(/^#+ ?/, ''))
  }
  const parts = new DocParts()
  const text: string[] = []
  let tag: { name: string; words: string; below: string[] } | undefined
  const end = (): void => {
    if (tag !== undefined) text.push(...readTag(parts, tag.name, tag.words, tag.below))
    tag = undefined
  }
  for (const line of lines.map((one) => one.trimEnd())) {
    const [all, name = '', words = ''] = /^@!?(\w{1,60})(.*)$/.exec(line) ?? []
    if (all !== undefined) {
      end()
      tag = { name, words: words.trim(), below: [] }
    } else if (tag !== undefined && (line === '' || /^[ \t]/.test(line) || goesOn(tag, line))) tag.below.push(line)
    else {
      end()
      text.push(markdown(line))
    }
  }
  end()
  const plain = text
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
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

function inline(text: string): string {
  return text
    .replace(/(^|[^\w`])\+([\w@:#.?!=[\]<>-]+)\+(?!\w)/g, '$1`$2`')
    .replace(/<(?:tt|code)>((?:(?!<(?:tt|code)>).)*?)<\/(?:tt|code)>/g, '`$1`')
    .replace(/\{([\w:#.?!]+)\}/g, '`$1`')
    .replace(/\{([A-Z][\w:#.?!]*|#[\w?!]+)\s+(?!\s)([^{}\n]{1,200})\}/g, (_, target: string, words: string) =>
      symbolLink(target, words),
    )
}

/** Whether an unindented line directly below a tag continues its sentence. */
function goesOn(
  { name, words, below }: { name: string; words: string; below: readonly string[] },
  line: string,
): boolean {
  return words !== '' && name !== 'example' && below.at(-1) !== '' && (name === 'abstract' || /^\p{Ll}/u.test(line))
}

/** @returns The part of a tag that belongs to the text. */
function readTag(parts: DocParts, tag: string, words: string, below: readonly string[]): string[] {
  const goesOn = below.map((line) => inline(line.trim())).filter((line) => line !== '')
  const say = (first: string): string => [inline(first.trim()), ...goesOn].filter((line) => line !== '').join('\n')
  const [, before, type, rest = words] =
    /^(?:(?=[\w*&:])(\*{0,2}&?\w+[?!]?:?)\s+)?\[([^\]]*)\]\s*(.*)$/.exec(words) ?? []
  const [first, behind] = splitWord(rest)
  const named = (): DocField =>
    before === undefined
      ? { name: first, type: type ?? '', text: say(behind) }
      : { name: before, type: type ?? '', text: say(rest) }
  switch (tag) {
    case 'param':
    case 'yieldparam':
      parts.add('parameters', named())
      return []
    case 'option': {
      // `@option opts [Type] :key (default) words`
      const [key, text] = splitWord(before === undefined ? behind : rest)
      const [, of = ''] = /^(\S*)/.exec(before ?? first) ?? []
      parts.add('parameters', { name: `${of}[${key}]`, type: type ?? '', text: say(text) })
      return []
    }
    case 'return':
      parts.add('returns', { type: type ?? '', text: say(rest) })
      return []
    case 'yield':
    case 'yieldreturn':
      parts.add('yields', { type: type ?? '', text: say(rest) })
      return []
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
      parts.addText('see', seen(words))
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
      return []
  }
}

function seen(words: string): string {
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

/** The first word, and what follows it. */
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
