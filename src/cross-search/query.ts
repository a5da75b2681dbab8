/** Reads a query over all repositories: words, and `in:` filters by repository, language and kind. Pure. */

import { partsOf, STOP_WORDS, wordsOf } from '#search/words.js'
import { DOCUMENT_KINDS } from './contract.ts'

/** Longer queries are cut. */
export const MAX_QUERY = 200
/** Further words are ignored. */
const MAX_WORDS = 8
/** Further filters are ignored. */
const MAX_FILTERS = 8
/** Longer words are ignored; a longer name is cut. */
const MAX_PART = 64

const KINDS: readonly string[] = [
  ...DOCUMENT_KINDS,
  ...'class struct interface trait enum type function method field constant macro namespace variable property'.split(
    ' ',
  ),
  ...['getter', 'setter'],
]

/** Languages in sets, keyed by their other names. */
const ALIASES: Readonly<Record<string, string>> = {
  js: 'javascript',
  ts: 'typescript',
  py: 'python',
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  golang: 'go',
  rs: 'rust',
  rb: 'ruby',
  kt: 'kotlin',
  shell: 'bash',
}
const LANGUAGES: ReadonlySet<string> = new Set(
  'bash c cpp csharp go java javascript kotlin php python ruby rust scala svelte swift typescript tsx vue'.split(' '),
)

export interface CrossQuery {
  /** In lower case, without filters and filler words unless there are no others. */
  words: string[]
  /** Everything typed except filters, joined to one word of lower-case letters and digits. */
  whole: string
  /** As typed, without filters. */
  typed: string
  /** The filters as typed: `in:flask in:"c++"`. */
  filters: string
  /** Whether it asks something in words, which guides may answer: `how do I test a command`. */
  isQuestion: boolean
  kinds: string[]
  languages: string[]
  /** Names or URLs of repositories, without the scheme. */
  repositories: string[]
}

/** A filter: a value without spaces, or in quotation marks. */
const FILTER = /(?<=^|\s)in:(?:"([^"]{0,200})"|(\S{1,200}))/giu

export const withoutFilters = (text: string): string => text.replace(FILTER, ' ').replace(/\s+/g, ' ').trim()

/** @param within - Further values of `in:`. */
export function readCrossQuery(text: string, within: readonly string[] = []): CrossQuery {
  const short = text.slice(0, MAX_QUERY)
  const filters = [...short.matchAll(FILTER)]
  const typed = withoutFilters(short)
  const read: CrossQuery = {
    words: wordsIn(typed),
    whole: joined(typed),
    typed,
    filters: filters.map(([filter]) => filter).join(' '),
    isQuestion: asks(typed),
    kinds: [],
    languages: [],
    repositories: [],
  }
  const values = filters.map(([, quoted, plain]) => quoted ?? plain ?? '')
  for (const value of [...values, ...within].slice(0, MAX_FILTERS)) addFilter(read, value.trim())
  return read
}

/** At least three words, of which at least two are distinctive and at least one is a filler word. */
function asks(typed: string): boolean {
  const words = wordsOf(typed)
  const telling = words.filter((word) => !STOP_WORDS.has(word))
  return words.length > 2 && telling.length > 1 && telling.length < words.length
}

function addFilter(query: CrossQuery, typed: string): void {
  const value = typed.toLowerCase()
  if (value === '') return
  const kind = KINDS.find((each) => each === value || `${each}s` === value || pluralOf(each) === value)
  const language = ALIASES[value] ?? value
  if (kind === 'guide') query.kinds.push('guide', 'section')
  else if (kind !== undefined) query.kinds.push(kind)
  else if (LANGUAGES.has(language)) query.languages.push(language)
  else query.repositories.push(typed.replace(/^https?:\/\//i, '').replace(/(?:\.git)?\/{0,3}$/, ''))
}

/** `classes`, `properties`, `repositories`. */
const pluralOf = (kind: string): string => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}es`)

function wordsIn(text: string): string[] {
  const all = [...new Set(partsOf(text).filter((part) => part.length <= MAX_PART))]
  // Leaves out a compound name whose parts are in the query as well.
  const parts = all.filter((part) => !isMadeOf(part, all))
  const telling = parts.filter((part) => !STOP_WORDS.has(part))
  return (telling.length === 0 ? parts : telling).slice(0, MAX_WORDS)
}

/** Whether a part consists of other parts: `backgroundworker` of `background` and `worker`. */
function isMadeOf(part: string, all: readonly string[]): boolean {
  const ends = new Set([0])
  for (const at of ends)
    for (const other of all) if (other !== part && part.startsWith(other, at)) ends.add(at + other.length)
  return ends.has(part.length)
}

/** Letters and digits of a name, in lower case. */
export const joined = (text: string): string => wordsOf(text).join('').replace(/[_$]/g, '').slice(0, MAX_PART)
