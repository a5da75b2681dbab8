/** Makes the components of a file from its declarations. */

import { unpackDoc } from '#generate/analyse/doc-comment.ts'
import { type Component, type ComponentKind, TYPE_KINDS } from '#generate/model.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, type DeclKind, E, Flag, NONE, Op, VISIBILITIES } from './facts.ts'
import type { Program } from './program.ts'

const KINDS: Partial<Record<DeclKind, ComponentKind>> = {
  module: 'namespace',
  class: 'class',
  struct: 'struct',
  interface: 'interface',
  trait: 'trait',
  enum: 'enum',
  type: 'type',
  function: 'function',
  method: 'method',
  constructor: 'method',
  macro: 'macro',
  field: 'field',
  constant: 'constant',
  variable: 'constant',
}

/** A comment longer by this factor is preferred, whether it is for users or for maintainers. */
const MUCH_LONGER = 3

/** The owner of a function at the top level. */
const MODULE = { kind: 'module' }

/** Limit on the declarations in an unnamed type, which precede its variable. */
const MAX_UNNAMED = 200

/** Limit on qualified names; deeper nesting is left out. */
const MAX_NAME = 500

/**
 * Gives every declaration of a file the id of its component, or of the enclosing one, and makes the components. Call it
 * for all files before making edges.
 */
export function makeComponents(file: FileUnit, program: Program): Component[] {
  const { isComponent, definitionOf, documented } = file.spec.linking
  const counts = new Map<string, number>()
  const components: Component[] = []
  const qualified = new Map<Decl, string>()
  const prototypes: Decl[] = []
  const order = [...file.decls].sort((a, b) => a.start - b.start || b.at(D.end) - a.at(D.end) || a.index - b.index)
  for (const decl of order) {
    const owner = ownerOf(decl)
    decl.id = owner?.id ?? null
    const kind = decl.name === '' ? undefined : KINDS[decl.kind]
    if (kind === undefined || isInsideFunction(decl)) continue
    if (isComponent?.(decl, program) === false) {
      prototypes.push(decl)
      continue
    }
    const name = plainName(decl.name)
    const prefix =
      decl.host !== null
        ? nameOfHost(decl.host)
        : owner === null
          ? extendedType(decl)
          : (qualified.get(owner) ?? nameOfHost(owner))
    const qualifiedName = prefix === '' ? name : `${prefix}.${name}`
    if (qualifiedName.length > MAX_NAME) continue
    qualified.set(decl, qualifiedName)
    const count = (counts.get(qualifiedName) ?? 0) + 1
    counts.set(qualifiedName, count)
    decl.id = `${file.path}#${qualifiedName.replaceAll(' ', '')}${count === 1 ? '' : `~${count}`}`
    components.push({
      id: decl.id,
      kind: kind === 'function' && (decl.host ?? owner ?? MODULE).kind !== 'module' ? 'method' : kind,
      // `class Pool::Stack`
      name: TYPE_KINDS.has(kind) ? name.slice(name.lastIndexOf('.') + 1) : name,
      qualifiedName,
      file: file.path,
      startLine: decl.at(D.startLine),
      endLine: decl.at(D.endLine),
      exported: decl.has(Flag.exported) && !isOfForeignType(decl),
      visibility: VISIBILITIES[decl.at(D.visibility)] ?? 'public',
      signature: file.string(decl.at(D.signature)),
      ...decoratorsOf(decl),
      ...unpackDoc(docOf(decl, documented?.(decl, program))),
      parent: decl.host !== null && decl.host.file !== file ? null : (owner?.id ?? null),
      ...(decl.has(Flag.test) ? { isTest: true } : {}),
      ...(decl.has(Flag.hidden) ? { hidden: true } : {}),
    })
  }
  // A forward declaration gets the id of its definition.
  for (const decl of prototypes) {
    const definition = definitionOf?.(decl, program)
    if (definition?.file === file) decl.id = definition.id
  }
  return components
}

function decoratorsOf(decl: Decl): Pick<Component, 'decorators'> {
  const at = decl.at(D.attributes)
  return at === NONE ? {} : { decorators: decl.file.string(at).split('\n') }
}

/**
 * A prototype in another file, such as a header, is written for users, so its comment is preferred unless it says
 * much less.
 */
function docOf(decl: Decl, prototype: Decl | undefined): string | null {
  const own = decl.doc
  const other = prototype?.doc ?? null
  if (own === null || other === null) return own ?? other
  const isForUsers = prototype?.file !== decl.file && decl.has(Flag.exported)
  // A comment without punctuation at its end may be a heading for several declarations.
  const isSentence = (isWhole(other) && !GROUP_TITLE.test(other)) || PERSONAL.test(own)
  return isForUsers && other.length * (isSentence ? MUCH_LONGER : 1) > own.length ? other : own
}

const isWhole = (doc: string): boolean => /[.!?:)]$/.test(doc.trimEnd())
/** Matches the title of several declarations: `Other utilities.` */
const GROUP_TITLE =
  /^(?:[\w-]+ ){0,3}(?:api|callbacks|constants|functions|helpers|macros|methods|operations|routines|types|util(?:itie)?s)\.?$/i
/** Remarks of the author to readers of the code: `don't ask me, but …`. */
const PERSONAL = /\b(?:I|I'm|me|my)\b/

/** The component that contains a declaration. */
function ownerOf(decl: Decl): Decl | null {
  if (decl.host !== null && decl.host.file === decl.file) return decl.host
  let at = decl.parent
  const isOfUnnamed = at?.name === '' && at.isType && !at.has(Flag.transparent)
  const variable = isOfUnnamed && at !== null ? variableOf(at) : undefined
  if (variable !== undefined) return variable
  while (at !== null && (at.id === null || KINDS[at.kind] === undefined)) {
    if (at.host !== null && at.kind === 'impl') return at.host.file === decl.file ? at.host : null
    at = at.parent
  }
  return at
}

/** The C variable or field that an unnamed type belongs to: `struct { int a; } b`. */
function variableOf(type: Decl): Decl | undefined {
  if (type.file.spec.linking.family !== 'c') return undefined
  const near = type.file.decls.slice(type.index + 1, type.index + 1 + MAX_UNNAMED)
  return near.find(
    (one) =>
      (one.kind === 'variable' || one.kind === 'constant' || one.kind === 'field') &&
      one.parent === type.parent &&
      one.start <= type.start &&
      one.at(D.end) >= type.at(D.end),
  )
}

function nameOfHost(host: Decl): string {
  const parts: string[] = []
  for (let at: Decl | null = host; at !== null && parts.length < 20; at = at.owner) {
    if (KINDS[at.kind] !== undefined && at.name !== '') parts.unshift(plainName(at.name))
  }
  return parts.join('.')
}

/** The name of a type outside the repository that a Swift extension adds to: `Int` in `extension Int { … }`. */
function extendedType({ parent, file }: Decl): string {
  const isExtension = file.spec.language === 'swift' && parent?.kind === 'impl' && parent.host === null
  if (!isExtension) return ''
  const receiver = parent.at(D.receiver)
  if (receiver === NONE) return ''
  const isPassed = file.expr(receiver, E.op) === Op.pass
  return plainName(file.nameOf(isPassed ? file.expr(receiver, E.left) : receiver))
}

/** Members of `impl From<A> for u64` are never called by name. */
function isOfForeignType({ parent, host, file }: Decl): boolean {
  return file.spec.language === 'rust' && parent?.kind === 'impl' && parent.host === null && host === null
}

/** Declarations in the body of a function are part of it. */
function isInsideFunction(decl: Decl): boolean {
  for (let at = decl.parent; at !== null; at = at.parent) {
    if (at.isFunction || at.isLocal || at.kind === 'field' || at.kind === 'variable' || at.kind === 'constant')
      return true
  }
  return false
}

/** A name on one line, without spaces except in `operator bool`; ids contain none at all. */
function plainName(name: string): string {
  const plain = name.replace(/\s+/g, '')
  return /^operator\s+\w/.test(name) ? plain.replace('operator', 'operator ') : plain
}
