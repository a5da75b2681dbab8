/** Scans classes, functions and lambdas: names, decorators, bases, parameters, and the scopes inside. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import { bindTypeParameters } from './bind.ts'
import { dottedParts } from './dotted-parts.ts'
import { Definition, Scope } from './facts.ts'
import type { Scan } from './scan.ts'
import { K } from './syntax.ts'

export function scanDecorated(scan: Scan, node: number): void {
  const tree = scan.tree
  for (let child = tree.first(node); child !== NONE; child = tree.next(child, node)) {
    const kind = tree.kind(child)
    if (kind !== K.function_definition && kind !== K.class_definition) continue
    const definition = declare(scan, child, node)
    for (let other = tree.first(node); other !== child && other !== NONE; other = tree.next(other, node)) {
      if (tree.kind(other) !== K.decorator) continue
      const expression = tree.first(other)
      const name = expression === NONE ? NONE : tree.kind(expression) === K.call ? tree.first(expression) : expression
      const parts = name === NONE ? undefined : dottedParts(tree, name)
      if (parts !== undefined) definition.decorators.push(parts.join('.'))
    }
    if (!definition.isLocal) scan.owners.enter(definition, tree.afterOf(node))
    return
  }
}

export function scanDefinition(scan: Scan, node: number): void {
  const known = scan.facts.definitions[scan.facts.definitions.length - 1]
  const definition = known?.node === node ? known : declare(scan, node, node)
  if (known?.node !== node && !definition.isLocal) scan.owners.enter(definition, scan.tree.afterOf(node))
  scanBody(scan, node, definition)
}

function declare(scan: Scan, node: number, outer: number): Definition {
  const tree = scan.tree
  const scope = scan.scopes.current
  const kind = tree.kind(node) === K.class_definition ? 'class' : 'function'
  const nameNode = tree.childOfKind(node, K.identifier)
  const parent = scope.kind === 'class' ? scope.definition : null
  const isLocal = parent === null ? scope.kind !== 'module' : parent.isLocal
  const name = nameNode === NONE ? '' : tree.textOf(nameNode)
  const definition = new Definition({ kind, name, scope, node, outer, parent, isLocal })
  if (!isLocal) definition.key = scan.keyFor(name, parent)
  scan.facts.definitions.push(definition)
  const binding = nameNode === NONE ? undefined : scan.bind('definition', nameNode, NONE, tree.start(node))
  if (binding !== undefined) binding.definition = definition
  return definition
}

function scanBody(scan: Scan, node: number, definition: Definition): void {
  const tree = scan.tree
  let outside = scan.scopes.current
  const parameters = tree.childOfKind(node, K.type_parameter)
  if (parameters !== NONE) {
    outside = new Scope('type parameters', outside, scan.facts, null)
    scan.scopes.enter(outside, tree.afterOf(node))
    bindTypeParameters(scan, parameters, outside)
  }
  const body = new Scope(definition.kind === 'class' ? 'class' : 'function', outside, scan.facts, definition)
  definition.body = body
  const block = tree.childOfKind(node, K.block)
  if (block !== NONE) scan.enterAt(block, body)
  if (definition.kind === 'function') scanParameters(scan, tree.childOfKind(node, K.parameters), body, definition)
  else scanBases(scan, tree.childOfKind(node, K.argument_list), definition)
}

function scanBases(scan: Scan, list: number, definition: Definition): void {
  const tree = scan.tree
  if (list === NONE) return
  for (let child = tree.first(list); child !== NONE; child = tree.next(child, list)) {
    const kind = tree.kind(child)
    if (kind === K.keyword_argument || kind === K.dictionary_splat || kind === K.list_splat) continue
    definition.bases.push(child)
    if (definition.isLocal) continue
    const name = kind === K.subscript ? tree.first(child) : child
    scan.use('base', name)
    scan.mark(name)
  }
}

function scanParameters(scan: Scan, list: number, body: Scope, definition: Definition | null): void {
  const tree = scan.tree
  if (list === NONE) return
  for (let child = tree.first(list); child !== NONE; child = tree.next(child, list)) {
    const kind = tree.kind(child)
    const isWrapped = kind !== K.identifier && kind !== K.tuple_pattern
    const name = isWrapped ? tree.first(child) : child
    if (name === NONE) continue
    const isSplat = (k: number): boolean => k === K.list_splat_pattern || k === K.dictionary_splat_pattern
    const hasSplat = isSplat(kind) || isSplat(tree.kind(name))
    const identifier = tree.kind(name) === K.identifier ? name : tree.first(name)
    if (identifier === NONE || tree.kind(identifier) !== K.identifier) continue
    const hasDefault = kind === K.default_parameter || kind === K.typed_default_parameter
    const value = hasDefault ? tree.last(child) : NONE
    const binding = scan.bind('parameter', identifier, value, tree.start(child), body)
    if (binding === undefined) continue
    binding.annotation = isWrapped ? tree.childOfKind(child, K.type) : NONE
    if (hasSplat) binding.path = [NONE]
    definition?.parameters.set(tree.textOf(identifier), binding)
  }
}

export function scanLambda(scan: Scan, node: number): void {
  const tree = scan.tree
  const scope = new Scope('lambda', scan.scopes.current, scan.facts, null)
  scan.facts.inner.set(node, scope)
  const body = tree.last(node)
  scanParameters(scan, tree.childOfKind(node, K.lambda_parameters), scope, null)
  if (body !== NONE && tree.kind(body) !== K.lambda_parameters) scan.enterAt(body, scope)
}
