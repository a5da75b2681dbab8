/** Declares the members of classes, interfaces, type literals and object literals. */

import { append } from '#base/long-arrays.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { joinDocs, packDoc, unpackDoc } from '#generate/analyse/doc-comment.ts'
import { docBefore } from './doc-before.ts'
import type { Draft } from './draft.ts'
import { specifierOfRequire } from './require-calls.ts'
import type { Scope } from './scope.ts'
import { clip, functionSignature, hasModifier, memberPrefix, sourceText, valueSignature } from './signature.ts'

/** Declare methods, fields, accessors and parameter properties. */
export function declareClassMembers(node: ts.ClassLikeDeclaration, parent: Draft, scope: Scope): void {
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member)) {
      declareParameters(member, parent, scope)
      parent.doc = joinDocs(parent.doc, constructorDoc(member, scope.drafts.file.text, parent.doc === null))
    } else if (member.name !== undefined) declareMember(member, member.name, parent, scope)
  }
}

/** Matches a description that says only that it is a constructor. */
const SAYS_NOTHING =
  /^(?:(?:the )?(?:builds?|constructs?|creates?|initiali[sz]es?|instantiates?|makes?|new)\b|(?:[\w`$.-]{1,40} ){0,4}constructor\b)/i

/** The parameters and errors of a constructor; its description only if it is informative and the class has none. */
function constructorDoc(node: ts.ConstructorDeclaration, text: string, isOnly: boolean): string | null {
  const { doc, details = {} } = unpackDoc(docBefore(text, node)?.doc ?? null)
  const { parameters, raises } = details
  const words = isOnly && doc !== null && !SAYS_NOTHING.test(doc) ? doc : ''
  return packDoc({
    text: words,
    details: { ...(parameters === undefined ? {} : { parameters }), ...(raises === undefined ? {} : { raises }) },
  })
}

export function declareTypeMembers(members: readonly ts.TypeElement[], parent: Draft, scope: Scope): void {
  for (const member of members) {
    if (member.name !== undefined) declareMember(member, member.name, parent, scope)
    else declareUnnamed(member, parent, scope)
  }
}

/** Declares the members of a type literal, or of each type literal in an intersection. */
export function declareLiteralMembers(type: ts.TypeNode, parent: Draft, scope: Scope): void {
  const pending: ts.TypeNode[] = [type]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (ts.isTypeLiteralNode(next)) declareTypeMembers(next.members, parent, scope)
    else if (ts.isParenthesizedTypeNode(next)) pending.push(next.type)
    else if (ts.isIntersectionTypeNode(next)) append(pending, next.types.toReversed())
  }
}

/** Declares a call, construct or index signature. It has no name, so its parent uses the types in it. */
function declareUnnamed(member: ts.TypeElement, parent: Draft, scope: Scope): void {
  const of = { parent, exported: parent.exported }
  if (ts.isIndexSignatureDeclaration(member)) {
    const signature = clip(sourceText(member).replace(/[;,]$/, ''))
    scope.drafts.add({ ...of, kind: 'field', name: '[index]', signature }, member, [])
  } else if (ts.isCallSignatureDeclaration(member) || ts.isConstructSignatureDeclaration(member)) {
    const isCall = ts.isCallSignatureDeclaration(member)
    const signature = functionSignature(isCall ? '' : 'new ', member)
    const name = isCall ? '[call]' : '[new]'
    scope.drafts.add({ ...of, kind: 'method', name, signature }, member, [], 'unnamed')
  }
}

/** Limit on the properties of an object with functions, above which its values are data. */
const MAX_PROPERTIES = 100

/** Declare the functions of an object literal, and its values if it has functions; in others they are data, not API. */
export function declareObjectMembers(object: ts.ObjectLiteralExpression, parent: Draft, scope: Scope): void {
  const hasFunctions = object.properties.length <= MAX_PROPERTIES && object.properties.some(isMethod)
  for (const property of object.properties) {
    if (property.name === undefined) continue
    if (ts.isPropertyAssignment(property)) {
      const value = property.initializer
      const name = memberName(property.name)
      if (name === undefined) continue
      const of = { name, parent, exported: parent.exported }
      if (ts.isFunctionExpression(value) || ts.isArrowFunction(value))
        scope.drafts.add({ ...of, kind: 'method', signature: functionSignature(name, value) }, property, [
          property,
          value,
        ])
      else if (hasFunctions) {
        // Uses of an alias count as uses of its target, which the alias itself uses.
        const isAlias = isReference(value)
        const signature = isAlias ? clip(`${name} = ${sourceText(value)}`) : valueSignature(name, undefined, value)
        scope.drafts.add({ ...of, kind: 'field', signature }, property, [isAlias ? value : property])
      }
    } else if (!ts.isShorthandPropertyAssignment(property)) declareMember(property, property.name, parent, scope)
  }
}

/** `plan`, `orbit.plan`, `require('./plan')` */
function isReference(value: ts.Expression): boolean {
  return ts.isIdentifier(value) || ts.isPropertyAccessExpression(value) || specifierOfRequire(value) !== undefined
}

function isMethod(property: ts.ObjectLiteralElementLike): boolean {
  if (!ts.isPropertyAssignment(property)) return ts.isMethodDeclaration(property)
  return ts.isFunctionExpression(property.initializer) || ts.isArrowFunction(property.initializer)
}

function declareParameters(declaration: ts.ConstructorDeclaration, parent: Draft, scope: Scope): void {
  for (const parameter of declaration.parameters) {
    if (!ts.isParameterPropertyDeclaration(parameter, declaration) || !ts.isIdentifier(parameter.name)) continue
    const name = parameter.name.text
    const signature = valueSignature(`${memberPrefix(parameter)}${name}`, parameter.type, undefined)
    const exported = parent.exported && !isPrivate(parameter)
    scope.drafts.add({ kind: 'field', name, parent, signature, exported }, parameter, [parameter])
  }
}

type Member = ts.ClassElement | ts.TypeElement | ts.ObjectLiteralElementLike

function declareMember(member: Member, nameNode: ts.PropertyName, parent: Draft, scope: Scope): void {
  const name = memberName(nameNode)
  if (name === undefined) return
  const exported = parent.exported && !isPrivate(member) && !ts.isPrivateIdentifier(nameNode)
  const prefix = memberPrefix(member)
  const side = hasModifier(member, ts.SyntaxKind.StaticKeyword) ? 'static' : 'own'
  const of = { name, parent, exported }
  if (ts.isMethodDeclaration(member) || ts.isMethodSignature(member)) {
    const optional = member.questionToken === undefined ? '' : '?'
    const signature = functionSignature(`${name}${optional}`, member, prefix)
    scope.drafts.add({ ...of, kind: 'method', signature }, member, [member], `method ${side}`)
  } else if (ts.isAccessor(member)) {
    const signature = functionSignature(name, member, prefix)
    scope.drafts.add({ ...of, kind: 'field', signature }, member, [member], `accessor ${side}`)
  } else if (ts.isPropertyDeclaration(member) || ts.isPropertySignature(member)) {
    const value = ts.isPropertyDeclaration(member) ? member.initializer : undefined
    const isFunction = value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))
    const head = `${prefix}${name}${member.questionToken === undefined ? '' : '?'}`
    if (isFunction && member.type === undefined) {
      const signature = functionSignature(name, value, prefix)
      scope.drafts.add({ ...of, kind: 'method', signature }, member, [member, value])
    } else {
      const isMethod = isFunction || (member.type !== undefined && ts.isFunctionTypeNode(member.type))
      const signature = valueSignature(head, member.type, value)
      scope.drafts.add({ ...of, kind: isMethod ? 'method' : 'field', signature }, member, [member])
    }
  }
}

/** `undefined` for names that are computed from anything but a constant. */
function memberName(node: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(node)) {
    const { expression } = node
    if (ts.isStringLiteralLike(expression)) return expression.text
    const isConstant = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression)
    return isConstant ? `[${sourceText(expression)}]` : undefined
  }
  return node.text
}

function isPrivate(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.PrivateKeyword) || hasModifier(node, ts.SyntaxKind.ProtectedKeyword)
}
