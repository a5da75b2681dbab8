/**
 * Makes the facts of one file from the matches of its language's query. Declarations, scopes and expressions nest by
 * where they stand in the text; one pass over the records in their order finds who is inside whom.
 */

import { createHash } from 'node:crypto'
import type { QueryMatch } from 'web-tree-sitter'
import { Comments } from './comments.ts'
import {
  D,
  D_WIDTH,
  DECL_KINDS,
  type DeclKind,
  E,
  E_WIDTH,
  type FileFacts,
  Flag,
  type ImportFact,
  NONE,
  Op,
  S,
  S_WIDTH,
  Use,
  VISIBILITIES,
} from './facts.ts'
import type { ImportWords, Prepared, ReadRules } from './read-rules.ts'
import { type MatchRecord, type Part, readRecords } from './records.ts'
import { Lists, Strings, Table } from './table.ts'

const OPS: Readonly<Record<string, number>> = {
  ref: Op.ref,
  member: Op.member,
  call: Op.call,
  new: Op.make,
  this: Op.this,
  super: Op.super,
  literal: Op.literal,
  cast: Op.cast,
  index: Op.index,
  pass: Op.pass,
  generic: Op.generic,
  array: Op.array,
  either: Op.either,
  element: Op.element,
  lambda: Op.lambda,
  tuple: Op.tuple,
  declared: Op.declared,
}

const KIND_NUMBERS = new Map<string, number>(DECL_KINDS.map((kind, number) => [kind, number]))
const HOISTED = 'attribute'
const FLAGS = new Map<string, number>(Object.entries(Flag))
/** Kinds that a declared thing can be a member of. */
const HOLDERS = new Set<DeclKind>(['namespace', 'module', 'class', 'struct', 'interface', 'trait', 'enum', 'impl'])
const LOCALS = new Set<DeclKind>(['parameter', 'local', 'typeparam'])
const FUNCTIONS = new Set<DeclKind>(['function', 'method', 'constructor'])
/** What has types as its arguments. */
const TYPES_IN = new Set(['generic', 'array', 'literal'])
const PLAIN = new Set<DeclKind>(['field', 'constant', 'variable'])

/**
 * @param matches - All matches of the language's query in the file, while its tree is alive.
 * @param prepared - What was parsed, where that was not the text.
 * @throws {Error} The query uses a capture that the engine does not know.
 */
export function collect(
  text: string,
  path: string,
  matches: readonly QueryMatch[],
  hasError: boolean,
  rules: ReadRules,
  prepared: Prepared = { text, refs: [] },
): FileFacts {
  return new Collector(text, path, readRecords(matches, prepared.refs), rules, prepared.text).collect(hasError)
}

/** A declaration or scope that the pass is inside of. */
interface Open {
  readonly end: number
  readonly scope: number
  readonly decl: number
  /** Of a field: a type that is declared before this, in the field's own type, stands beside the field. */
  readonly besideTo?: number
}

class Collector {
  readonly #text: string
  readonly #path: string
  readonly #records: readonly MatchRecord[]
  readonly #rules: ReadRules
  readonly #comments: Comments
  readonly #strings = new Strings()
  readonly #decls = new Table(D_WIDTH)
  readonly #scopes = new Table(S_WIDTH, 64)
  readonly #exprs = new Table(E_WIDTH, 1_024)
  readonly #lists = new Lists()
  readonly #imports: ImportFact[] = []
  readonly #notes: string[] = []
  /** Expression by the id of its node. */
  readonly #byNode = new Map<number, number>()
  /** What is read once all expressions are known. */
  readonly #declRecords: MatchRecord[] = []
  readonly #exprRecords: { record: MatchRecord; index: number }[] = []
  readonly #lineStarts: number[] = [0]
  #packageName = ''

  constructor(text: string, path: string, records: readonly MatchRecord[], rules: ReadRules, parsed: string) {
    this.#text = text
    this.#path = path
    this.#records = records
    this.#rules = rules
    this.#comments = new Comments(text, records, rules, parsed)
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1)
  }

  collect(hasError: boolean): FileFacts {
    this.#place()
    for (const { record, index } of this.#exprRecords) this.#linkExpr(record, index)
    for (const [index, record] of this.#declRecords.entries()) this.#linkDecl(record, index)
    this.#countArguments()
    for (const [index, record] of this.#declRecords.entries()) this.#describe(record, index)
    const facts: FileFacts = {
      strings: this.#strings.all,
      decls: this.#decls.done(),
      scopes: this.#scopes.done(),
      exprs: this.#exprs.done(),
      lists: this.#lists.done(),
      imports: this.#imports,
      packageName: this.#packageName,
      fileDoc: this.#fileDoc(),
      hasError,
      notes: this.#notes,
      interface: '',
    }
    this.#rules.finish?.(facts, this.#text)
    facts.interface = this.#interfaceHash()
    return facts
  }

  /** Give each record its row, its scope and what is around it. */
  #place(): void {
    const named = this.#partsThatAreNames()
    const declared = new Set(this.#records.map(({ main, name }) => (main === 'def' ? name?.id : undefined)))
    this.#scopes.add()
    const open: Open[] = [{ end: Number.POSITIVE_INFINITY, scope: 0, decl: NONE }]
    let skippedTo = -1
    for (const record of this.#records) {
      let around = open.at(-1)
      while (around !== undefined && around.end <= record.start && open.length > 1) {
        open.pop()
        around = open.at(-1)
      }
      if (around === undefined) break
      if (record.start < skippedTo || (record.main === 'ref' && named.has(record.id))) continue
      if (record.main === 'member' && declared.has(record.id)) continue
      switch (record.main) {
        case 'comment':
        case 'attribute':
          break
        case 'skip':
          skippedTo = record.end
          break
        case 'import':
          this.#addImport(record, around.scope)
          skippedTo = record.end
          break
        case 'package':
          this.#packageName = this.#textOf(record.name ?? record)
          skippedTo = record.end
          break
        case 'note':
          this.#notes.push(`${record.sub} ${this.#textOf(record.name ?? record)}`)
          break
        case 'scope':
          open.push({ end: record.end, scope: this.#addScope(around.scope, around.decl), decl: around.decl })
          break
        case 'def':
          open.push(this.#addDecl(record, open, around))
          break
        case 'lambda': {
          const scope = this.#addScope(around.scope, around.decl)
          this.#scopes.set(scope, S.expr, this.#addExpr(record, around.scope))
          open.push({ end: record.end, scope, decl: around.decl })
          break
        }
        case 'declared':
          this.#exprs.set(this.#addExpr(record, around.scope), E.left, around.decl)
          break
        default:
          this.#addExpr(record, around.scope)
      }
    }
  }

  /** Names of declarations and members are no uses of them. */
  #partsThatAreNames(): Set<number> {
    const named = new Set<number>()
    for (const { main, name, alias, type } of this.#records) {
      // What is named after its type uses the type.
      if (name !== undefined && main !== 'ref' && name.id !== type?.id) named.add(name.id)
      if (alias !== undefined) named.add(alias.id)
    }
    return named
  }

  #addScope(parent: number, decl: number): number {
    const scope = this.#scopes.add()
    this.#scopes.set(scope, S.parent, parent)
    this.#scopes.set(scope, S.decl, decl)
    return scope
  }

  #addDecl(record: MatchRecord, open: readonly Open[], around: Open): Open {
    const index = this.#decls.add()
    this.#declRecords.push(record)
    const isHoisted = record.sub === HOISTED
    const kind = (isHoisted ? 'field' : record.sub === 'data' ? this.#kindOfData(around) : record.sub) as DeclKind
    const number = KIND_NUMBERS.get(kind)
    if (number === undefined) throw new Error(`unknown capture @def.${record.sub}`)
    const outside = record.start < (around.besideTo ?? 0) ? (open.at(-2) ?? around) : around
    const isFlat = this.#rules.hasFlatTypes === true && record.name !== undefined && HOLDERS.has(kind)
    const isOfFile = this.#rules.hasFileMacros === true && kind === 'macro'
    const holder = isOfFile
      ? (open[0] ?? outside)
      : isHoisted
        ? this.#holder(open)
        : isFlat
          ? this.#outsideTypes(open)
          : outside
    this.#decls.set(index, D.kind, number)
    this.#decls.set(index, D.parent, holder.decl)
    this.#decls.set(index, D.scope, holder.scope)
    const name = record.name === undefined ? '' : this.#textOf(record.name)
    this.#decls.set(index, D.name, this.#strings.add(this.#rules.plainName?.(name, kind) ?? name))
    const from =
      record.value !== undefined && LOCALS.has(kind)
        ? record.value.end
        : Math.max(record.name?.start ?? record.start, record.iterated?.end ?? 0)
    this.#decls.set(index, D.from, from)
    const start = record.outer?.start ?? record.start
    this.#decls.set(index, D.start, start)
    this.#decls.set(index, D.startLine, this.#lineAt(start))
    const end = Math.max(record.end, record.outer?.end ?? 0)
    this.#decls.set(index, D.end, end)
    this.#decls.set(index, D.endLine, this.#lineAt(Math.max(start, this.#lastCharacter(start, end))))
    let flags = 0
    for (const flag of record.flags ?? []) {
      const bit = FLAGS.get(flag)
      if (bit === undefined) throw new Error(`unknown capture @flag.${flag}`)
      flags |= bit
    }
    this.#decls.set(index, D.flags, flags)
    // What is declared by a value may hold scopes of its own, but is none.
    if (LOCALS.has(kind) || isHoisted) return { end: record.start, scope: around.scope, decl: around.decl }
    // What a field's type and value use is used by the field.
    if (PLAIN.has(kind)) {
      const scope = this.#addScope(outside.scope, index)
      this.#claim(record, outside.scope, scope)
      return { end: record.end, scope, decl: index, besideTo: record.type?.end ?? 0 }
    }
    const own = this.#addScope(around.scope, index)
    this.#decls.set(index, D.ownScope, own)
    return { end: record.end, scope: own, decl: index }
  }

  /** Modifiers and a type that stand before a field, as in a statement of several, are its own. */
  #claim(record: MatchRecord, from: number, scope: number): void {
    for (const part of [...(record.modifiers ?? []), ...(record.type === undefined ? [] : [record.type])]) {
      for (let at = this.#exprRecords.length - 1; at >= 0; at--) {
        const expr = this.#exprRecords[at]
        if (expr === undefined || expr.record.start < part.start) break
        // What is inside of a type that is declared here stays there.
        if (expr.record.start >= part.end || this.#exprs.at(expr.index, E.scope) !== from) continue
        this.#exprs.set(expr.index, E.scope, scope)
        const callee = this.#exprs.at(expr.index, E.left)
        if (callee !== NONE) this.#exprs.set(callee, E.scope, scope)
      }
    }
  }

  #kindOfData(around: Open): DeclKind {
    return around.decl !== NONE && FUNCTIONS.has(this.#kindOf(around.decl)) ? 'local' : 'variable'
  }

  /** The type that the innermost function is a member of, else the file. */
  #holder(open: readonly Open[]): Open {
    for (let i = open.length - 1; i > 0; i--) {
      const one = open[i]
      if (one !== undefined && one.decl !== NONE && HOLDERS.has(this.#kindOf(one.decl))) {
        return { end: one.end, scope: this.#decls.at(one.decl, D.ownScope), decl: one.decl }
      }
    }
    return open[0] ?? { end: 0, scope: 0, decl: NONE }
  }

  /** The innermost declaration or scope that is no type. */
  #outsideTypes(open: readonly Open[]): Open {
    const isInType = ({ decl }: Open): boolean => decl !== NONE && HOLDERS.has(this.#kindOf(decl))
    return open.findLast((one) => !isInType(one)) ?? { end: 0, scope: 0, decl: NONE }
  }

  #addImport(record: MatchRecord, scope: number): void {
    const line = this.#lineAt(record.start)
    const read = this.#rules.readImports?.(
      this.#text.slice(record.start, Math.min(record.end, record.start + 20_000)),
      record.sub,
    )
    const alias = record.alias === undefined ? null : this.#textOf(record.alias)
    const words: ImportWords[] = read ?? [{ path: this.#textOf(record.name ?? record), alias }]
    for (const { path, alias: own = null, isWildcard = false, kind = record.sub } of words) {
      this.#imports.push({ path, alias: own, isWildcard, kind, scope, line })
    }
  }

  #addExpr(record: MatchRecord, scope: number): number {
    const op = OPS[record.main]
    if (op === undefined) throw new Error(`capture @${record.main} is no expression`)
    // A call or a use of a member that names both parts is a use of the member inside a call.
    let callee = NONE
    if (record.main === 'call' && record.name !== undefined) {
      callee = this.#exprs.add()
      this.#exprs.set(callee, E.op, record.left === undefined ? Op.ref : Op.member)
      this.#exprs.set(callee, E.name, this.#strings.add(this.#textOf(record.name)))
      this.#exprs.set(callee, E.start, record.name.start)
      this.#exprs.set(callee, E.scope, scope)
      this.#exprs.set(callee, E.use, Use.call)
    }
    const index = this.#exprs.add()
    this.#exprs.set(index, E.op, op)
    this.#exprs.set(index, E.start, record.start)
    this.#exprs.set(index, E.scope, scope)
    this.#exprs.set(
      index,
      E.use,
      record.sub === 'type' ? Use.type : record.sub === 'annotation' ? Use.annotation : Use.value,
    )
    if (callee !== NONE) this.#exprs.set(index, E.left, callee)
    const name = nameOf(record)
    if (name !== undefined)
      this.#exprs.set(index, E.name, this.#strings.add(typeof name === 'string' ? name : this.#textOf(name)))
    this.#byNode.set(record.id, index)
    this.#exprRecords.push({ record, index })
    return index
  }

  #linkExpr(record: MatchRecord, index: number): void {
    const use = this.#exprs.at(index, E.use)
    const left = this.#exprOf(record.left)
    const callee = this.#exprs.at(index, E.left)
    if (record.main === 'call' && callee !== NONE) {
      this.#exprs.set(callee, E.left, left)
    } else if (left !== NONE) {
      this.#exprs.set(index, E.left, left)
      if (record.main === 'call') this.#use(left, Use.call)
      else if (record.main === 'pass' && use !== Use.value) this.#use(left, use)
      else if (record.main === 'generic') this.#use(left, use === Use.value ? Use.type : use)
    }
    if (record.types !== undefined && record.main === 'call') {
      const types = record.types.map((part) => this.#exprOf(part))
      for (const one of types) this.#use(one, Use.type)
      this.#exprs.set(index, E.name, this.#lists.add(types))
    }
    if (record.main === 'lambda') this.#exprs.set(index, E.left, this.#exprOf(record.value))
    const type = this.#exprOf(record.type)
    if (type !== NONE) {
      this.#exprs.set(index, E.left, type)
      this.#use(type, record.main === 'new' ? Use.make : Use.type)
    }
    if (record.args !== undefined) {
      const args = record.args.map((part) => this.#exprOf(part))
      this.#exprs.set(index, E.list, this.#lists.add(args))
      if (TYPES_IN.has(record.main)) for (const arg of args) this.#use(arg, Use.type)
    }
  }

  #linkDecl(record: MatchRecord, index: number): void {
    const set = (column: number, part: Part | undefined, use: number): void => {
      const expr = this.#exprOf(part)
      this.#decls.set(index, column, expr)
      // What is embedded is extended, and the type of a field beside.
      const isExtended = expr !== NONE && this.#exprs.at(expr, E.use) === Use.extends
      if (use !== Use.value && !isExtended) this.#use(expr, use)
    }
    set(D.type, record.type, Use.type)
    set(D.value, record.value, record.sub === 'type' ? Use.type : Use.value)
    set(D.receiver, record.receiver, Use.type)
    if (record.iterated !== undefined) this.#decls.set(index, D.value, this.#elementOf(record.iterated))
    const supers = [
      // What bounds a parameter is used, and not extended by what is around.
      ...(record.extends ?? []).map((part) => ({ part, use: record.sub === 'typeparam' ? Use.type : Use.extends })),
      ...(record.implements ?? []).map((part) => ({ part, use: Use.implements })),
    ]
    const exprs: number[] = []
    for (const { part, use } of supers) {
      const expr = this.#exprOf(part)
      if (expr === NONE) continue
      // What `new T() { … }` extends is made by it.
      if (this.#exprs.at(expr, E.use) !== Use.make) this.#use(expr, use)
      exprs.push(expr)
    }
    this.#decls.set(index, D.supers, this.#lists.add(exprs))
  }

  #elementOf(part: Part): number {
    const left = this.#exprOf(part)
    if (left === NONE) return NONE
    const index = this.#exprs.add()
    this.#exprs.set(index, E.op, Op.element)
    this.#exprs.set(index, E.left, left)
    this.#exprs.set(index, E.start, part.start)
    this.#exprs.set(index, E.scope, this.#exprs.at(left, E.scope))
    this.#exprs.set(index, E.use, Use.value)
    return index
  }

  /** Mark how an expression is used, through what only wraps it. */
  #use(expr: number, use: number): void {
    let at = expr
    for (let depth = 0; at !== NONE && depth < 50; depth++) {
      this.#exprs.set(at, E.use, use)
      const op = this.#exprs.at(at, E.op)
      if (op !== Op.pass && op !== Op.generic) return
      at = this.#exprs.at(at, E.left)
    }
  }

  /** Arguments that a function takes: the parameters directly in it. */
  #countArguments(): void {
    const { rows } = this.#decls
    for (let index = 0; index < rows; index++) {
      if (!FUNCTIONS.has(this.#kindOf(index)) && this.#kindOf(index) !== 'macro') continue
      this.#decls.set(index, D.minArity, 0)
      this.#decls.set(index, D.maxArity, 0)
    }
    for (let index = 0; index < rows; index++) {
      const owner = this.#decls.at(index, D.parent)
      if (this.#kindOf(index) !== 'parameter' || owner === NONE || this.#decls.at(owner, D.minArity) === NONE) continue
      const flags = this.#decls.at(index, D.flags)
      const most = this.#decls.at(owner, D.maxArity)
      if ((flags & Flag.rest) !== 0) this.#decls.set(owner, D.maxArity, NONE)
      else if (most !== NONE) this.#decls.set(owner, D.maxArity, most + 1)
      if ((flags & (Flag.rest | Flag.optional)) === 0) {
        this.#decls.set(owner, D.minArity, this.#decls.at(owner, D.minArity) + 1)
      }
    }
  }

  #describe(record: MatchRecord, index: number): void {
    const kind = this.#kindOf(index)
    this.#addDocTypes(record, index)
    if (LOCALS.has(kind) || kind === 'impl' || kind === 'package') return
    const start = this.#decls.at(index, D.start)
    const before = partsBefore(record, start)
    const head = before[0]?.start ?? start
    if (head < start) this.#decls.set(index, D.startLine, this.#lineAt(head))
    const { comments, attributes } = this.#comments.before(head)
    const parent = this.#decls.at(index, D.parent)
    const parentKind = parent === NONE ? undefined : this.#kindOf(parent)
    const isInFunction = parentKind !== undefined && !HOLDERS.has(parentKind)
    const name = this.#strings.all[this.#decls.at(index, D.name)] ?? ''
    const modifiers = [attributes, ...(record.modifiers ?? []).map((part) => this.#textOf(part))].join(' ').trim()
    const words = {
      kind,
      name,
      modifiers,
      header: this.#headerOf(record, start),
      parent:
        parentKind === undefined
          ? null
          : {
              kind: parentKind,
              name: this.#strings.all[this.#decls.at(parent, D.name)] ?? '',
              isExported: (this.#decls.at(parent, D.flags) & Flag.exported) !== 0,
            },
      path: this.#path,
    }
    const { visibility, isExported, flags = 0 } = this.#rules.describe(words)
    const exported = isExported && !isInFunction ? Flag.exported : 0
    this.#decls.set(index, D.flags, this.#decls.at(index, D.flags) | flags | exported)
    this.#decls.set(index, D.visibility, VISIBILITIES.indexOf(visibility))
    if (isInFunction) return
    const signature = (this.#rules.signature?.(words) ?? words.header).slice(0, 500)
    this.#decls.set(index, D.signature, this.#strings.add(signature))
    const doc = this.#comments.docOf(comments) ?? this.#trailingDoc(record)
    if (doc !== null) this.#decls.set(index, D.doc, this.#strings.add(doc))
  }

  #addDocTypes(record: MatchRecord, index: number): void {
    const kind = this.#kindOf(index)
    if (this.#rules.docTypes === undefined || kind === 'parameter' || kind === 'typeparam') return
    const { comments } = this.#comments.before(this.#decls.at(index, D.start))
    const types = comments.length === 0 ? null : this.#rules.docTypes(comments)
    if (types === null) return
    const own = types.named.get(this.#strings.all[this.#decls.at(index, D.name)] ?? '') ?? types.own
    if (own !== null) this.#decls.set(index, D.docType, this.#strings.add(own))
    if (!FUNCTIONS.has(kind)) return
    for (let at = index + 1; at < this.#decls.rows && this.#decls.at(at, D.start) < record.end; at++) {
      if (this.#decls.at(at, D.parent) !== index || this.#kindOf(at) !== 'parameter') continue
      const type = types.named.get(this.#strings.all[this.#decls.at(at, D.name)] ?? '')
      if (type !== undefined) this.#decls.set(at, D.docType, this.#strings.add(type))
    }
  }

  /** Of declarations without what is inside functions: text, kind, what is around, and what the rules said of it. */
  #interfaceHash(): string {
    const hash = createHash('sha1')
    hash.update(JSON.stringify([this.#packageName, this.#imports.map((one) => ({ ...one, line: 0 })), this.#notes]))
    for (const [index, record] of this.#declRecords.entries()) {
      const parent = this.#decls.at(index, D.parent)
      const parentKind = parent === NONE ? undefined : this.#kindOf(parent)
      const isParameter = this.#kindOf(index) === 'parameter' || this.#kindOf(index) === 'typeparam'
      if (this.#kindOf(index) === 'local') continue
      if (parentKind !== undefined && !HOLDERS.has(parentKind) && !isParameter) continue
      hash.update(`\0${this.#decls.at(index, D.kind)} ${this.#decls.at(index, D.flags)} ${this.#parentNames(parent)}\0`)
      hash.update(this.#text.slice(record.start, record.body?.start ?? record.end))
      // What stands in a body counts where it tells a type.
      if (record.value !== undefined) {
        // The last value of a function may depend on all that stands before it.
        const from = FUNCTIONS.has(this.#kindOf(index)) ? record.start : record.value.start
        hash.update(this.#text.slice(from, record.value.end))
      }
      if (record.type !== undefined) hash.update(this.#textOf(record.type))
      for (const part of [...(record.extends ?? []), ...(record.implements ?? [])]) hash.update(this.#textOf(part))
      const docType = this.#decls.at(index, D.docType)
      if (docType !== NONE) hash.update(`\0${this.#strings.all[docType] ?? ''}`)
    }
    return hash.digest('base64')
  }

  #parentNames(decl: number): string {
    const names: string[] = []
    for (let at = decl; at !== NONE && names.length < 50; at = this.#decls.at(at, D.parent)) {
      names.push(this.#strings.all[this.#decls.at(at, D.name)] ?? '')
    }
    return names.join(' ')
  }

  #trailingDoc(record: MatchRecord): string | null {
    return this.#rules.hasTrailingDocs === true
      ? this.#comments.docOf(this.#comments.after(Math.max(record.end, record.outer?.end ?? 0)))
      : null
  }

  /** From the start to the body, without what opens it. */
  #headerOf(record: MatchRecord, start: number): string {
    const end = record.body?.start ?? Math.max(record.end, record.outer?.end ?? 0)
    const text = this.#comments.flat(start, Math.max(start, end)).replace(/\s*(?:[{:;,]|=>?)\s*$/, '')
    // One of several of a statement: modifiers and the type stand before the first.
    const before = partsBefore(record, start).map((part) => this.#comments.flat(part.start, part.end))
    return [...before, text].join(' ')
  }

  #fileDoc(): string | null {
    let firstDeclaration = Number.POSITIVE_INFINITY
    let firstCode = Number.POSITIVE_INFINITY
    for (const record of this.#records) {
      if (record.main === 'comment' || record.main === 'attribute') continue
      firstCode = Math.min(firstCode, record.outer?.start ?? record.start)
      if (record.main !== 'def') continue
      firstDeclaration = record.outer?.start ?? record.start
      break
    }
    return this.#comments.ofFile(firstDeclaration, firstCode)
  }

  #kindOf(decl: number): DeclKind {
    return DECL_KINDS[this.#decls.at(decl, D.kind)] ?? 'local'
  }

  #exprOf(part: Part | undefined): number {
    return part === undefined ? NONE : (this.#byNode.get(part.id) ?? NONE)
  }

  #textOf(part: { readonly start: number; readonly end: number }): string {
    return this.#text.slice(part.start, Math.min(part.end, part.start + 1_000))
  }

  /** Offset of the last character of a node that is no space. */
  #lastCharacter(start: number, end: number): number {
    let at = end - 1
    while (at > start && this.#text.charCodeAt(at) <= 0x20) at--
    return at
  }

  #lineAt(offset: number): number {
    let low = 0
    let high = this.#lineStarts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Modifiers and type of a field that stand before it, as in a statement of several; in order. */
function partsBefore(record: MatchRecord, start: number): readonly Part[] {
  if (record.sub === 'parameter' || record.sub === 'local') return []
  const parts = [...(record.modifiers ?? []), ...(record.type === undefined ? [] : [record.type])]
  return parts.filter((part) => part.end <= start).sort((a, b) => a.start - b.start)
}

/** The name of an expression: of its part, of the capture, or of itself. */
function nameOf(record: MatchRecord): Part | MatchRecord | string | undefined {
  switch (record.main) {
    case 'ref':
      return record.name ?? record
    case 'member':
      return record.name
    case 'literal':
    case 'pass':
      return record.sub
    default:
      return undefined
  }
}
