/**
 * Drafts of components: collected by `declare.ts` from one file before equal names are numbered and ids are assigned.
 */

import { isDeepStrictEqual } from 'node:util'
import { append } from '#base/long-arrays.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { DocParts, joinDocs, packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { Lines } from '#generate/formats/lines.ts'
import { type Component, type ComponentKind, compareText, type Visibility } from '#generate/model.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { docBefore } from './doc-before.ts'
import { plainCommentBefore } from './plain-comment.ts'
import { sourceText } from './signature.ts'

export interface Draft {
  kind: ComponentKind
  name: string
  qualifiedName: string
  parent: Draft | null
  /** The nodes that declare it; symbols refer to one of them. */
  nodes: ts.Node[]
  /** The statement or member that has the doc comment. */
  host: ts.Node
  end: number
  signature: string
  /** Signatures of its other declarations. */
  signatures: string[]
  doc: string | null
  exported: boolean
  /** Whether a tag of its comment hides it. */
  isHidden: boolean
  /** Whether its comment is a line comment in a file with doc comments: a remark on the implementation. */
  hasRemark: boolean
  /** Listed only if it is exported or has members. */
  isIncidental: boolean
}

/** The components of one file. */
export interface Declared {
  components: Component[]
  /** The ids of components, keyed by declaring node. */
  owners: Map<ts.Node, string>
  /** The id of the component that `module.exports` or `export =` is set to. */
  whole: string | undefined
}

/** Matches names that can belong to an API; properties with other names are data. `~2` marks the second definition of a name. */
const NAME = /^(?!.*~\d+$)[\p{L}\p{N}_$#@.:~+/ [\]-]{1,120}$/u
const LINE_COMMENT = /^(?:#!.*\n)?\s*\/\//
const MAX_OVERLOADS = 20
const IS_SETTER = /^(?:\w+ )*set /
const MAX_DECORATORS = 10
const MAX_DECORATOR = 200
const HIDDEN_TAGS = ['private', 'internal', 'hidden', 'ignore']

/** Collects the drafts of a file and merges overloads and accessor pairs. */
export class Drafts {
  readonly all: Draft[] = []
  readonly #byKey = new Map<string, Draft>()
  readonly #numbers = new Map<Draft, number>()

  readonly file: ts.SourceFile
  readonly #lines: Lines
  #hasDocs: boolean | undefined

  constructor(file: ts.SourceFile) {
    this.file = file
    this.#lines = new Lines(file.text)
  }

  /**
   * Add a component, or another declaration of an existing one.
   *
   * @param host - The node whose leading comment documents it; its span is the component's.
   * @param nodes - Further nodes that declare it.
   * @returns `undefined` if the name cannot be shown.
   */
  add(
    of: Pick<Draft, 'kind' | 'name' | 'parent' | 'signature' | 'exported'> & { isIncidental?: boolean },
    host: ts.Node,
    nodes: readonly ts.Node[],
    mergeKey?: string,
  ): Draft | undefined {
    if (!NAME.test(of.name)) return undefined
    const comment = docBefore(this.file.text, host)
    const doc = comment === undefined && of.exported ? this.#plainComment(host) : comment?.doc
    const isHidden = HIDDEN_TAGS.some((tag) => comment?.tags.has(tag))
    const exported = of.exported && !isHidden
    const hasRemark = doc != null && comment === undefined && this.#hasRemark(host)
    const key = mergeKey === undefined ? undefined : `${this.#number(of.parent)} ${mergeKey} ${of.name}`
    const known = key === undefined ? undefined : this.#byKey.get(key)
    if (known !== undefined) {
      append(known.nodes, nodes)
      known.end = Math.max(known.end, host.end)
      const isOverload = isCalled(known) && !isImplementation(nodes.at(-1))
      const [before, next] = [rankOf(known.isHidden, known.doc), rankOf(isHidden, doc ?? null)]
      // A hidden or deprecated overload is not shown beside another.
      if (isOverload && next < before) return known
      if (isOverload && next > before) {
        Object.assign(known, {
          signature: of.signature,
          signatures: [],
          doc: doc ?? null,
          exported,
          isHidden,
          hasRemark,
        })
        return known
      }
      known.signatures.push(of.signature)
      if (known.kind === 'field' || known.kind === 'constant') known.doc = joinDocs(known.doc, doc ?? null)
      else if (isOverload && comment === undefined) return known
      else if (known.doc === null) known.doc = doc ?? null
      else if (isOverload) known.doc = withOverload(known.doc, headOf(of.name, of.signature, nodes.at(-1)), doc ?? null)
      return known
    }
    const qualifiedName = of.parent === null ? of.name : `${of.parent.qualifiedName}.${of.name}`
    if (qualifiedName.length > 300) return undefined
    const isAbstract =
      comment?.tags.has('abstract') === true && (of.kind === 'method' || of.signature.startsWith('class '))
    const draft: Draft = {
      ...of,
      signature: isAbstract ? `abstract ${of.signature}` : of.signature,
      exported,
      isHidden,
      hasRemark,
      qualifiedName,
      nodes: [...nodes],
      host,
      end: host.end,
      signatures: [],
      doc: doc ?? null,
      // A component hidden by a tag can still be imported.
      isIncidental: of.isIncidental === true && !of.exported,
    }
    if (key !== undefined) this.#byKey.set(key, draft)
    this.all.push(draft)
    return draft
  }

  /** Whether line comments are directly above, in a file that has doc comments. */
  #hasRemark({ pos }: ts.Node): boolean {
    const { text } = this.file
    this.#hasDocs ??= text.includes('/**')
    const comments = this.#hasDocs ? (ts.getLeadingCommentRanges(text, pos) ?? []) : []
    const last = comments.findLast((one) => !isForTools(text.slice(one.pos, one.end)))
    return last?.kind === ts.SyntaxKind.SingleLineCommentTrivia
  }

  /** The comment above the node, not one in its body. A block comment at the top of a file describes the file. */
  #plainComment(host: ts.Node): string | null {
    const { statements, text } = this.file
    const isOfFile = host === statements[0] && !LINE_COMMENT.test(text.slice(host.pos, host.pos + 1_000))
    return isOfFile ? null : packDoc(plainCommentBefore(text, host) ?? null)
  }

  #number(draft: Draft | null): number {
    if (draft === null) return -1
    const number = this.#numbers.get(draft) ?? this.#numbers.size
    this.#numbers.set(draft, number)
    return number
  }

  /**
   * Number equal names in source order and assign ids.
   *
   * @param whole - The name of the component that is exported with `export =`.
   */
  finish(path: string, whole: string | undefined): Declared {
    const needed = new Set(this.all.filter((draft) => !draft.isIncidental || draft.exported))
    for (const draft of this.all) if (draft.parent !== null) needed.add(draft.parent)
    const sorted = this.all
      .filter((draft) => needed.has(draft))
      .map((draft) => ({ draft, start: draft.host.getStart(this.file) }))
      .sort((a, b) => a.start - b.start || b.draft.end - a.draft.end || compareText(a.draft.name, b.draft.name))
    const ids = new Map<Draft, string>()
    const counts = new Map<string, number>()
    for (const { draft } of sorted) {
      const count = (counts.get(draft.qualifiedName) ?? 0) + 1
      counts.set(draft.qualifiedName, count)
      ids.set(draft, `${path}#${draft.qualifiedName}${count === 1 ? '' : `~${count}`}`)
    }
    const owners = new Map<ts.Node, string>()
    const components = sorted.map(({ draft, start }) => {
      const id = ids.get(draft) ?? ''
      for (const node of draft.nodes) owners.set(node, id)
      return this.#component(draft, id, start, path, draft.parent === null ? null : (ids.get(draft.parent) ?? null))
    })
    const found = components.find((component) => component.parent === null && component.name === whole)
    return { components, owners, whole: found?.id }
  }

  #component(draft: Draft, id: string, start: number, path: string, parent: string | null): Component {
    const [signature = draft.signature, ...overloads] = signaturesOf(draft)
    const decorators = decoratorsOf(draft.host)
    return {
      id,
      kind: draft.kind,
      name: draft.name,
      qualifiedName: draft.qualifiedName,
      file: path,
      startLine: this.#lines.at(start),
      endLine: this.#lines.at(draft.end),
      exported: draft.exported,
      visibility: visibilityOf(draft.host),
      signature,
      ...(overloads.length > 0 && { overloads }),
      ...(decorators.length > 0 && { decorators }),
      ...unpackDoc(draft.doc),
      parent,
      ...(draft.isHidden && { hidden: true }),
      ...(draft.hasRemark && { hasRemark: true }),
    }
  }
}

/** Limit in characters on a comment with all that overloads added, which is unpacked for each of them. */
const MAX_PACKED = 16_000
/** Limits in characters: of the doc comment that is extended, and of the signature and text of an overload. */
const MAX_OWN = 4_000
const MAX_HEAD = 100
const MAX_WORDS = 600

/** How an overload is named: by its signature, or by the names of its parameters if that is too long. */
export function headOf(name: string, signature: string, node: ts.Node | undefined): string {
  if (node === undefined || !ts.isFunctionLike(node) || (signature.length <= MAX_HEAD && !/[`\n]/.test(signature)))
    return signature
  const names = node.parameters.map((one) => (ts.isIdentifier(one.name) ? one.name.text : '…'))
  return `${name}(${names.filter((one) => one !== 'this').join(', ')})`
}

/**
 * Adds what the comment of a further overload says: its text, after the overload, unless the comment already has it, and
 * its parameters. A result that differs is not that of all overloads.
 */
export function withOverload(doc: string, head: string, other: string | null): string | null {
  if (doc.length > MAX_PACKED) return doc
  const [own, added] = [unpackDoc(doc), unpackDoc(other)]
  const [words = ''] = (added.doc ?? '').split('\n\n', 1)
  const isSaid = words === '' || own.doc?.includes(words) === true
  const isAdded = !isSaid && words.length <= MAX_WORDS && head.length <= MAX_HEAD && doc.length <= MAX_OWN
  const text = [own.doc ?? '', ...(isAdded ? [`\`${head}\`: ${words}`] : [])].join('\n\n').trim()
  const parts = new DocParts()
  for (const field of [...(own.details?.parameters ?? []), ...(added.details?.parameters ?? [])])
    parts.addOnce('parameters', field)
  const details = { ...own.details, ...parts.details }
  const results = added.details?.returns
  if (results !== undefined && !isDeepStrictEqual(results, details.returns)) delete details.returns
  return packDoc({ text, details })
}

/** Public unless `private`, `protected` or a name with `#` says otherwise. */
function visibilityOf(host: ts.Node): Visibility {
  const { name } = host as ts.NamedDeclaration
  if (name !== undefined && ts.isPrivateIdentifier(name)) return 'private'
  const modifiers = ts.canHaveModifiers(host) ? (ts.getModifiers(host) ?? []) : []
  const has = (kind: ts.SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind)
  if (has(ts.SyntaxKind.PrivateKeyword)) return 'private'
  return has(ts.SyntaxKind.ProtectedKeyword) ? 'protected' : 'public'
}

/**
 * All signatures of a component: both accessors of a property; the overloads of a function, without the implementation.
 */
function signaturesOf({ kind, signature, signatures, nodes }: Draft): string[] {
  const all = [signature, ...signatures]
  if (kind === 'field') return all.sort((a, b) => Number(IS_SETTER.test(a)) - Number(IS_SETTER.test(b))).slice(0, 2)
  if (kind !== 'function' && kind !== 'method') return [signature]
  const last = nodes.at(-1)
  const declared = isImplementation(last) ? all.slice(0, -1) : all
  return declared.length === 0 ? [signature] : declared.slice(0, MAX_OVERLOADS + 1)
}

const isCalled = ({ kind }: Draft): boolean => kind === 'function' || kind === 'method'

/** Ranks an overload by visibility: hidden ones below deprecated ones, and these below others. */
function rankOf(isHidden: boolean, doc: string | null): number {
  if (isHidden) return 0
  return unpackDoc(doc).details?.deprecated === undefined ? 2 : 1
}

const isImplementation = (node: ts.Node | undefined): boolean =>
  node !== undefined && ts.isFunctionLike(node) && 'body' in node && node.body !== undefined

function decoratorsOf(host: ts.Node): string[] {
  const decorators = ts.canHaveDecorators(host) ? (ts.getDecorators(host) ?? []) : []
  return decorators.slice(0, MAX_DECORATORS).map((one) => sourceText(one).slice(0, MAX_DECORATOR))
}
