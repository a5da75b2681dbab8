/** Members that the checker cannot know for want of the types of dependencies, for the oracle of TypeScript. */

import ts from 'typescript'

/**
 * Whether a name without a symbol is a member of a value whose type comes from a missing dependency, directly or through
 * conditional types. What the code itself declares as `any`, and members of an index signature, are known to be nothing.
 */
export function isOfUnknownType(node: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = node
  const holder =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isElementAccessExpression(parent) && parent.argumentExpression === node)
      ? parent.expression
      : ts.isBindingElement(parent) && parent.initializer !== node
        ? parent.parent
        : undefined
  if (holder === undefined || (ts.isExpression(holder) && isDeclaredAny(holder, checker))) return false
  const type = checker.getApparentType(checker.getTypeAtLocation(holder))
  if ((type.flags & ts.TypeFlags.Any) !== 0) return true
  // The compiler reports a member that does not exist in TypeScript only.
  if (/\.[cm]?jsx?$/.test(node.getSourceFile().fileName)) return false
  return type.getStringIndexType() === undefined
}

/** `x as any`, and a name that is declared with the type `any`. */
function isDeclaredAny(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  let plain = expression
  while (ts.isParenthesizedExpression(plain)) plain = plain.expression
  if (ts.isAsExpression(plain)) return isAny(plain.type)
  const declared = checker.getSymbolAtLocation(plain)?.valueDeclaration
  return declared !== undefined && 'type' in declared && isAny(declared.type as ts.TypeNode | undefined)
}

const isAny = (type: ts.TypeNode | undefined): boolean => type?.kind === ts.SyntaxKind.AnyKeyword
