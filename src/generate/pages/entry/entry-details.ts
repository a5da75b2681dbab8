/** Writes the structured parts of a doc comment: tables of parameters, results, errors, examples, references. */

import type { RootContent } from 'mdast'
import { capital } from '#base/capital.ts'
import type { Component, DocDetails, DocField } from '#generate/model.ts'
import { quoted } from '#generate/pages/quoted.ts'
import { few, upTo } from '#generate/pages/words.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { readValue } from '#generate/signature-values.ts'
import { type Inline, join, paragraph, plainText, strong, table } from '#markdown/build.ts'
import { returnsNothing } from './contradicted.ts'
import { inlineOf } from './doc-cells.ts'
import { type FieldRow, parameterRows, saysMore } from './parameter-rows.ts'

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

/** @param callable - The component itself, or the constructor of a type, whose parameters the comment may describe. */
export function detailBlocks(writing: Writing, component: Component, callable: Component = component): RootContent[] {
  const { entry, kinds } = writing.texts
  const own = component.details ?? {}
  const constructorDetails = callable === component ? {} : (callable.details ?? {})
  const details: DocDetails = {
    ...own,
    ...constructorDetails,
    parameters: [...(constructorDetails.parameters ?? []), ...(own.parameters ?? [])],
  }
  const returns = returnsNothing(component)
    ? []
    : (details.returns ?? []).filter((one) => isCallable(component) || !isRepeated(component, one))
  // A property with a result has its type in the declaration.
  const isResult = isCallable(component) || (returns.length > 0 && returns.every(({ type }) => type === ''))
  const described = (details.fields ?? []).filter((field) => !isMember(writing, component, field))
  const fields = described.filter((field) => !isInitOnly(writing, component, field))
  const initOnly = described.filter((field) => !fields.includes(field))
  return [
    ...fieldTable(writing, component, entry.typeParameter, fieldsOf(details.typeParameters ?? [])),
    ...fieldTable(writing, component, entry.parameter, [
      ...parameterRows(writing, callable, details.parameters ?? []),
      ...fieldsOf(initOnly),
    ]),
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

/** Whether a field of a dataclass is only a parameter of its constructor: `InitVar[str]`. */
function isInitOnly({ repo }: Writing, component: Component, field: DocField): boolean {
  return (repo.members.get(component.id) ?? []).some(
    ({ name, signature }) => name === field.name && /^\w{1,80}: (?:\w{1,80}\.)?InitVar\[/.test(signature),
  )
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

/** A method that only the doc comment names: `filter(Closure $callback)`. */
export const isMethod = (name: string): boolean => /^\w+\(/.test(name)

const fieldsOf = (fields: readonly DocField[]): FieldRow[] => fields.map((field) => ({ ...field, default: '' }))

/** Empty columns are left out. */
function fieldTable(writing: Writing, component: Component, title: string, fields: readonly FieldRow[]): RootContent[] {
  if (fields.length === 0) return []
  const { entry } = writing.texts
  const rows = fields.slice(0, MAX_ROWS)
  // Errors, and results without names, are distinguished by their types.
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

/** The text of a doc comment as the content of a cell: paragraphs and list items on one line, code in code style. */
function oneParagraph(writing: Writing, component: Component, text: string): Inline[] {
  if (text === '') return []
  return join(docBlocks(writing, text, component.file, 2_000, component.id).map(inlineOf), ' ')
}

/** `**Returns** type: words`, or a table for multiple results. */
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

/** A label in bold, its head and the first paragraph on one line, then the other blocks. */
function labelled(writing: Writing, component: Component, label: string, head: Inline[], text: string): RootContent[] {
  const blocks = text === '' ? [] : docBlocks(writing, text, component.file, 4_000, component.id)
  const colon = head.length > 0 && blocks[0]?.type === 'paragraph' ? [writing.texts.colon] : []
  return withLabel(label, blocks, [...head, ...colon])
}

/** Blocks after a bold label, which is on the line of the first block if that is a paragraph. */
export function withLabel(label: string, blocks: readonly RootContent[], head: Inline[] = []): RootContent[] {
  const [first, ...rest] = blocks
  const isParagraph = first?.type === 'paragraph'
  const said = [...head, ...(isParagraph ? first.children : [])]
  return [paragraph(strong(label), ...(said.length > 0 ? [' ', ...said] : [])), ...(isParagraph ? rest : blocks)]
}

function seeAlso(writing: Writing, component: Component, see: readonly string[]): RootContent[] {
  const items = see.map((one) => oneParagraph(writing, component, one))
  const known = [...new Map(items.map((one) => [plainText(paragraph(...one)), one])).values()].filter(
    (one) => one.length > 0,
  )
  return known.length === 0
    ? []
    : [paragraph(strong(writing.texts.entry.see), ' ', ...few(known, MAX_SEE, writing.texts))]
}
