/** Writes the structured parts of a doc comment: parameters, results, errors, examples, references. */

import type { RootContent } from 'mdast'
import type { Component, DocDetails, DocField } from '#generate/model.ts'
import { capital } from '#generate/pages/texts/say.ts'
import { few, upTo } from '#generate/pages/words.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { bareName, internalParameter, isName, type Parameter, readParameters } from '#generate/signature-parameters.ts'
import { readValue } from '#generate/signature-values.ts'
import { type Inline, join, paragraph, strong, table } from '#markdown/build.ts'
import { constraintOptions } from './constraint-options.ts'
import { existingParameters, returnsNothing } from './contradicted.ts'
import { inlineOf, quoted } from './doc-cells.ts'
import { implementationHead } from './implementation-head.ts'
import { optionsRead } from './option-reads.ts'
import { joinRenamed } from './renamed-parameters.ts'

const MAX_ROWS = 100
const MAX_SEE = 8

/** Whether there is a doc comment, as text or as structured parts. */
export function isDocumented({ doc, details }: Component): boolean {
  return (doc !== null && doc.trim() !== '') || details !== undefined
}

/** The reason of a deprecation without a leading `Deprecated:`, which the heading already has. */
export function withoutLabel(reason: string | undefined): string | undefined {
  return reason?.replace(/^deprecated\b\s*(?:[:.,;!–—-]+\s*)?/i, '')
}

/** The deprecation and its reason. */
export function deprecationBlocks(writing: Writing, component: Component): RootContent[] {
  const deprecated = withoutLabel(component.details?.deprecated)
  if (deprecated === undefined) return []
  return labelled(writing, component, writing.texts.entry.deprecated, [], deprecated)
}

/**
 * @param callable - The component itself, or the constructor of a type, whose parameters the comment may describe.
 */
export function detailBlocks(writing: Writing, component: Component, callable: Component = component): RootContent[] {
  const { entry, kinds } = writing.texts
  const own = component.details ?? {}
  const constructorDetails = callable === component ? {} : (callable.details ?? {})
  const details: DocDetails = {
    ...own,
    ...constructorDetails,
    parameters: [...(constructorDetails.parameters ?? []), ...(own.parameters ?? [])],
  }
  const returns = returnsNothing(writing.repo, component)
    ? []
    : (details.returns ?? []).filter((one) => isCallable(component) || !isRepeated(component, one))
  // A property with a result has its type in the declaration.
  const isResult = isCallable(component) || (returns.length > 0 && returns.every(({ type }) => type === ''))
  const fields = (details.fields ?? []).filter((field) => !isMember(writing, component, field))
  return [
    ...fieldTable(writing, component, entry.typeParameter, fieldsOf(details.typeParameters ?? [])),
    ...fieldTable(writing, component, entry.parameter, parameterRows(writing, callable, details.parameters ?? [])),
    ...fieldTable(writing, component, entry.field, fieldsOf(fields.filter(({ name }) => !isMethod(name)))),
    ...fieldTable(writing, component, kinds.method, fieldsOf(fields.filter(({ name }) => isMethod(name)))),
    ...results(writing, component, isResult ? entry.returns : capital(entry.type), returns),
    ...results(writing, component, entry.yields, details.yields ?? []),
    ...errors(writing, component, details.raises ?? []),
    ...(details.examples ?? []).flatMap((example) => labelled(writing, component, entry.example, [], example)),
    ...seeAlso(writing, component, details.see ?? []),
  ]
}

/** Whether a field is a documented member of the component, and so is described there. */
function isMember({ repo }: Writing, component: Component, field: DocField): boolean {
  return (repo.members.get(component.id) ?? []).some(({ name, doc }) => name === field.name && doc !== null)
}

/** Whether the result of a property only repeats its description: `The last part.`, `the last part`. */
function isRepeated({ doc }: Component, { type, text }: DocField): boolean {
  const plain = (words: string): string =>
    words
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  return type === '' && plain((doc ?? '').split('\n\n', 1)[0] ?? '') === plain(text)
}

interface FieldRow extends Parameter {
  text: string
}

/** A method that only the doc comment names: `filter(Closure $callback)`. */
export const isMethod = (name: string): boolean => /^\w+\(/.test(name)

const fieldsOf = (fields: readonly DocField[]): FieldRow[] => fields.map((field) => ({ ...field, default: '' }))

/** All parameters in the order of the code, each followed by its options; `[]` if none is documented. */
function parameterRows(writing: Writing, callable: Component, all: readonly DocField[]): FieldRow[] {
  const { repo } = writing
  const language = repo.files.get(callable.file)?.language ?? ''
  const head = implementationHead(repo, callable) ?? callable.signature
  const written = readParameters(head, callable.name, language) ?? constructorParameters(callable, language)
  const parameters = language === 'swift' && written !== null ? written.map(internalParameter) : written
  const documented = existingParameters(repo, callable, parameters, all)
  const options = (parameters ?? []).flatMap((parameter) => {
    const type =
      parameter.type || (documented.find(({ name }) => bareName(name) === bareName(parameter.name))?.type ?? '')
    return optionsRead(repo, callable, { ...parameter, type })
      .filter((one) => one.default !== '' || one.text !== '')
      .map((one) => ({ ...one, name: `${bareName(parameter.name)}.${one.name}` }))
  })
  const constraints = (parameters ?? []).map(({ type }) => constraintOptions(writing, callable, type))
  if (documented.length === 0 && options.length === 0 && constraints.every((one) => one === '')) return []
  const unmatched = [...documented]
  const rows = (parameters ?? []).map((parameter, index): FieldRow => {
    const at = unmatched.findIndex(({ name }) => bareName(name) === bareName(parameter.name))
    const [found] = at < 0 ? [] : unmatched.splice(at, 1)
    const type = parameter.type === '' || saysMore(found?.type, parameter.type) ? (found?.type ?? '') : parameter.type
    const said = withDefault({ ...parameter, text: found?.text ?? '' })
    return { ...said, type, text: said.text || (constraints[index] ?? '') }
  })
  // A destructured parameter gets its name from the comment.
  for (const row of rows) {
    if (row.text !== '' || isName(row.name)) continue
    const at = unmatched.findIndex(({ name }) => !name.includes('.') && !name.includes('['))
    const [found] = at < 0 ? [] : unmatched.splice(at, 1)
    if (found !== undefined) Object.assign(row, { name: found.name, text: found.text, type: row.type || found.type })
  }
  for (const field of joinRenamed(rows, documented, unmatched)) {
    const [head = ''] = field.name.split(/[.[]/, 1)
    const after = rows.findLastIndex(({ name }) => bareName(name.split(/[.[]/, 1)[0] ?? '') === bareName(head))
    rows.splice(after < 0 ? rows.length : after + 1, 0, withDefault({ ...field, default: '' }))
  }
  for (const option of options) {
    const known = rows.find(({ name }) => name === option.name)
    if (known !== undefined) {
      known.default ||= option.default
      continue
    }
    const [head = ''] = option.name.split('.', 1)
    const after = rows.findLastIndex(({ name }) => bareName(name.split(/[.[]/, 1)[0] ?? '') === head)
    rows.splice(after + 1, 0, { ...option, type: '' })
  }
  return rows
}

/** Reads the default that ends the words, as YARD and JSDoc state it. The head of a function tells it, and what is optional, too. */
function withDefault<T extends { name: string; default: string; text: string }>(row: T): T {
  const [stated = '', value] = / ?\((?:default: `([^`]{1,100})`|optional)\)$/.exec(row.text) ?? []
  const isTold = row.default !== '' || row.name.endsWith('?')
  if (stated === '' || (value === undefined && !isTold)) return row
  return { ...row, text: row.text.slice(0, row.text.length - stated.length), default: row.default || (value ?? '') }
}

/** `class Planner { constructor(options: Options) }` */
function constructorParameters({ signature, name }: Component, language: string): Parameter[] | null {
  const at = signature.indexOf('constructor(')
  return at < 0 ? null : readParameters(signature.slice(at), name === 'constructor' ? name : 'constructor', language)
}

/** Empty columns are left out. */
function fieldTable(writing: Writing, component: Component, title: string, fields: readonly FieldRow[]): RootContent[] {
  if (fields.length === 0) return []
  const { entry } = writing.texts
  const rows = fields.slice(0, MAX_ROWS)
  // Errors, and results without names, are told apart by their types.
  const hasNames = rows.some(({ name }) => name !== '')
  const columns: { head: string; cell(row: FieldRow): Inline[]; isShown: boolean }[] = [
    { head: title, cell: ({ name }) => (name === '' ? [] : [quoted(name)]), isShown: hasNames },
    {
      head: hasNames ? entry.type : title,
      cell: ({ type }) => typeCell(writing, component, type),
      isShown: rows.some(({ type }) => type !== ''),
    },
    { head: entry.default, cell: (row) => codeCell(row.default), isShown: rows.some((row) => row.default !== '') },
    {
      head: '',
      cell: ({ text }) => oneParagraph(writing, component, text),
      isShown: rows.some(({ text }) => text !== ''),
    },
  ]
  const shown = columns.filter(({ isShown }) => isShown)
  // Names alone repeat the signature.
  if (hasNames && shown.length === 1) return []
  return [
    ...upTo(fields, MAX_ROWS, writing.texts, (first) =>
      table(
        shown.map(({ head }) => head),
        first.map((row) => shown.map(({ cell }) => cell(row))),
      ),
    ),
  ]
}

/** PHP types that do not describe the contents of a value, as a comment may: `array{name: string}`. */
const VAGUE_TYPES = /^\??(?:array|iterable|callable|mixed|object|\\?(?:Closure|Generator|Iterator|Traversable))$/

/** PHPDoc types that the language cannot express: `positive-int`, `string|callable(): string`. */
const PRECISE_DOC_TYPES = /\b[a-z]+-(?:[a-z]+-)?(?:array|int|list|mask|of|string)\b|\b(?:callable|Closure)\s?\(/

const saysMore = (said: string | undefined, written: string): boolean =>
  said !== undefined && said !== '' && said !== written && (VAGUE_TYPES.test(written) || PRECISE_DOC_TYPES.test(said))

const codeCell = (text: string): Inline[] => (text === '' ? [] : [quoted(text)])

/** A type in code style, with a link if the repository defines it. Prose with code in it stays prose. */
export function typeCell(writing: Writing, component: Component, written: string): Inline[] {
  // Removes the import of a local file in JSDoc, `import('./types.d.ts').Config`; that of a package stays.
  const type = written.replace(/import\((?:'[.#][^']*'|"[.#][^"]*")\)\./g, '')
  if (type === '') return []
  if (/\]\(symbol:|`/.test(type)) return oneParagraph(writing, component, type)
  const id = writing.mentions.resolve(type, component.file, component.id, false)
  const target = id === null || id === component.id ? undefined : writing.repo.components.get(id)
  // `bool` is the built-in type, also in a class with a field of that name.
  const isType = target !== undefined && target.kind !== 'field' && target.kind !== 'method'
  return !isType ? [quoted(type)] : oneParagraph(writing, component, `\`${type.replace(/`/g, '')}\``)
}

/** The text of a doc comment as the content of a cell: paragraphs and list items in one line, code in code style. */
function oneParagraph(writing: Writing, component: Component, text: string): Inline[] {
  if (text === '') return []
  return join(docBlocks(writing, text, component.file, 2_000, component.id).map(inlineOf), ' ')
}

/** `**Returns** type: words`, or a table for several results. */
function results(writing: Writing, component: Component, title: string, fields: readonly DocField[]): RootContent[] {
  const documented = fields.filter(({ text }) => text !== '')
  const isValue = component.kind === 'constant' && readType(writing, component) === ''
  if (documented.length === 0 && (fields.length === 0 || !(isCallable(component) || isValue))) return []
  const resultType = component.signature.slice(component.signature.lastIndexOf(':') + 1).trim()
  const signed = / -> |\)\s*:/.test(component.signature) && !fields.some(({ type }) => saysMore(type, resultType))
  const shown = documented.length === 0 && signed ? [] : fields
  if (shown.length > 1)
    return fieldTable(
      writing,
      component,
      title,
      shown.map(({ name, type, text }) => ({ name, type, text, default: '' })),
    )
  return shown.flatMap(({ name, type, text }) => {
    const heads = [name === '' ? [] : [quoted(name)], signed ? [] : typeCell(writing, component, type)]
    return labelled(
      writing,
      component,
      title,
      join(
        heads.filter((one) => one.length > 0),
        ' ',
      ),
      text,
    )
  })
}

/** The type in the signature of a value. */
function readType({ repo }: Writing, { signature, name, file }: Component): string {
  return readValue(signature, name, repo.files.get(file)?.language ?? '')?.type ?? ''
}

function isCallable({ kind, signature }: Component): boolean {
  if (kind === 'type') return FUNCTION_TYPE.test(signature.slice(0, MAX_SIGNATURE))
  return kind === 'function' || kind === 'method' || kind === 'macro'
}

/** Matches C# delegates and function types, which are documented like functions. */
const FUNCTION_TYPE = /\bdelegate\s|=\s?\([^()]{0,400}\) =>|^type \w+(?:\[[^\]]{0,200}\])? func\(/
const MAX_SIGNATURE = 2_000

function errors(writing: Writing, component: Component, fields: readonly DocField[]): RootContent[] {
  const { entry } = writing.texts
  const language = writing.repo.files.get(component.file)?.language ?? ''
  const title = language === 'python' || language === 'ruby' ? entry.raises : entry.throws
  if (fields.length > 1) {
    return fieldTable(
      writing,
      component,
      title,
      fields.map(({ name, text }) => ({ name: '', type: name, text, default: '' })),
    )
  }
  return fields.flatMap(({ name, text }) =>
    labelled(writing, component, title, typeCell(writing, component, name), text),
  )
}

/** A label in bold, its head and the first paragraph on one line, then further blocks. */
function labelled(writing: Writing, component: Component, label: string, head: Inline[], text: string): RootContent[] {
  const blocks = text === '' ? [] : docBlocks(writing, text, component.file, 4_000, component.id)
  const [first, ...rest] = blocks
  const startsWithParagraph = first?.type === 'paragraph'
  const words: Inline[] = startsWithParagraph ? first.children : []
  const colon = head.length > 0 && words.length > 0 ? [writing.texts.colon] : []
  const said = [...head, ...colon, ...words]
  return [
    paragraph(strong(label), ...(said.length > 0 ? [' ', ...said] : [])),
    ...(startsWithParagraph ? rest : blocks),
  ]
}

function seeAlso(writing: Writing, component: Component, see: readonly string[]): RootContent[] {
  const items = see.map((one) => oneParagraph(writing, component, one))
  const known = items.filter((one) => one.length > 0)
  return known.length === 0
    ? []
    : [paragraph(strong(writing.texts.entry.see), ' ', ...few(known, MAX_SEE, writing.texts))]
}
