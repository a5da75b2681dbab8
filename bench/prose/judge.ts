/**
 * Holds what a model added to a set against the checkout, by the text of the pages alone: none of the program's own checks
 * is used. What it added are the lines of a page that the same page without a model does not have.
 */

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Generated } from '#generate/options.ts'

export interface Judgement {
  /** Lines that the model added. */
  added: number
  names: number
  links: number
  /** What does not exist, or may not be there; in words. */
  faults: string[]
}

/** Words of the sentences that stand around what a model says. */
const MARKS = /^_(?:Written by|Dashed arrows)/

/** Every word of the repository, and its files with their numbers of lines. */
export function readCheckout(folder: string): { words: Set<string>; lines: Map<string, number> } {
  const words = new Set<string>()
  const lines = new Map<string, number>()
  const listed = execFileSync('git', ['-C', folder, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  for (const file of listed.split('\0')) {
    const full = path.join(folder, file)
    if (file === '' || !existsSync(full)) continue
    for (const word of file.match(/[\p{L}\p{N}_$]+/gu) ?? []) words.add(word)
    try {
      const text = readFileSync(full, 'utf8')
      lines.set(file, text.split('\n').length)
      for (const word of text.match(/[\p{L}\p{N}_$]+/gu) ?? []) words.add(word)
    } catch {
      // A folder of a submodule.
    }
  }
  return { words, lines }
}

export function judgeSet(
  made: Generated,
  offline: Generated,
  checkout: { words: Set<string>; lines: Map<string, number> },
): Judgement {
  const result: Judgement = { added: 0, names: 0, links: 0, faults: [] }
  const fault = (page: string, text: string): unknown => result.faults.push(`${page}: ${text.slice(0, 160)}`)
  const verification = JSON.parse(String(made.set.files.get('verification.json') ?? '{}')) as { fault_count?: number }
  if (verification.fault_count !== 0) fault('verification.json', `${verification.fault_count} faults`)
  const ids = new Map(
    [...made.set.html].map(([name, html]) => [
      name,
      new Set([...String(html).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)),
    ]),
  )
  // A model may make one module of two; what has an entry has one still.
  const entries = new Set(idsOf(made))
  for (const id of idsOf(offline)) if (!entries.has(id)) fault('index.json', `no entry: ${id}`)
  // On whatever page: a model may make one module of two.
  const known = new Set(
    [...offline.set.files].flatMap(([name, text]) => (name.endsWith('.md') ? String(text).split('\n') : [])),
  )
  for (const [page, text] of made.set.files) {
    if (!page.endsWith('.md')) continue
    const markdown = String(text)
    let isCode = false
    for (const line of markdown.split('\n')) {
      if (/^(?:```|~~~)/.test(line)) isCode = !isCode
      if (known.has(line) || isCode || MARKS.test(line) || /^\s*[|#<]/.test(line)) continue
      result.added += 1
      judgeLine(line, page)
    }
  }
  for (const [name, packed] of made.set.html) {
    const html = String(packed)
    if (
      /<(?:script|iframe|object|embed|form|img|style|link|meta)\b/i.test(html) &&
      !/<(?:img)\b/i.test(String(offline.set.html.get(name) ?? ''))
    )
      fault(name, 'an element that no page has')
    if (/\son\w+\s*=\s*["']/i.test(html.replace(/<pre[\s\S]*?<\/pre>/g, ''))) fault(name, 'a handler of events')
    for (const [, address = ''] of html.matchAll(/\b(?:href|src)="([^"]*)"/g)) {
      const plain = address.toLowerCase()
      if (/^(?:javascript|data|vbscript):/.test(plain) || plain.includes('127.0.0.1:9')) fault(name, address)
      if (/^https?:/.test(plain) && !allText(offline).includes(address))
        fault(name, `an address of the model's: ${address}`)
    }
  }
  return result

  function judgeLine(line: string, page: string): void {
    // `def [](key)` is no link.
    for (const [, target = ''] of line.replace(/`[^`]*`/g, '``').matchAll(/\]\(([^)\s]*)\)/g)) {
      result.links += 1
      judgeLink(target.replace(/^<|>$/g, ''), page)
    }
    for (const [, name = ''] of line.matchAll(/`([^`]+)`/g)) {
      result.names += 1
      for (const word of name.match(/[\p{L}\p{N}_$]+/gu) ?? [])
        if (!checkout.words.has(word)) fault(page, `no such name: ${name}`)
    }
    // What is escaped is shown as text.
    const bare = line.replace(/\\[^\p{L}\p{N}\s]/gu, '').replace(/\]\([^)]*\)/g, '')
    if (/https?:\/\/|javascript:|<[a-z/!]/i.test(bare)) fault(page, `markup or an address: ${line}`)
  }

  function judgeLink(target: string, page: string): void {
    const [name = '', anchor] = decodeURI(target).split('#')
    if (name.startsWith('source/')) {
      const count = checkout.lines.get(name.slice(7))
      const [, start, end] = /^L(\d+)(?:-L(\d+))?$/.exec(anchor ?? '') ?? []
      if (count === undefined) fault(page, `no such file: ${target}`)
      else if (anchor !== undefined && (start === undefined || Number(end ?? start) > count))
        fault(page, `no such lines: ${target}`)
      return
    }
    const file = name === '' ? page : name
    if (!made.set.files.has(file)) fault(page, `no such page: ${target}`)
    else if (anchor !== undefined && ids.get(file.replace(/\.md$/, '.html'))?.has(anchor) !== true)
      fault(page, `no such anchor: ${target}`)
  }
}

function idsOf(made: Generated): string[] {
  const index = JSON.parse(String(made.set.files.get('index.json') ?? '[]')) as { id: string }[]
  return index.map(({ id }) => id)
}

const texts = new WeakMap<Generated, string>()
function allText(made: Generated): string {
  const known = texts.get(made) ?? [...made.set.html.values()].join('\n')
  texts.set(made, known)
  return known
}
