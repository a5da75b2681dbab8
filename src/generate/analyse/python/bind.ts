/** Binds the names in statements and expressions other than definitions and imports. */

import { push } from '#base/multimap.ts'
import { NONE } from '#generate/analyse/syntax-tree.ts'
import { Binding, type BindingKind, type Scope } from './facts.ts'
import type { Scan } from './scan.ts'
import { K } from './syntax.ts'

/** Limit on the names that one statement binds. */
const MAX_TARGETS = 1_000

/** Binds the names that the current node binds, if any. */
export function bindTarget(scan: Scan, node: number): void {
  const { tree } = scan
  switch (tree.kind(node)) {
    case K.assignment:
      bindAssignment(scan, node)
      return
    case K.augmented_assignment:
      noteDunderAll(scan, node, tree.first(node))
      return
    case K.named_expression:
      bindWalrus(scan, node)
      return
    case K.for_statement:
    case K.for_in_clause: {
      const left = tree.first(node)
      const right = left === NONE ? NONE : tree.next(left, node)
      if (right !== NONE)
        bindPattern(scan, left, { kind: 'element', expression: right, from: tree.end(right), annotation: NONE })
      return
    }
    case K.as_pattern:
      bindAs(scan, node)
      return
    case K.case_pattern:
      bindCapture(scan, node)
      return
    case K.splat_pattern:
      if (tree.first(node) !== NONE) scan.bind('other', tree.first(node), NONE, tree.end(node))
      return
    case K.type_alias_statement:
      bindTypeAlias(scan, node)
      return
    default:
  }
}

function bindAssignment(scan: Scan, node: number): void {
  const { tree } = scan
  const left = tree.first(node)
  if (left === NONE) return
  const annotation = tree.childOfKind(node, K.type)
  let value = tree.last(node)
  if (value === left || value === annotation) value = NONE
  // `a = b = c`: every target has the value of the innermost right side.
  for (let depth = 0; value !== NONE && tree.kind(value) === K.assignment && depth < MAX_TARGETS; depth++) {
    value = tree.last(value)
  }
  noteDunderAll(scan, node, left)
  bindPattern(scan, left, { kind: 'assignment', expression: value, from: tree.end(node), annotation })
}

/** Records a statement that assigns to `__all__`. */
function noteDunderAll(scan: Scan, node: number, left: number): void {
  const { tree } = scan
  if (scan.scopes.current.kind !== 'module' || left === NONE || tree.kind(left) !== K.identifier) return
  if (tree.textOf(left) === '__all__') scan.facts.allStatements.push(node)
}

/** The value that all names of a target are bound to, from an offset on, with an annotation or `NONE`. */
interface BoundValue {
  readonly kind: BindingKind
  readonly expression: number
  readonly from: number
  readonly annotation: number
}

const isSplat = (kind: number): boolean => kind === K.list_splat_pattern || kind === K.list_splat

/** Binds every name of a target, which may be nested: `a, (b, *c) = …`. */
function bindPattern(scan: Scan, target: number, value: BoundValue): void {
  const { tree } = scan
  const work: { node: number; path: readonly number[] }[] = [{ node: target, path: [] }]
  for (let done = 0; work.length > 0 && done < MAX_TARGETS; done++) {
    const item = work.pop()
    if (item === undefined) return
    const { node, path } = item
    switch (tree.kind(node)) {
      case K.identifier: {
        const binding = scan.bind(value.kind, node, value.expression, value.from)
        if (binding === undefined) break
        binding.path = path
        binding.annotation = value.annotation
        break
      }
      case K.attribute:
        // A member of another object is used, not bound.
        if (bindSelfAttribute(scan, node, value, path)) {
          scan.mark(node)
          scan.use('own', node)
        }
        break
      case K.pattern_list:
      case K.tuple_pattern:
      case K.list_pattern:
      case K.tuple:
      case K.list:
      case K.as_pattern_target:
      case K.parenthesized_expression: {
        const isList = tree.kind(node) !== K.as_pattern_target && tree.kind(node) !== K.parenthesized_expression
        const children = tree.children(node)
        const splat = children.findIndex((child) => isSplat(tree.kind(child)))
        for (const [at, child] of children.entries()) {
          if (work.length >= MAX_TARGETS || path.length >= 8) break
          const index = splat === -1 || at < splat ? at : at - children.length - 1
          work.push({ node: child, path: isList ? [...path, index] : path })
        }
        break
      }
      case K.list_splat_pattern:
      case K.list_splat:
        if (tree.first(node) !== NONE) work.push({ node: tree.first(node), path: [...path.slice(0, -1), NONE] })
        break
      default:
    }
  }
}

/** Binds a field for `self.x = …` in a method. @returns Whether the node is such an assignment. */
function bindSelfAttribute(
  scan: Scan,
  node: number,
  { kind, expression, from, annotation }: BoundValue,
  path: readonly number[],
): boolean {
  const { tree } = scan
  const scope = scan.scopes.current
  const method = scope.definition
  const owner = method?.parent
  const object = tree.first(node)
  if (method === null || owner == null || method.kind !== 'function' || tree.kind(object) !== K.identifier) return false
  const [self] = method.parameters.keys()
  if (self === undefined || tree.textOf(object) !== self || method.decorators.includes('staticmethod')) return false
  const nameNode = tree.last(node)
  const binding = new Binding({ kind, scope, node: nameNode, expression, evaluatedIn: scope, from })
  binding.annotation = annotation
  binding.path = path
  push(owner.instanceFields, tree.textOf(nameNode), binding)
  return true
}

/** `(x := value)` binds in the enclosing function, not in a comprehension. */
function bindWalrus(scan: Scan, node: number): void {
  const { tree } = scan
  let scope: Scope = scan.scopes.current
  while (scope.kind === 'comprehension' && scope.parent !== null) scope = scope.parent
  scan.bind('assignment', tree.first(node), tree.last(node), tree.start(node), scope)
}

/** `with a as b`, `except A as b`, `case A() as b`. */
function bindAs(scan: Scan, node: number): void {
  const { tree } = scan
  const value = tree.first(node)
  const alias = tree.last(node)
  if (alias === value) return
  if (tree.kind(alias) !== K.as_pattern_target) {
    scan.bind('other', alias, NONE, tree.end(node))
    return
  }
  // The pattern of an `except` clause is its first child, and so the next node.
  const isException = node > 0 && tree.kind(node - 1) === K.except_clause
  if (isException && /^except\s{0,9}\*/.test(tree.textOf(node - 1))) {
    // An exception group, not one of its exceptions (PEP 654).
    scan.bind('other', tree.first(alias), NONE, tree.end(node))
    return
  }
  const kind = isException ? 'exception' : 'context'
  bindPattern(scan, alias, { kind, expression: value, from: tree.end(node), annotation: NONE })
}

/** `case name:`; a dotted name is a value, and so a use. */
function bindCapture(scan: Scan, node: number): void {
  const { tree } = scan
  const name = tree.first(node)
  if (name === NONE || tree.kind(name) !== K.dotted_name) return
  const first = tree.first(name)
  if (first !== NONE && tree.next(first, name) === NONE) scan.bind('other', first, NONE, tree.end(node))
}

function bindTypeAlias(scan: Scan, node: number): void {
  const { tree } = scan
  const left = tree.first(node)
  if (left === NONE) return
  let name = tree.first(left)
  if (name !== NONE && tree.kind(name) === K.generic_type) name = tree.first(name)
  if (name === NONE || tree.kind(name) !== K.identifier) return
  scan.bind('assignment', name, tree.last(node), tree.end(node))
}

/** Binds every name of `[T: bound, *Ts]` in `scope`; the names in bounds are uses. */
export function bindTypeParameters(scan: Scan, parameters: number, scope: Scope): void {
  const { tree } = scan
  for (let child = tree.first(parameters); child !== NONE; child = tree.next(child, parameters)) {
    let name = tree.first(child)
    let bound = NONE
    if (name !== NONE && tree.kind(name) === K.constrained_type) {
      bound = tree.last(name)
      name = tree.first(tree.first(name))
    } else if (name !== NONE && tree.kind(name) === K.splat_type) name = tree.first(name)
    if (name === NONE || tree.kind(name) !== K.identifier) continue
    const binding = scan.bind('other', name, NONE, tree.start(name), scope)
    if (binding !== undefined) binding.annotation = bound
  }
}
