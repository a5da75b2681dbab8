/**
 * Reads the XML of manifests into a tree with line numbers. saxes checks well-formedness, knows only the five entities
 * of XML and reads nothing outside the text. Not for documents that mix text and elements.
 */

import { SaxesParser } from 'saxes'

export interface Element {
  /** The name without a namespace prefix. */
  name: string
  attributes: ReadonlyMap<string, string>
  children: Element[]
  /** Its own text, trimmed; no more than the limit. */
  text: string
  /** The last comment before it among its siblings. */
  section: string
  startLine: number
  endLine: number
}

const MAX_CHARACTERS = 2_000_000
const MAX_DEPTH = 60
const MAX_ELEMENTS = 50_000
const MAX_TEXT = 20_000
const MAX_COMMENT = 200

/** @returns The root; `undefined` when the text is invalid, too long, nested too deeply, or has a document type. */
export function readXml(text: string): Element | undefined {
  if (text.length > MAX_CHARACTERS) return undefined
  const open: Element[] = []
  const sections = ['']
  let root: Element | undefined
  let count = 0
  let line = 1
  const parser = new SaxesParser({ xmlns: false })
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('A manifest must not have a document type.')
  })
  parser.on('opentagstart', () => {
    line = parser.line
  })
  parser.on('opentag', (tag) => {
    if (open.length >= MAX_DEPTH || ++count > MAX_ELEMENTS) throw new Error('The document is too large for a manifest.')
    const name = tag.name.slice(tag.name.indexOf(':') + 1)
    const attributes = new Map(Object.entries(tag.attributes))
    const element: Element = {
      name,
      attributes,
      children: [],
      text: '',
      section: sections.at(-1) ?? '',
      startLine: line,
      endLine: line,
    }
    const parent = open.at(-1)
    if (parent === undefined) root ??= element
    else parent.children.push(element)
    open.push(element)
    sections.push('')
  })
  parser.on('comment', (comment) => {
    sections[sections.length - 1] = comment.slice(0, MAX_COMMENT).trim()
  })
  const addText = (part: string): void => {
    const element = open.at(-1)
    if (element !== undefined) element.text += part.slice(0, MAX_TEXT - element.text.length)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const element = open.pop()
    sections.pop()
    if (element === undefined) return
    element.text = element.text.trim()
    element.endLine = parser.line
  })
  try {
    parser.write(text).close()
  } catch {
    return undefined
  }
  return root
}

/** The first element at a path of names. */
export function elementAt(element: Element | undefined, ...names: string[]): Element | undefined {
  let current = element
  for (const name of names) current = current?.children.find((child) => child.name === name)
  return current
}

/** The text of the first element at a path of names; `undefined` when empty. */
export function elementText(element: Element | undefined, ...names: string[]): string | undefined {
  const text = elementAt(element, ...names)?.text
  return text === '' ? undefined : text
}

/** All descendants of this name, in document order, the element itself included. */
export function elementsBelow(element: Element | undefined, name: string): Element[] {
  const found: Element[] = []
  const pending = element === undefined ? [] : [element]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.name === name) found.push(next)
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at]
      if (child !== undefined) pending.push(child)
    }
  }
  return found
}
