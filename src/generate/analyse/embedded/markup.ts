/** Parses as much HTML as single-file components need: their blocks, and the tags used in their templates. */

import { endAfter } from '#base/find-text.ts'

export interface Tag {
  /** The name as written. */
  name: string
  attributes: ReadonlyMap<string, string>
  /** Position of `<`. */
  start: number
  /** Position after `>`. */
  end: number
  isSelfClosing: boolean
}

export interface Block {
  tag: Tag
  /** Range of its content. */
  start: number
  end: number
}

export interface Markup {
  scripts: Block[]
  /** Opening tags outside scripts and styles. */
  tags: Tag[]
}

const NAME = /[A-Za-z][\w.:-]*/y
const MAX_TAGS = 50_000

/** Parse a component. In Svelte, expressions in braces are skipped. */
export function readMarkup(text: string, language: 'vue' | 'svelte'): Markup {
  const markup: Markup = { scripts: [], tags: [] }
  for (let at = 0; at < text.length && markup.tags.length < MAX_TAGS; ) {
    if (text[at] === '{' && language === 'svelte') at = afterBraces(text, at)
    else if (text.startsWith('<!--', at)) at = endAfter(text, '-->', at + 4)
    else {
      const tag = text[at] === '<' ? readTag(text, at) : 'none'
      if (tag === 'none') {
        at++
        continue
      }
      // The text ends within this tag, as in a browser.
      if (tag === 'open') return markup
      const name = tag.name.toLowerCase()
      at = tag.end
      if ((name === 'script' || name === 'style') && !tag.isSelfClosing) {
        const end = endOfBlock(text, name, at)
        if (name === 'script') markup.scripts.push({ tag, start: at, end })
        at = end
      } else markup.tags.push(tag)
    }
  }
  return markup
}

/** Reads a tag; returns `none` if no tag begins here, `open` if it is unterminated. */
function readTag(text: string, start: number): Tag | 'none' | 'open' {
  NAME.lastIndex = start + 1
  const name = NAME.exec(text)?.[0]
  if (name === undefined) return 'none'
  const attributes = new Map<string, string>()
  let at = start + 1 + name.length
  while (at < text.length) {
    const character = text[at] ?? ''
    if (character === '>') return { name, attributes, start, end: at + 1, isSelfClosing: text[at - 1] === '/' }
    if (character === '{') at = afterBraces(text, at)
    else if (/[\s/]/.test(character)) at++
    else {
      const from = at
      while (at < text.length && !/[\s=>/{]/.test(text[at] ?? '')) at++
      const key = text.slice(from, at)
      if (text[at] !== '=') {
        attributes.set(key, '')
        if (at === from) at++
        continue
      }
      const quote = text[++at]
      if (quote === '"' || quote === "'") {
        const end = endAfter(text, quote, at + 1)
        attributes.set(key, text.slice(at + 1, end - 1))
        at = end
      } else if (quote === '{') at = afterBraces(text, at)
      else {
        const value = at
        while (at < text.length && !/[\s>]/.test(text[at] ?? '')) at++
        attributes.set(key, text.slice(value, at))
      }
    }
  }
  return 'open'
}

function endOfBlock(text: string, name: string, from: number): number {
  const end = new RegExp(String.raw`</${name}\s*>`, 'gi')
  end.lastIndex = from
  return end.exec(text)?.index ?? text.length
}

/** The offset after the `}` of an expression, whose strings may contain braces; the end of the text if there is none. */
function afterBraces(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
    else if (character === '"' || character === "'" || character === '`') {
      const end = text.indexOf(character, at + 1)
      // A quote without a second one on its line is an apostrophe in text between tags.
      if (end >= 0 && (character === '`' || !text.slice(at, end).includes('\n'))) at = end
    }
  }
  return text.length
}
