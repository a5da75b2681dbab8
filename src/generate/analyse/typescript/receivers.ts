/**
 * Which member a name after a dot stands for, as far as declarations tell. `z.object({ … }).parse` is a member of what
 * `object` is declared to return, whatever is inside of it: the same declaration for every type argument. So nothing
 * is inferred, and no overload is chosen as long as all of them lead to one type. What this does not know is left to the
 * compiler, for whom the same question costs up to a hundred times as much.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import type { Guards } from './guarded-names.ts'

/** `known` also without a symbol: of a value without a type every member is nobody's. */
export interface Member {
  symbol: ts.Symbol | undefined
}

export type FindMember = (access: ts.PropertyAccessExpression) => Member | undefined

/** Nested calls, lambdas in lambdas; what is deeper is left to the compiler. */
const MAX_DEPTH = 100
const MAX_DEPTH_OF_TYPE = 5
const MAX_OVERLOADS = 60

/** @param guards - What conditions may do to types. */
export function createFindMember(checker: ts.TypeChecker, guards: Guards): FindMember {
  const known = new Map<ts.Node, ts.Type | undefined>()
  let depth = 0

  return (access) => memberOf(access)

  function memberOf({ expression, name }: ts.PropertyAccessExpression): Member | undefined {
    return ts.isIdentifier(name) ? memberNamed(expression, name.text) : undefined
  }

  function memberNamed(expression: ts.Expression, name: string): Member | undefined {
    const receiver = withMembers(rawTypeOf(expression))
    if (receiver === undefined) return undefined
    if (isAny(receiver)) return { symbol: undefined }
    const symbol = checker.getPropertyOfType(receiver, name)
    return symbol === undefined ? undefined : { symbol }
  }

  /** The type of a value with open type parameters, where it is one whose members do not hang on them. */
  function typeOf(node: ts.Expression): ts.Type | undefined {
    return solid(rawTypeOf(node))
  }

  /** The type of a value, as far as it is known, of whatever kind. */
  function rawTypeOf(node: ts.Expression): ts.Type | undefined {
    if (known.has(node)) return known.get(node)
    if (depth > MAX_DEPTH) return undefined
    // Whoever asks for what is being asked gets no answer.
    known.set(node, undefined)
    depth++
    const type = evaluate(node)
    depth--
    known.set(node, type)
    return type
  }

  function evaluate(node: ts.Expression): ts.Type | undefined {
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node))
      return rawTypeOf(node.expression)
    if (ts.isIdentifier(node)) {
      const type = guards.isGuarded(node.text, node) ? undefined : typeOfName(node)
      // One of several types may be told apart from the others by what is asked of it.
      return solid(type) ?? (guards.isTested(node.text, node) ? undefined : type)
    }
    if (ts.isPropertyAccessExpression(node)) {
      if (guards.isGuarded(node.name.text, node)) return undefined
      const type = typeOfMember(memberOf(node), node.expression)
      return solid(type) ?? (guards.isTested(node.name.text, node) ? undefined : type)
    }
    if (ts.isElementAccessExpression(node)) return typeOfElement(node)
    if (ts.isCallExpression(node)) return resultOf(node)
    if (ts.isNewExpression(node)) return instanceOf(node)
    if (ts.isAwaitExpression(node)) return awaited(rawTypeOf(node.expression))
    if (ts.isAsExpression(node))
      return ts.isConstTypeReference(node.type) ? undefined : checker.getTypeFromTypeNode(node.type)
    if (node.kind === ts.SyntaxKind.ThisKeyword) return checker.getApparentType(checker.getTypeAtLocation(node))
    return undefined
  }

  function typeOfMember(member: Member | undefined, receiver: ts.Expression): ts.Type | undefined {
    if (member === undefined) return undefined
    return member.symbol === undefined ? rawTypeOf(receiver) : checker.getTypeOfSymbol(member.symbol)
  }

  function typeOfElement({ expression, argumentExpression }: ts.ElementAccessExpression): ts.Type | undefined {
    if (ts.isNumericLiteral(argumentExpression)) return solid(elementOf(typeOf(expression)))
    if (!ts.isStringLiteralLike(argumentExpression)) return undefined
    return solid(typeOfMember(memberNamed(expression, argumentExpression.text), expression))
  }

  function elementOf(list: ts.Type | undefined): ts.Type | undefined {
    return list !== undefined && checker.isArrayType(list)
      ? checker.getTypeArguments(list as ts.TypeReference)[0]
      : undefined
  }

  function typeOfName(node: ts.Identifier): ts.Type | undefined {
    const symbol = targetOf(node)
    if (symbol === undefined) return undefined
    const declaration = symbol.valueDeclaration
    if (declaration === undefined) return checker.isUnknownSymbol(symbol) ? checker.getTypeOfSymbol(symbol) : undefined
    if (ts.isVariableDeclaration(declaration)) return typeOfVariable(declaration)
    if (ts.isParameter(declaration)) return typeOfParameter(declaration)
    if (ts.isBindingElement(declaration)) return typeOfBound(declaration)
    return checker.getTypeOfSymbol(symbol)
  }

  function targetOf(node: ts.Identifier): ts.Symbol | undefined {
    const symbol = checker.getSymbolAtLocation(node)
    if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol
    return checker.getAliasedSymbol(symbol)
  }

  function typeOfVariable(declaration: ts.VariableDeclaration): ts.Type | undefined {
    const { initializer, parent } = declaration
    if (declaration.type !== undefined) {
      // Of several types it has the one that it is set to.
      return initializer === undefined ? stated(declaration.type) : solid(stated(declaration.type))
    }
    if (isUntyped(declaration)) return undefined
    const isConstant = (parent.flags & ts.NodeFlags.Const) !== 0
    if (initializer !== undefined) return isConstant ? rawTypeOf(initializer) : typeOf(initializer)
    const isElement = ts.isForOfStatement(parent.parent) && parent.parent.awaitModifier === undefined
    return isElement ? solid(elementOf(typeOf((parent.parent as ts.ForOfStatement).expression))) : undefined
  }

  /** `const { name } = value`. */
  function typeOfBound({ name, propertyName, initializer, parent }: ts.BindingElement): ts.Type | undefined {
    const key = propertyName ?? name
    if (initializer !== undefined || !ts.isObjectBindingPattern(parent) || !ts.isIdentifier(key)) return undefined
    const { parent: holder } = parent
    if (!ts.isVariableDeclaration(holder) || holder.initializer === undefined || holder.type !== undefined)
      return undefined
    if (parent.elements.some((one) => one.name === name && one.dotDotDotToken !== undefined)) return undefined
    return solid(typeOfMember(memberNamed(holder.initializer, key.text), holder.initializer))
  }

  /** What a type says; of a type parameter, what it is at least, since here is where it is open. */
  function stated(node: ts.TypeNode): ts.Type | undefined {
    const type = checker.getTypeFromTypeNode(node)
    return (type.flags & ts.TypeFlags.TypeParameter) === 0 ? type : checker.getBaseConstraintOfType(type)
  }

  function typeOfParameter(declaration: ts.ParameterDeclaration): ts.Type | undefined {
    if (declaration.type !== undefined)
      return declaration.dotDotDotToken === undefined ? stated(declaration.type) : undefined
    if (isUntyped(declaration) || declaration.initializer !== undefined || declaration.dotDotDotToken !== undefined)
      return undefined
    const lambda = declaration.parent
    if (!ts.isArrowFunction(lambda) && !ts.isFunctionExpression(lambda)) return undefined
    const call = lambda.parent
    if (!ts.isCallExpression(call)) return undefined
    const position = call.arguments.indexOf(lambda)
    return position < 0 ? undefined : handedTo(call, position, lambda.parameters.indexOf(declaration))
  }

  /** What a lambda is given that is an argument of a call. */
  function handedTo(call: ts.CallExpression, position: number, index: number): ts.Type | undefined {
    const found: ts.Type[] = []
    for (const signature of signaturesOf(call.expression) ?? []) {
      const type = argumentOf(signature, position)
      if (type === undefined) continue
      const functions = functionsOf(type)
      if (functions === undefined) return undefined
      for (const inner of functions) {
        const given = argumentOf(inner, index)
        if (given === undefined || solid(given) === undefined) return undefined
        found.push(given)
      }
    }
    return sameOf(found)
  }

  /** Every way to call a value of a type; `undefined` where that is open. */
  function functionsOf(type: ts.Type, depthOfType = 0): ts.Signature[] | undefined {
    if (depthOfType > MAX_DEPTH_OF_TYPE) return undefined
    if (type.isUnionOrIntersection()) {
      const parts = type.types.map((one) => functionsOf(one, depthOfType + 1))
      return parts.every((one) => one !== undefined) ? parts.flat() : undefined
    }
    if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
      const constraint = type.getConstraint()
      return constraint === undefined ? undefined : functionsOf(constraint, depthOfType + 1)
    }
    if ((type.flags & OPEN) !== 0) return undefined
    return (type.flags & ts.TypeFlags.Object) === 0 ? [] : [...type.getCallSignatures()]
  }

  /** The type that a signature wants at a position. */
  function argumentOf(signature: ts.Signature, position: number): ts.Type | undefined {
    const { parameters } = signature
    const last = parameters.at(-1)
    if (last === undefined) return undefined
    const declaration = last.valueDeclaration
    const isRest = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined
    if (!isRest || position < parameters.length - 1) {
      const parameter = parameters[position]
      return parameter === undefined ? undefined : checker.getTypeOfSymbol(parameter)
    }
    const rest = checker.getTypeOfSymbol(last)
    if (checker.isTupleType(rest))
      return checker.getTypeArguments(rest as ts.TypeReference)[position - parameters.length + 1]
    return checker.isArrayType(rest) ? checker.getTypeArguments(rest as ts.TypeReference)[0] : undefined
  }

  function signaturesOf(callee: ts.Expression): readonly ts.Signature[] | undefined {
    const type = typeOf(callee)
    const signatures = type === undefined ? undefined : checker.getSignaturesOfType(type, ts.SignatureKind.Call)
    return signatures === undefined || signatures.length > MAX_OVERLOADS ? undefined : signatures
  }

  function resultOf(node: ts.CallExpression): ts.Type | undefined {
    const callee = typeOf(node.expression)
    if (callee === undefined || isAny(callee)) return callee
    const signatures = signaturesOf(node.expression)
    return sameOf((signatures ?? []).map((signature) => checker.getReturnTypeOfSignature(signature)))
  }

  function instanceOf(node: ts.NewExpression): ts.Type | undefined {
    if (!ts.isIdentifier(node.expression)) return undefined
    const symbol = targetOf(node.expression)
    if (symbol === undefined || (symbol.flags & ts.SymbolFlags.Class) === 0) return undefined
    return checker.getDeclaredTypeOfSymbol(symbol)
  }

  function awaited(type: ts.Type | undefined): ts.Type | undefined {
    if (type === undefined || isAny(type)) return type
    if (type.isUnion()) {
      const parts = type.types.map((one) => awaited(one))
      return parts.every((one) => one !== undefined) ? sameOf(parts) : undefined
    }
    const name = type.symbol?.name
    if (name === 'Promise' || name === 'PromiseLike') {
      const [inner] = checker.getTypeArguments(type as ts.TypeReference)
      return inner === undefined ? undefined : awaited(inner)
    }
    return solid(type) === undefined || checker.getPropertyOfType(type, 'then') !== undefined ? undefined : type
  }

  /** The one type that all are, but for type arguments. */
  function sameOf(types: readonly (ts.Type | undefined)[]): ts.Type | undefined {
    const [first] = types
    if (first === undefined) return undefined
    if (types.length === 1) return first
    const target = solid(first)
    const isSame = target?.symbol !== undefined && types.every((one) => solid(one)?.symbol === target.symbol)
    return isSame && !isAny(target) ? first : undefined
  }

  /** A solid type, or several that have the member; without `null` and `undefined`. */
  function withMembers(given: ts.Type | undefined): ts.Type | undefined {
    const type = solid(given)
    if (type !== undefined || given === undefined || !given.isUnion()) return type
    const several = checker.getNonNullableType(given)
    return several.isUnion() && several.types.every((one) => solid(one) !== undefined && !isAny(one))
      ? several
      : undefined
  }

  /** Without `null` and `undefined`; of objects and functions only, and only where members are declared. */
  function solid(given: ts.Type | undefined): ts.Type | undefined {
    if (given === undefined || isAny(given)) return given
    const type = given.isUnion() ? checker.getNonNullableType(given) : given
    if ((type.flags & ts.TypeFlags.Object) === 0 || type.symbol === undefined) return undefined
    const { objectFlags } = type as ts.ObjectType
    if ((objectFlags & (ts.ObjectFlags.Mapped | ts.ObjectFlags.ReverseMapped)) !== 0) return undefined
    return type
  }
}

const OPEN = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Instantiable

function isAny(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Any) !== 0
}

/** Of JavaScript with a comment that says a type. */
function isUntyped(declaration: ts.VariableDeclaration | ts.ParameterDeclaration): boolean {
  return (declaration.flags & ts.NodeFlags.JavaScriptFile) !== 0 && ts.getJSDocType(declaration) !== undefined
}
