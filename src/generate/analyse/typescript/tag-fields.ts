/** Parses the text of block tags: `{Type} name - text`, defaults, references and examples. */

import { fenceFor } from '#generate/formats/code-fence.ts'
import type { DocField } from '#generate/model.ts'
import { code, inline } from './inline-tags.ts'

/** Limit on the characters of a name with its default. */
const MAX_NAME = 200
/** `[encoding='Q']` */
const DEFAULT = /^\[[^=]*=([\s\S]*)\]$/
/** `encoding='Q'`, without brackets. */
const UNBRACKETED = /^[\w$.]+=([\w.-]+|'[^\s']*'|"[^\s"]*")$/

/**
 * Parses `{Type} name - text` and `name {Type} text`; the name is '' in `{Type} - text`, and all of `err, msg or status`.
 * The default in `[name=default]` becomes a sentence for a property, `options.name`, and words in brackets for a parameter.
 */
export function namedField(block: string): DocField {
  const { type: typeBefore, rest } = splitType(block)
  const first = /^[\w$]{1,40}, [\w$ ,]{1,80}$/.test(rest) ? rest : nameAtStart(rest)
  const name = /^[-–—]$/.test(first) ? '' : first
  const after = rest
    .slice(name.length)
    .replace(/^\s*[-–—:]?\s+/, '')
    .trimStart()
  const { type, rest: text } = typeBefore === '' && name !== '' ? splitType(after) : { type: typeBefore, rest: after }
  const plain = name
    .replace(/^\[|\]$/g, '')
    .replace(/=.*$/s, '')
    .trim()
  const words = inline(withoutDash(text))
  const initial = (DEFAULT.exec(name) ?? UNBRACKETED.exec(name))?.[1]?.trim()
  if (plain.includes('.')) return { name: plain, type, text: withDefault(words, initial) }
  return { name: plain, type, text: `${words} ${defaultMark(name, words, initial)}`.trim() }
}

/** `(default: …)` or `(optional)`; '' for neither. */
function defaultMark(name: string, words: string, initial: string | undefined): string {
  if (initial !== undefined && /^[^`\n]{1,100}$/.test(initial)) return `(default: \`${initial}\`)`
  return name.startsWith('[') && words !== '' ? '(optional)' : ''
}

function withDefault(words: string, initial: string | undefined): string {
  if (initial === undefined) return words
  const sentence = words === '' || /[.!?]$/.test(words) ? words : `${words}.`
  return `${sentence} Default: ${code(initial)}.`.trim()
}

/** `T, U The types.` names two type parameters. */
export function typeParameters(block: string): DocField[] {
  const { rest } = splitType(block)
  const [list] = /^[A-Z$_][\w$]*(?:\s*,\s*[A-Z$_][\w$]*)+/.exec(rest) ?? []
  if (list === undefined) return [namedField(block)]
  // A constraint applies to the first name only.
  const constraint = block.slice(0, block.length - rest.length)
  return list
    .split(',')
    .map((name, index) => namedField(`${index === 0 ? constraint : ''}${name.trim()}${rest.slice(list.length)}`))
}

/** The target of `@see`: `{Foo}`, or text with inline tags. */
export function seeOf(block: string): string {
  const { type, rest } = splitType(block)
  return [type === '' ? '' : code(type), inline(rest)].filter((part) => part !== '').join(' ')
}

/** `{Type} text`, of a result or an error. */
export function typedField(block: string): DocField {
  const { type, rest } = splitType(block)
  return { name: '', type, text: inline(withoutDash(rest)) }
}

/** Removes the dash before a description. */
const withoutDash = (text: string): string => text.replace(/^[-–—]\s+/, '')

/** A name, or `[name=default]` with its brackets. */
function nameAtStart(text: string): string {
  if (!text.startsWith('[')) return /^\S*/.exec(text)?.[0] ?? ''
  let depth = 0
  for (let at = 0; at < Math.min(text.length, MAX_NAME); at++) {
    if (text[at] === '[') depth++
    else if (text[at] === ']' && --depth === 0) return text.slice(0, at + 1)
  }
  const end = text.indexOf(']')
  return end < 0 || end > MAX_NAME ? '' : text.slice(0, end + 1)
}

/** The code of `@example` in a fence, below its `<caption>`. */
export function exampleOf(block: string): string {
  const caption = /^<caption>([^<\n]*)<\/caption>\s*/.exec(block)
  const text = caption === null ? block : block.slice(caption[0].length)
  if (text === '') return ''
  const head = caption?.[1] === undefined ? '' : `${caption[1].trim()}:\n\n`
  return `${head}${/(?:^|\n)[^\S\n]*(?:```|~~~)/.test(text) ? text : fenced(text)}`
}

/** Code in a fence that it does not contain. */
function fenced(text: string): string {
  const fence = fenceFor(text.split('\n'))
  return `${fence}ts\n${text}\n${fence}`
}

/** Split off the `{…}` at the start, which may contain nested braces. */
function splitType(text: string): { type: string; rest: string } {
  // `{@link …}` is not a type.
  if (!/^\{(?!@)/.test(text)) return { type: '', rest: text }
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) {
      const type = text.slice(1, at).replace(/\s+/g, ' ').trim()
      // Closure's mark for types that are never null.
      return { type: type.replace(/^!/, ''), rest: text.slice(at + 1).trimStart() }
    }
  }
  return { type: '', rest: text }
}
