/**
 * Walks the parts of a statement or expression in order of evaluation, and marks those that may be skipped or
 * repeated.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { followBinary, followEither, followLoop, followSwitch, followTry } from './follow-branches.ts'
import { followFunction, followNestedClass, isStatic } from './follow-functions.ts'
import { regionIn } from './regions.ts'
import type { Walk } from './walk.ts'

const { SyntaxKind } = ts

/** Visit the parts of a node that is neither a name nor a call. */
export function followParts(node: ts.Node, walk: Walk): void {
  switch (node.kind) {
    case SyntaxKind.SourceFile:
    case SyntaxKind.Block:
    case SyntaxKind.ModuleBlock:
      walk.followList((node as ts.SourceFile | ts.Block | ts.ModuleBlock).statements)
      break
    case SyntaxKind.IfStatement: {
      const { expression, thenStatement, elseStatement } = node as ts.IfStatement
      followEither(expression, thenStatement, elseStatement, walk)
      break
    }
    case SyntaxKind.ConditionalExpression: {
      const { condition, whenTrue, whenFalse } = node as ts.ConditionalExpression
      followEither(condition, whenTrue, whenFalse, walk)
      break
    }
    case SyntaxKind.BinaryExpression:
      followBinary(node as ts.BinaryExpression, walk)
      break
    case SyntaxKind.WhileStatement: {
      const { expression, statement } = node as ts.WhileStatement
      followLoop(node, [expression, statement], walk, statement)
      break
    }
    case SyntaxKind.DoStatement: {
      const { expression, statement } = node as ts.DoStatement
      followLoop(node, [statement, expression], walk)
      break
    }
    case SyntaxKind.ForStatement: {
      const { initializer, condition, incrementor, statement } = node as ts.ForStatement
      walk.follow(initializer)
      followLoop(node, [condition, statement, incrementor], walk, statement)
      break
    }
    case SyntaxKind.ForInStatement:
    case SyntaxKind.ForOfStatement: {
      const { initializer, expression, statement } = node as ts.ForInOrOfStatement
      walk.follow(expression)
      followLoop(node, [initializer, statement], walk, statement)
      break
    }
    case SyntaxKind.SwitchStatement:
      followSwitch(node as ts.SwitchStatement, walk)
      break
    case SyntaxKind.TryStatement:
      followTry(node as ts.TryStatement, walk)
      break
    case SyntaxKind.LabeledStatement: {
      const { label, statement } = node as ts.LabeledStatement
      walk.within('label', () => walk.follow(statement), label.text)
      break
    }
    case SyntaxKind.ReturnStatement:
      walk.follow((node as ts.ReturnStatement).expression)
      walk.afterwards(({ region }) => walk.leaving.return({ node, region }))
      break
    case SyntaxKind.ThrowStatement:
      walk.follow((node as ts.ThrowStatement).expression)
      walk.afterwards(() => walk.leaving.throw())
      break
    case SyntaxKind.BreakStatement:
      walk.leaving.break((node as ts.BreakStatement).label?.text ?? '', { node, region: walk.region })
      break
    case SyntaxKind.ContinueStatement:
      walk.leaving.continue((node as ts.ContinueStatement).label?.text ?? '', { node, region: walk.region })
      break
    case SyntaxKind.VariableDeclaration: {
      const { name, type, initializer } = node as ts.VariableDeclaration
      walk.followAll([...(type === undefined ? [] : [type]), ...(initializer === undefined ? [] : [initializer]), name])
      break
    }
    case SyntaxKind.Parameter:
    case SyntaxKind.BindingElement:
      followDefault(node as ts.ParameterDeclaration | ts.BindingElement, walk)
      break
    case SyntaxKind.ShorthandPropertyAssignment: {
      const { name, objectAssignmentInitializer: value } = node as ts.ShorthandPropertyAssignment
      if (value !== undefined) walk.followIn(regionIn(walk.region, 'branch', value), value)
      walk.follow(name)
      break
    }
    case SyntaxKind.PropertyDeclaration:
      // Fields of a class that is not a component are in the class's region; fields that are components have their own
      // body.
      if (walk.isOwner(node.parent) && !walk.isOwner(node) && !isStatic(node as ts.PropertyDeclaration))
        walk.region = walk.nestedIn(node, '')
      walk.followChildren(node)
      break
    case SyntaxKind.ClassDeclaration:
    case SyntaxKind.ClassExpression:
      if (walk.isOwner(node)) walk.followChildren(node)
      else followNestedClass(node as ts.ClassLikeDeclaration, walk)
      break
    case SyntaxKind.FunctionDeclaration:
    case SyntaxKind.FunctionExpression:
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.Constructor:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      followFunction(node as ts.FunctionLikeDeclaration, walk)
      break
    default:
      walk.followChildren(node)
  }
}

/** A default value is evaluated only if no value is given. */
function followDefault(node: ts.ParameterDeclaration | ts.BindingElement, walk: Walk): void {
  const { initializer } = node
  if (ts.isParameter(node)) {
    walk.followAll(node.modifiers)
    walk.follow(node.type)
  } else walk.follow(node.propertyName)
  if (initializer !== undefined) walk.followIn(regionIn(walk.region, 'branch', initializer), initializer)
  walk.follow(node.name)
}
