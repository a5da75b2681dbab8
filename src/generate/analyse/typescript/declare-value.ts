/** Declares names with a value: functions, classes, object literals, constants. */

import { ts } from '#generate/analyse/compiler.mjs'
import { declareClassMembers, declareObjectMembers } from './declare-members.ts'
import type { Draft } from './draft.ts'
import { unwrap } from './expressions.ts'
import { specifierOfRequire } from './require-calls.ts'
import type { Scope } from './scope.ts'
import { classSignature, functionSignature, sourceText, valueSignature } from './signature.ts'

/** A name, and where it is declared. */
interface NamedDeclaration {
  readonly name: string
  /** The node whose leading comment documents it; its span is the component's. */
  readonly host: ts.Node
  /** The nodes that declare the name, without its value. */
  readonly nodes: readonly ts.Node[]
  readonly parent: Draft | null
  readonly exported: boolean
}

/**
 * Declare a name as a function, a class, a field or a constant, depending on its value.
 *
 * @param initializer - The value as written; `undefined` if there is none.
 * @param annotation - The type after its colon; without one, the type that the value is asserted to have counts.
 */
export function declareValue(
  declaration: NamedDeclaration,
  initializer: ts.Expression | undefined,
  scope: Scope,
  annotation?: ts.TypeNode,
): Draft | undefined {
  const { name, host, parent, exported } = declaration
  const value = unwrap(initializer)
  const nodes = value === undefined ? declaration.nodes : [...declaration.nodes, value]
  if (value !== undefined && ts.isClassExpression(value)) return declareClass({ ...declaration, nodes }, value, scope)
  const type = annotation ?? assertedType(initializer)
  const isMember = parent !== null && parent.kind !== 'namespace'
  let draft: Draft | undefined
  if (value !== undefined && (ts.isFunctionExpression(value) || ts.isArrowFunction(value))) {
    const kind = isMember ? 'method' : 'function'
    const signature = type === undefined ? functionSignature(name, value) : valueSignature(name, type, undefined)
    draft = scope.drafts.add({ kind, name, parent, signature, exported }, host, nodes)
  } else {
    const kind = isMember ? 'field' : 'constant'
    const signature = valueSignature(isMember ? name : `${keywordOf(declaration.nodes[0])}${name}`, type, value)
    draft = scope.drafts.add({ kind, name, parent, signature, exported, isIncidental: !isMember }, host, nodes)
    if (draft !== undefined && value !== undefined && ts.isObjectLiteralExpression(value)) {
      declareObjectMembers(value, draft, scope)
    }
  }
  if (draft !== undefined && parent === null && specifierOfRequire(value) === undefined) scope.roots.set(name, draft)
  if (value !== undefined && ts.isPropertyAccessExpression(value) && value.name.text === 'prototype') {
    scope.prototypes.set(name, sourceText(value.expression))
  }
  return draft
}

/** `Redux` in `impl as unknown as Redux`; `undefined` for `any`, `unknown` and `const`, which say less than the value. */
function assertedType(value: ts.Expression | undefined): ts.TypeNode | undefined {
  let inner = value
  while (inner !== undefined && (ts.isParenthesizedExpression(inner) || ts.isSatisfiesExpression(inner)))
    inner = inner.expression
  if (inner === undefined || !(ts.isAsExpression(inner) || ts.isTypeAssertionExpression(inner))) return undefined
  const { type } = inner
  const { AnyKeyword, UnknownKeyword } = ts.SyntaxKind
  return ts.isConstTypeReference(type) || type.kind === AnyKeyword || type.kind === UnknownKeyword ? undefined : type
}

/** `let ` of a declaration; `const ` for an assignment without a keyword; '' for a property of an object. */
function keywordOf(node: ts.Node | undefined): string {
  if (node !== undefined && ts.isPropertyAssignment(node)) return ''
  if (node === undefined || !ts.isVariableDeclaration(node)) return 'const '
  if ((node.parent.flags & ts.NodeFlags.Let) !== 0) return 'let '
  return (node.parent.flags & ts.NodeFlags.BlockScoped) === 0 ? 'var ' : 'const '
}

/** Declares a class, and its members in the order of the source. */
export function declareClass(
  { name, host, nodes, parent, exported }: NamedDeclaration,
  node: ts.ClassLikeDeclaration,
  scope: Scope,
): Draft | undefined {
  const signature = classSignature(name, node)
  const draft = scope.drafts.add({ kind: 'class', name, parent, signature, exported }, host, nodes)
  if (draft === undefined) return undefined
  if (parent === null) scope.roots.set(name, draft)
  declareClassMembers(node, draft, scope)
  return draft
}
