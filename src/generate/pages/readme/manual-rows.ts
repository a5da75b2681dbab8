/**
 * Reads descriptions of definitions in reStructuredText manuals, in Sphinx directives: `.. function:: int plan(int days)` with a
 * description below. Signatures of fields and options are not read.
 */

import { capital } from '#base/capital.ts'
import { push } from '#base/multimap.ts'
import { indentOf } from '#generate/formats/indentation.ts'
import { rstToMarkdown } from './rst.ts'

/** A description of a definition in a manual. */
export interface ManualRow {
  /** The qualifier before the name: a module, a namespace or a class; `''` if there is none. */
  readonly owner: string
  /** The module that this part of the manual is about: `orbit.plans`; `''` if it does not say. */
  readonly module: string
  /** The first paragraph, as Markdown. */
  readonly text: string
  /** Whether the directive is that of a function. */
  readonly isCall: boolean
  /** The whole description, with notes, as Markdown; '' if the directive has no text. */
  readonly body: string
}

const DIRECTIVE =
  /^( {0,40})\.\. (?:(?:c|cpp|js|py):)?(?:class|classmethod|data|decorator|enum|enumerator|exception|function|interface|macro|method|property|staticmethod|struct|type|var)::[ \t]+(\S.{0,400})$/
const CALL = /^ {0,40}\.\. (?:\w{1,3}:)?(?:classmethod|decorator|function|method|staticmethod)::/
const MODULE = /^\.\. (?:js:|py:)?(?:current)?module::[ \t]+([\w.]{1,200})$/
const MARKUP = /^(?:\.\. |:[\w -]{1,60}:|[-*+|>] |\d+[.)] |::$)/
/** Matches a reference to a definition: `:func:`plan()``, `:c:type:`~orbit.plan``. */
const ROLE =
  /:(?:[a-z]{1,4}:)?(?:attr|class|const|data|enum|exc|func|macro|member|meth|mod|obj|struct|type):`[~!]?([^`<\n]{1,100})`/g
/** Matches a reference to another part of the manual. */
const REFERS_ELSEWHERE = /\b(?:above|below|following)\b|:$/
const MAX_SIGNATURES = 20
/** Limit on the characters of a signature that spans lines; the lines after it are dropped. */
const MAX_SIGNATURE = 1_000
const MAX_PARAGRAPH = 1_000
/** Limit on the characters of a whole description. */
const MAX_BODY = 4_000
const NOTE = /^\s{0,40}\.\. (note|warning|important|caution)::(?:\s+(.{0,400}))?$/
/** Matches a field: `:param int days: At most 9.`, `:returns: A plan.` */
const FIELD = /^\s{0,40}:(\w{1,20}) ?([\w .*]{0,60}):(?:\s+(\S.{0,400}))?$/

/** The descriptions by name. Linear in the text. */
export function manualRows(text: string): Map<string, ManualRow[]> {
  const rows = new Map<string, ManualRow[]>()
  const lines = text.split('\n')
  let module = ''
  /** The definitions around a line, with the indentation of each. */
  const around: { indent: number; name: string }[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trimEnd()
    if (line === '') continue
    const indent = indentOf(line)
    while (indent <= (around.at(-1)?.indent ?? -1)) around.pop()
    module = MODULE.exec(line)?.[1] ?? module
    const [, , first] = DIRECTIVE.exec(line) ?? []
    if (first === undefined) continue
    const { signatures, next } = signaturesFrom(lines, at, first, indent)
    const names = signatures.map(nameIn)
    const words = selfContained(markdownOf(firstParagraph(lines, next, indent)))
    const body = bodyBelow(lines, next, indent)
    const enclosing = around.at(-1)?.name ?? ''
    for (const found of names)
      if (found !== undefined && body !== '')
        push(rows, found.name, {
          owner: found.owner === '' ? enclosing : found.owner,
          module,
          text: words,
          body,
          isCall: CALL.test(line),
        })
    around.push({ indent, name: names[0]?.name ?? '' })
    at = next - 1
  }
  return rows
}

/** The sentences of a paragraph that can be understood without the rest of the manual and announced code. */
export const selfContained = (paragraph: string): string =>
  paragraph
    .split(/(?<=[.!?]) +(?=\S)/)
    .filter((sentence) => !REFERS_ELSEWHERE.test(sentence))
    .join(' ')

/** The signatures of a directive, which follow each other until an empty line or an option. */
function signaturesFrom(
  lines: readonly string[],
  at: number,
  first: string,
  indent: number,
): { signatures: string[]; next: number } {
  const signatures = [first]
  let isContinued = first.endsWith('\\')
  let unclosed = unclosedIn(first)
  let next = at + 1
  for (; next < lines.length; next++) {
    const line = (lines[next] ?? '').trimEnd()
    if (line === '' || indentOf(line) <= indent || MARKUP.test(line.trim())) break
    if (line.length > MAX_PARAGRAPH) continue
    const last = signatures.length - 1
    const before = signatures[last] ?? ''
    if (isContinued || unclosed > 0) {
      if (before.length < MAX_SIGNATURE) signatures[last] = `${before.replace(/\\$/, '')} ${line.trim()}`
    } else if (signatures.length === MAX_SIGNATURES) continue
    else {
      signatures.push(line.trim())
      unclosed = 0
    }
    isContinued = line.endsWith('\\')
    unclosed += unclosedIn(line)
  }
  return { signatures, next }
}

const unclosedIn = (line: string): number => line.split('(').length - line.split(')').length

/**
 * The name before the parameters, a type or base classes, otherwise the last one: `type` for `struct orbit.type`. For a
 * pointer to a function, `void (*name)(int)`, the name in brackets.
 */
function nameIn(signature: string): { owner: string; name: string } | undefined {
  const [start = ''] = signature.split(/[(={[]|(?<!:):(?!:)/, 1)
  const [, pointer] = /^\(\*{1,3} ?(\w{1,200})\)\(/.exec(signature.slice(start.length, start.length + 300)) ?? []
  const head = pointer ?? start.trim().replace(/ final$/, '')
  // `template <typename T = int> class Plan` is cut inside the brackets.
  if (head.split('<').length !== head.split('>').length) return undefined
  const parts = (head.split(/[\s*&]+/).at(-1) ?? '').split(/\.|::/)
  const name = parts.at(-1) ?? ''
  return /^[A-Za-z_$][\w$]*$/.test(name) ? { owner: parts.at(-2) ?? '', name } : undefined
}

const markdownOf = (rst: string): string => rstToMarkdown(rst.replace(ROLE, '``$1``').replaceAll('\\ ', '')).trim()

/** The text below a directive up to the next definition, with notes, parameters and results, without other directives. */
function bodyBelow(lines: readonly string[], from: number, indent: number): string {
  const kept: string[] = []
  const fields: string[] = []
  let length = 0
  let own = -1
  /** The margins of a note, of a field and of a block of code; -1 outside. */
  let [note, field, loose] = [-1, -1, -1]
  for (let at = from; at < lines.length && length < MAX_BODY; at++) {
    const line = (lines[at] ?? '').trimEnd()
    const deep = indentOf(line)
    if (line === '') {
      kept.push('')
      continue
    }
    if (deep <= indent || DIRECTIVE.test(line)) break
    if (own < 0) own = deep
    if (deep <= note) note = -1
    if (deep <= loose) loose = -1
    // Unannounced code mostly repeats the declaration.
    if (line.trim() === '::') loose = deep
    if (loose >= 0) continue
    length += line.length
    if (field >= 0 && deep > field) {
      fields.push(`${fields.pop() ?? ''} ${line.trim()}`)
      continue
    }
    field = FIELD.test(line) ? deep : -1
    const [, kind, text = ''] = NOTE.exec(line) ?? []
    if (field >= 0) fields.push(fieldLine(line))
    else if (kind !== undefined) {
      note = deep
      kept.push('', `**${capital(kind)}:** ${text}`.trim())
    } else kept.push(note >= 0 ? line.trim() : line.slice(Math.min(deep, own)))
  }
  const parts = markdownOf([...kept, '', ...fields].join('\n'))
    .replace(/(\*\*\w{1,9}:\*\*)\n{1,3}(?=\S)/g, '$1 ')
    .replace(/^( {0,40}[-*+] )(?=[<>])/gm, '$1\\')
    .split(/\n[ \t]{0,40}\n/)
    .map((part) => part.replace(/^\n+/, ''))
    // Tables are not read.
    .filter((part) => part.trim() !== '' && !/^\s{0,40}(?:\+[-=]|={2,} )/.test(part))
  return parts
    .map((part, at) =>
      isProse(part) && isProse(parts[at + 1] ?? '') ? selfContained(part.replaceAll('\n', ' ')) : part,
    )
    .filter((part) => part.trim() !== '')
    .join('\n\n')
}

/** `- `days`: At most 9.` for `:param int days: At most 9.`; '' for fields without text, such as types. */
function fieldLine(line: string): string {
  const [, tag = '', name = '', text = ''] = FIELD.exec(line) ?? []
  if (text === '') return ''
  if (/^param/.test(tag)) return `- \`\`${name.split(' ').at(-1) ?? ''}\`\`: ${text}`
  return /^(?:returns?|raises?)$/.test(tag) ? `\n**${capital(tag.replace(/s?$/, 's'))}:** ${text}` : ''
}

/** Whether a part of Markdown is not a list, code, a table or a quote. */
const isProse = (part: string): boolean => !/^(?:\s|[-*+|>] |\d+[.)] |```)/.test(part)

/** The first paragraph below a directive that is plain text; `''` if another definition or a block of code comes first. */
function firstParagraph(lines: readonly string[], from: number, indent: number): string {
  const kept: string[] = []
  let length = 0
  /** The indentation of markup that is skipped; -1 outside. */
  let skipped = -1
  let own = -1
  for (let at = from; at < lines.length && length < MAX_PARAGRAPH; at++) {
    const line = (lines[at] ?? '').trimEnd()
    const plain = line.trim()
    if (plain === '') {
      if (kept.length > 0) break
      continue
    }
    const deep = indentOf(line)
    if (deep <= indent || DIRECTIVE.test(line)) break
    if (own < 0) own = deep
    if (skipped >= 0 && deep > skipped) continue
    skipped = -1
    if (kept.length === 0 && MARKUP.test(plain)) skipped = deep
    else if (deep > own) break
    else {
      kept.push(plain)
      length += plain.length
    }
  }
  return kept.join(' ')
}
