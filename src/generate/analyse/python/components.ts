/** Turns definitions into components: chooses the best definition of each name, and sets ids, kinds and docs. */

import { unpackDoc } from '#generate/analyse/doc-comment.ts'
import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { Component, ComponentKind } from '#generate/model.ts'
import { docstringOf, variableDoc } from './docs.ts'
import { exportsOf } from './dunder-all.ts'
import type { Definition, FileFacts } from './facts.ts'
import type { ImportedMembers } from './imported-members.ts'
import { lineageOf } from './lineage.ts'
import type { Program } from './program.ts'
import { decoratorsOf, signatureOf } from './signatures.ts'
import { isInEveryBranch, isSkipped } from './skipped-branches.ts'
import { importedInstead, runTimeBinding } from './stand-ins.ts'
import { K } from './syntax.ts'
import { defineVariables } from './variables.ts'
import { isExported, isPrivateName } from './visibility.ts'

/** Limit on the length of a component's qualified name; only generated code has longer names. */
const MAX_NAME = 500
const MAX_OVERLOADS = 20

/**
 * Gives an id to every definition of a file that is a component. Definitions with the same qualified name (overloads,
 * the branches of an `if`, a property and its setter) share one.
 *
 * @returns The definition that represents each id.
 */
export function identify(program: Program, file: FileFacts, imported: ImportedMembers): Definition[] {
  const listed = exportsOf(program, file).names
  const variables = defineVariables(file, listed, imported.get(file.module.path ?? ''))
  const groups = new Map<string, Definition[]>()
  for (const definition of [...file.definitions, ...variables]) {
    if (definition.isLocal || definition.name === '') continue
    const name = qualifiedName(definition)
    if (name === undefined) continue
    const group = groups.get(name)
    // A variable with the name of a class or function of the file is the same component.
    if (group === undefined) groups.set(name, [definition])
    else group.push(definition)
  }
  const best: Definition[] = []
  for (const [name, group] of groups) {
    for (const definition of group) definition.id = `${file.module.path}#${name}`
    const [first] = group
    if (first === undefined) continue
    const chosen = group.length === 1 ? first : group.reduce((a, b) => (rank(b) > rank(a) ? b : a), first)
    chosen.overloads = group.length > 1 ? group.filter(isOverload) : []
    chosen.accessors = group.filter((one) => one !== chosen && isAccessor(one))
    const nodes = group.map(({ outer }) => outer)
    chosen.isInEveryBranch = nodes.length > 1 && isInEveryBranch(file.tree, chosen.outer, nodes)
    best.push(chosen)
  }
  return best
}

function qualifiedName(definition: Definition): string | undefined {
  const parts: string[] = []
  let length = 0
  for (let at: Definition | null = definition; at !== null; at = at.parent) {
    parts.push(at.name)
    length += at.name.length + 1
    if (length > MAX_NAME) return undefined
  }
  return parts.reverse().join('.')
}

/**
 * Ranks how well a definition represents its name: an implementation before overloads, a getter before a setter, code
 * that runs on Linux before code for other systems, for errors and for type checkers.
 */
function rank(definition: Definition): number {
  if (definition.kind === 'variable') return 0
  if (runTimeBinding(definition) !== undefined) return -1
  const hasDoc = docstringOf(definition) !== null
  const isLast = isSkipped(definition.file.tree, definition.outer)
  return (isLast ? -20 : 1) + (isAccessor(definition) ? 0 : 4) + (isOverload(definition) ? 0 : 2) + (hasDoc ? 1 : 0)
}

const isOverload = ({ decorators }: Definition): boolean => decorators.some((name) => /(?:^|\.)overload$/.test(name))

const isAccessor = ({ decorators }: Definition): boolean =>
  decorators.some((name) => /\.(?:setter|deleter)$/.test(name))

export function componentOf(program: Program, definition: Definition): Component {
  const { tree, module } = definition.file
  const { mainBinding } = definition
  const endNode = definition.outer
  const { accessors } = definition
  const [signature = '', ...overloads] = [
    ...(definition.overloads.length > 0 ? definition.overloads : [definition]),
    ...accessors,
  ].map((one) => signatureOf(one, isOverload(one) ? definition : undefined))
  const decorators = decoratorsOf(definition)
  const imported = importedInstead(definition)
  return {
    id: definition.id ?? '',
    kind: kindOf(program, definition),
    name: definition.name,
    qualifiedName: (definition.id ?? '').slice((module.path ?? '').length + 1),
    file: module.path ?? '',
    startLine: tree.startLine(headOf(definition)),
    endLine:
      mainBinding === null ? tree.endLine(endNode) : tree.lineAt(Math.max(tree.start(endNode), mainBinding.from - 1)),
    exported: isExported(program, definition),
    visibility: isPrivateName(definition.name) ? 'private' : 'public',
    signature: imported ?? signature,
    ...(definition.isInEveryBranch && { condition: '' }),
    ...(overloads.length > 0 && { overloads: overloads.slice(0, MAX_OVERLOADS) }),
    ...(definition.overloads.length > 0 && !isOverload(definition) && { implementation: signatureOf(definition) }),
    ...(decorators.length > 0 && { decorators }),
    ...unpackDoc(
      imported !== undefined ? null : mainBinding === null ? docOf(definition) : variableDoc(definition, mainBinding),
    ),
    parent: definition.parent?.id ?? null,
  }
}

/** Limit on the lines from the end of an overload to the next one. */
const MAX_GAP = 3

/** The node that a definition begins with: that of its first overload, if only overloads are between them. */
function headOf({ file: { tree }, outer, parent, overloads }: Definition): number {
  let head = outer
  for (const one of overloads.toReversed()) {
    const gap = tree.startLine(head) - tree.endLine(one.outer)
    if (one.parent !== parent || gap < 1 || gap > MAX_GAP) break
    head = one.outer
  }
  return head
}

/** The doc of a definition; for a property whose getter has none, the doc of its setter. */
function docOf(definition: Definition): string | null {
  return [definition, ...definition.accessors].map(docstringOf).find((doc) => doc !== null) ?? null
}

function kindOf(program: Program, definition: Definition): ComponentKind {
  if (definition.kind === 'function') return definition.parent === null ? 'function' : 'method'
  if (definition.kind === 'class') {
    const { isEnum, isProtocol } = lineageOf(program, definition)
    return isEnum ? 'enum' : isProtocol ? 'interface' : 'class'
  }
  if (definition.parent !== null) return 'field'
  return isType(definition) ? 'type' : 'constant'
}

/** `type X = …`, `X: TypeAlias = …`, `X = TypeVar(…)`, `X = list[int]`. */
function isType(definition: Definition): boolean {
  const { mainBinding } = definition
  const { tree } = definition.file
  if (mainBinding === null) return false
  if (tree.kind(mainBinding.node - 1) === K.type || tree.kind(mainBinding.node - 2) === K.type) return true
  if (mainBinding.annotation !== NONE && /\bTypeAlias\b/.test(tree.textOf(mainBinding.annotation).slice(0, 80)))
    return true
  if (mainBinding.expression === NONE || mainBinding.annotation !== NONE) return false
  if (/^[A-Z]/.test(definition.name) && isTypeExpression(tree.textOf(mainBinding.expression))) return true
  if (tree.kind(mainBinding.expression) !== K.call) return false
  const called = tree.textOf(tree.first(mainBinding.expression)).slice(-40)
  return /(?:^|\.)(?:TypeVar|ParamSpec|TypeVarTuple|NewType|TypeAliasType)$/.test(called)
}

/** `Union[…]`, `list[…]`, `A | None`. */
function isTypeExpression(text: string): boolean {
  return (
    /^(?:\w+\.)*(?:Union|Optional|Callable|Literal|Annotated|Type|type|[Ll]ist|[Dd]ict|[Tt]uple|[Ss]et)\[/.test(text) ||
    /^None\s*\||\|\s*None$/.test(text)
  )
}
