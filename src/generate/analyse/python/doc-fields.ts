/**
 * The three habits of listing parameters, results and errors in a docstring: Sphinx (`:param x: …`), Google (`Args:`)
 * and NumPy (`Parameters` over dashes). All become one form of Markdown list.
 */

import { code, inlineMarkdown } from './rest-inline.ts'

/** One entry of a list: `x`, its type, its lines of text. */
export interface Entry {
  readonly name: string
  type: string
  readonly lines: string[]
}

/** Titles of sections by what docstrings call them, lower case. */
const SECTIONS = new Map([
  ['args', 'Parameters'],
  ['arguments', 'Parameters'],
  ['parameters', 'Parameters'],
  ['params', 'Parameters'],
  ['keyword args', 'Keyword parameters'],
  ['keyword arguments', 'Keyword parameters'],
  ['other parameters', 'Other parameters'],
  ['attributes', 'Attributes'],
  ['methods', 'Methods'],
  ['returns', 'Returns'],
  ['return', 'Returns'],
  ['yields', 'Yields'],
  ['yield', 'Yields'],
  ['receives', 'Receives'],
  ['raises', 'Raises'],
  ['raise', 'Raises'],
  ['warns', 'Warns'],
  ['example', 'Example'],
  ['examples', 'Examples'],
  ['note', 'Note'],
  ['notes', 'Notes'],
  ['warning', 'Warning'],
  ['warnings', 'Warnings'],
  ['see also', 'See also'],
  ['references', 'References'],
  ['todo', 'To do'],
])

/** Sections that list entries rather than tell something. */
const LISTS = new Set([
  'Parameters',
  'Keyword parameters',
  'Other parameters',
  'Attributes',
  'Methods',
  'Raises',
  'Warns',
  'Receives',
])

export const sectionTitle = (text: string): string | undefined =>
  text.length < 30 ? SECTIONS.get(text.trim().toLowerCase()) : undefined

export const isListSection = (title: string): boolean => LISTS.has(title)

const SPHINX = /^:([A-Za-z]+)(?: +(?! )([^:\n]{1,200}))?:(?: +(?! )(.*)|)$/

export const isSphinxField = (line: string): boolean => line.length < 2_000 && SPHINX.test(line)

/** Read the fields in `lines` (without indentation, continuation lines indented) and write them as Markdown. */
export function sphinxFields(lines: readonly string[]): string[] {
  const groups = new Map<string, Entry[]>()
  const entriesOf = (title: string): Entry[] => {
    const entries = groups.get(title) ?? []
    groups.set(title, entries)
    return entries
  }
  const types = new Map<string, string>()
  let returnType = ''
  let current: Entry | undefined
  for (const line of lines) {
    const match = SPHINX.exec(line)
    if (match === null) {
      current?.lines.push(line.trim())
      continue
    }
    const [, field = '', argument = '', text = ''] = match
    current = { name: '', type: '', lines: [text] }
    const words = argument.trim().split(/\s+/)
    const name = words.pop() ?? ''
    const typed = { ...current, name, type: words.join(' ') }
    switch (field.toLowerCase()) {
      case 'param':
      case 'parameter':
      case 'arg':
      case 'argument':
      case 'key':
      case 'keyword':
        current = typed
        entriesOf('Parameters').push(typed)
        break
      case 'var':
      case 'ivar':
      case 'cvar':
        current = typed
        entriesOf('Attributes').push(typed)
        break
      case 'raises':
      case 'raise':
      case 'except':
      case 'exception':
        current = { ...typed, name: argument.trim(), type: '' }
        entriesOf('Raises').push(current)
        break
      case 'return':
      case 'returns':
        entriesOf('Returns').push(current)
        break
      case 'yield':
      case 'yields':
        entriesOf('Yields').push(current)
        break
      case 'rtype':
        returnType = text
        break
      case 'type':
      case 'vartype':
        types.set(name, text)
        break
      case 'meta':
        break
      default:
        current = { ...current, name: [field, argument].filter((part) => part !== '').join(' ') }
        entriesOf('').push(current)
    }
  }
  for (const entry of groups.get('Parameters') ?? []) if (entry.type === '') entry.type = types.get(entry.name) ?? ''
  for (const entry of groups.get('Attributes') ?? []) if (entry.type === '') entry.type = types.get(entry.name) ?? ''
  if (returnType !== '') {
    const [result] = groups.get('Returns') ?? []
    if (result === undefined) entriesOf('Returns').push({ name: '', type: returnType, lines: [] })
    else result.type = returnType
  }
  const output: string[] = []
  for (const [title, entries] of groups) output.push(...entryList(title, entries), '')
  return output
}

/** Read the body of a Google or NumPy section whose entries begin without indentation. */
export function readEntries(lines: readonly string[], style: 'google' | 'numpy'): Entry[] {
  const entries: Entry[] = []
  for (const line of lines) {
    const isContinuation = line === '' || /^\s/.test(line)
    const last = entries[entries.length - 1]
    if (isContinuation) {
      last?.lines.push(line.trim())
      continue
    }
    const match =
      style === 'google'
        ? /^([*\w.,`[\] -]{1,120}?)(?: \(([^)]{1,200})\))?:(?: +(?! )(.*)|)$/.exec(line)
        : /^([*\w., `|[\]-]{1,200}?)(?: ?: ?(.{0,300}))?$/.exec(line)
    if (match === null) {
      if (last === undefined) entries.push({ name: '', type: '', lines: [line] })
      else last.lines.push(line)
      continue
    }
    const [, name = '', type = '', text = ''] = match
    entries.push({ name: name.trim(), type: type.trim(), lines: style === 'google' ? [text] : [] })
  }
  return entries
}

/** A list under a bold title; a single entry without a name stays on the line of the title. */
export function entryList(title: string, entries: readonly Entry[]): string[] {
  const [only] = entries
  if (only === undefined) return []
  if (entries.length === 1 && only.name === '' && title !== '') return [`**${title}:** ${described(only)}`.trimEnd()]
  const head = title === '' ? [] : [`**${title}**`, '']
  return [...head, ...entries.map((entry) => `- ${described(entry)}`)]
}

function described(entry: Entry): string {
  const text = inlineMarkdown(entry.lines.filter((line) => line !== '').join(' '))
  const type = entry.type === '' ? '' : plainType(entry.type)
  const name = entry.name === '' ? '' : code(entry.name.replace(/`/g, ''))
  const head = name === '' ? type : type === '' ? name : `${name} (${type})`
  return head === '' ? text : text === '' ? head : `${head}: ${text}`
}

/** A type in prose stays prose; one without spaces is code. */
const plainType = (type: string): string => (/[\s`:]/.test(type) ? inlineMarkdown(type) : code(type))
