/**
 * Reads lists of parameters, results and errors in a docstring, in the three common styles: Sphinx (`:param x: …`),
 * Google (`Args:`) and NumPy (`Parameters` over dashes).
 */

import { append } from '#base/long-arrays.ts'
import type { DocParts } from '#generate/analyse/doc-comment.ts'
import { code, inlineMarkdown, withoutRoles } from './rest-inline.ts'

/** An entry of a list: a name, its type, its lines of text. */
export interface Entry {
  readonly name: string
  type: string
  readonly lines: string[]
}

/** Section titles as shown, keyed by the docstring's title in lower case. */
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
  ['return value', 'Returns'],
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

/** Sections that list entries instead of prose. */
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

/** Also matches a title with a remark: `Parameters (internal use only)`. */
export function sectionTitle(text: string): string | undefined {
  const [title = '', remark = ''] = text.trim().split(' (', 2)
  const isWhole = remark === '' || (remark.length < 60 && remark.endsWith(')'))
  return title.length < 30 && isWhole ? SECTIONS.get(title.trim().toLowerCase()) : undefined
}

export const isListSection = (title: string): boolean => LISTS.has(title)

const SPHINX = /^:([A-Za-z]+)(?: +(?! )([^:\n]{1,200}))?:(?: +(?! )(.*)|)$/

export const isSphinxField = (line: string): boolean => line.length < 2_000 && SPHINX.test(line)

/**
 * Reads the fields in `lines` (without indentation, continuation lines indented).
 *
 * @returns The remaining text as Markdown.
 */
export function sphinxFields(lines: readonly string[], parts: DocParts): string[] {
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
    const title = FIELDS.get(field.toLowerCase())
    if (title === 'Parameters' || title === 'Attributes') current = typed
    else if (title === 'Raises') current = { ...typed, name: argument.trim(), type: '' }
    else if (field.toLowerCase() === 'rtype') returnType = text
    else if (/^(?:var)?type$/i.test(field)) types.set(name, text)
    else if (title === undefined && !/^meta$/i.test(field))
      current = { ...current, name: [field, argument].filter((part) => part !== '').join(' ') }
    if (title !== undefined) entriesOf(title).push(current)
    else if (current.name !== '') entriesOf('').push(current)
  }
  for (const entry of [...(groups.get('Parameters') ?? []), ...(groups.get('Attributes') ?? [])])
    if (entry.type === '') entry.type = types.get(entry.name) ?? ''
  if (returnType !== '') {
    const [result] = groups.get('Returns') ?? []
    if (result === undefined) entriesOf('Returns').push({ name: '', type: returnType, lines: [] })
    else result.type = returnType
  }
  const output: string[] = []
  for (const [title, entries] of groups) append(output, addEntries(title, entries, parts))
  return output
}

/** The section that each Sphinx field belongs to. */
const FIELDS = new Map([
  ...['param', 'parameter', 'arg', 'argument', 'key', 'keyword'].map((field) => [field, 'Parameters'] as const),
  ...['var', 'ivar', 'cvar'].map((field) => [field, 'Attributes'] as const),
  ...['raises', 'raise', 'except', 'exception'].map((field) => [field, 'Raises'] as const),
  ...['return', 'returns'].map((field) => [field, 'Returns'] as const),
  ...['yield', 'yields'].map((field) => [field, 'Yields'] as const),
])

/** Whether the entries of a section are names of parameters or attributes. */
export const listsNames = (title: string): boolean => /^(?:parameters|fields)$/.test(LISTS_OF[title] ?? '')

/** Sections that are parts of the model. */
const LISTS_OF: Readonly<Record<string, 'parameters' | 'fields' | 'raises' | 'returns' | 'yields'>> = {
  Parameters: 'parameters',
  'Keyword parameters': 'parameters',
  'Other parameters': 'parameters',
  Attributes: 'fields',
  Raises: 'raises',
  Returns: 'returns',
  Yields: 'yields',
}

/** Descriptions of one name are joined up to this many characters; longer texts are truncated anyway. */
const MAX_JOINED = 4_000

/** Adds the entries of a section to its part; a section that is not a part becomes Markdown. */
export function addEntries(title: string, entries: readonly Entry[], parts: DocParts): string[] {
  const list = LISTS_OF[title]
  if (list === undefined) return [...entryList(title, entries), '']
  for (const { name, type, lines } of entries) {
    const text = inlineMarkdown(lines.filter((line) => line !== '').join(' '))
    const plain = withoutRoles(type)
      .replace(/,? ?\boptional\b/, '')
      .trim()
    // `x, y` share one line.
    const names = list === 'parameters' || list === 'fields' ? name.split(/,\s*(?=[\w*])/) : [name]
    // The object itself is given by the call.
    for (const one of names.filter((one) => list !== 'parameters' || one !== 'self')) {
      const named = one.replace(/`/g, '').trim()
      const known = list === 'parameters' ? parts.details.parameters?.find((field) => field.name === named) : undefined
      if (known === undefined) parts.add(list, { name: named, type: plain, text })
      else if (known.text.length < MAX_JOINED && !known.text.includes(text)) known.text = `${known.text} ${text}`.trim()
    }
  }
  return []
}

/** `plan   -- Where it goes.` */
export const DASHED = /^([*\w.]{1,60})[ \t]{1,60}--[ \t]{1,9}(.*)$/

/** Reads the body of a Google or NumPy section whose entries begin without indentation. */
export function readEntries(lines: readonly string[], style: 'google' | 'numpy'): Entry[] {
  const entries: Entry[] = []
  for (const line of lines) {
    const isContinuation = line === '' || /^\s/.test(line)
    const last = entries[entries.length - 1]
    if (isContinuation) {
      // A type that is too long for its line ends on the next one.
      if (style === 'numpy' && last?.type !== '' && last?.lines.length === 0 && /^[^.]{1,99}, optional$/.test(line))
        completeType(last, line.trim())
      else last?.lines.push(line.trim())
      continue
    }
    const dashed = style === 'google' ? DASHED.exec(line) : null
    if (dashed !== null) {
      entries.push({ name: dashed[1] ?? '', type: '', lines: [dashed[2] ?? ''] })
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
    const given = style === 'google' ? { type: type.trim(), lines: [text] } : withoutDefault(type.trim())
    entries.push({ name: name.trim(), ...given })
  }
  return entries
}

/** Adds the rest of a type that was broken into two lines. */
function completeType(entry: Entry, rest: string): void {
  const { type, lines } = withoutDefault(`${entry.type} ${rest}`)
  entry.type = type
  append(entry.lines, lines)
}

/** `, optional` or `, required.` before the end or a sentence, `[default: 3]`, `, default 3` */
const END_OF_TYPE =
  /(?:^|, ?)(?:optional|required)(?=[.,;]|\s?[[(]|$)[.,;]?\s?|,?\s{0,3}(?=[[(]default\b)|, ?(?=default\b)/i

/** The type before the default of NumPy style; the text begins with the default and the words after it. */
function withoutDefault(type: string): Pick<Entry, 'type' | 'lines'> {
  const found = END_OF_TYPE.exec(type)
  if (found === null) return { type, lines: [] }
  const rest = type.slice(found.index + found[0].length)
  return { type: type.slice(0, found.index), lines: rest === '' ? [] : [rest] }
}

/** Names of parameters, alone or before their type. */
const NAMES =
  /^[*\w.`[\]{}<>'"-]{1,100}(?:(?:, ?|,? (?:or|and) |\s?[|/] ?)[*\w.`[\]{}<>'"-]{1,100}){0,20},?\s{0,9}(?::|$)/

/** Whether a line of NumPy style without indentation is a sentence among the parameters: `See Plan for others.` */
export const isProse = (line: string): boolean => /^\S/.test(line) && /\s/.test(line) && !NAMES.test(line)

/** A list under a bold title; a single entry without a name stays on the title's line. */
function entryList(title: string, entries: readonly Entry[]): string[] {
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

/** A type with spaces is prose; one without is code. */
const plainType = (type: string): string => (/[\s`:]/.test(type) ? inlineMarkdown(type) : code(type))
