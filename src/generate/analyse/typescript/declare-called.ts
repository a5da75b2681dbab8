/** Turns a variable into a function if its type is an interface with call signatures alone: `const plan: Plan`. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { TaggedComment } from './comment.ts'
import { docBefore } from './doc-before.ts'
import { type Draft, headOf, withOverload } from './draft.ts'
import type { Scope } from './scope.ts'
import { functionSignature } from './signature.ts'

/** Limit on the overloads of an interface that are compared. */
const MAX_SIGNATURES = 100

interface Overload {
  readonly node: ts.CallSignatureDeclaration
  readonly comment: TaggedComment | undefined
}

/** Copies the signatures and the doc comment of its type to a variable. Deprecated signatures are left out if there are others. */
export function declareCalled(draft: Draft, type: ts.TypeNode | undefined, scope: Scope): void {
  const last = draft.nodes.at(-1)
  const isImplemented = last !== undefined && (ts.isArrowFunction(last) || ts.isFunctionExpression(last))
  if (!isImplemented && (last === undefined || !ts.isVariableDeclaration(last))) return
  const overloads = overloadsOf(type, scope)
  const current = overloads.filter(({ comment }) => comment?.tags.has('deprecated') !== true)
  const [first, ...others] = (current.length === 0 ? overloads : current).toSorted((a, b) => rankOf(a) - rankOf(b))
  if (first === undefined) return
  const signatures = [...others, ...(isImplemented ? [first] : [])]
  draft.kind = 'function'
  draft.signature = functionSignature(draft.name, first.node)
  // The last signature of a function with a body is treated as the implementation, which is not shown.
  draft.signatures = signatures.map(({ node }) => functionSignature(draft.name, node))
  if (draft.doc !== null) return
  draft.doc = first.comment?.doc ?? null
  for (const { node, comment } of others)
    if (draft.doc !== null && comment !== undefined)
      draft.doc = withOverload(draft.doc, headOf(draft.name, functionSignature(draft.name, node), node), comment.doc)
}

/** Documented overloads come first. */
const rankOf = ({ comment }: Overload): number => (comment === undefined ? 1 : 0)

/** The call signatures of an interface in the same file that has no other members. */
function overloadsOf(type: ts.TypeNode | undefined, scope: Scope): Overload[] {
  if (type === undefined || !ts.isTypeReferenceNode(type) || type.typeArguments !== undefined) return []
  const { typeName } = type
  if (!ts.isIdentifier(typeName)) return []
  const { statements, text } = scope.drafts.file
  const found: Overload[] = []
  for (const statement of statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== typeName.text) continue
    if (statement.heritageClauses !== undefined) return []
    for (const node of statement.members) {
      if (!ts.isCallSignatureDeclaration(node) || found.length === MAX_SIGNATURES) return []
      found.push({ node, comment: docBefore(text, node) })
    }
  }
  return found
}
