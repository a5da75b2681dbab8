/** Finds the scopes of a file and the names they declare, in one walk without recursion. */

import { ts } from '#generate/analyse/compiler.mjs'
import { specifierOfRequire } from '#generate/analyse/typescript/require-calls.ts'

const { SyntaxKind: K, NodeFlags } = ts

/** The meanings of a name: value, type and namespace. */
export const Meaning = { value: 1, type: 2, namespace: 4, any: 7 } as const

/** A name in a scope. */
export interface Binding {
  readonly name: string
  readonly nodes: ts.Node[]
  /** Values assigned to the name. */
  readonly assigned: ts.Expression[]
  /** Members assigned to the name. */
  readonly members: AssignedMember[]
  /** The position of its record; 0 if there is none yet. */
  record: number
  /** The binding that this is an alias of. */
  local?: Binding
}

/** A member assigned with `X.name = value` or `X.prototype.name = value`, or all members of an assigned object. */
export interface AssignedMember {
  readonly name: string
  readonly value: ts.Expression | undefined
  readonly node: ts.Node
  readonly isPrototype: boolean
  /** All members of the value are assigned, as by `Object.assign`. */
  readonly isWhole: boolean
}

export type Scope = Map<string, Binding>

export interface Scopes {
  readonly of: ReadonlyMap<ts.Node, Scope>
  /** All assignments, in source order. */
  readonly assignments: readonly ts.BinaryExpression[]
  /** `x ??= value` and the like, and loops over an existing name: `for (x of all)`. */
  readonly updates: readonly (ts.BinaryExpression | ts.ForInStatement | ts.ForOfStatement)[]
  /** Calls of static methods of `Object`. */
  readonly objectCalls: readonly ts.CallExpression[]
}

export function meaningOf(node: ts.Node): number {
  switch (node.kind) {
    case K.InterfaceDeclaration:
    case K.TypeAliasDeclaration:
    case K.TypeParameter:
    case K.JSDocTypedefTag:
      return Meaning.type
    case K.ClassDeclaration:
    case K.ClassExpression:
    case K.EnumDeclaration:
    case K.ImportClause:
    case K.ImportSpecifier:
    case K.NamespaceImport:
    case K.ImportEqualsDeclaration:
      return Meaning.any
    case K.ModuleDeclaration:
      return Meaning.namespace | Meaning.value
    default:
      return isRequired(node) ? Meaning.any : Meaning.value
  }
}

/** Whether JavaScript binds the name with `const name = require('…')` or `const { name } = require('…')`: an alias. */
export function isRequired(node: ts.Node | undefined): boolean {
  if (node === undefined || (node.flags & NodeFlags.JavaScriptFile) === 0) return false
  const holder = ts.isBindingElement(node) ? node.parent.parent : node
  return ts.isVariableDeclaration(holder) && specifierOfRequire(holder.initializer) !== undefined
}

/** Kinds of nodes that have opened a scope in any file so far, as a fast filter. */
const OPENING = new Uint8Array(K.Count)

export function scopesOf(tree: ts.SourceFile): Scopes {
  const of = new Map<ts.Node, Scope>()
  const assignments: ts.BinaryExpression[] = []
  const updates: Scopes['updates'][number][] = []
  const objectCalls: ts.CallExpression[] = []
  const top: Scope = new Map()
  OPENING[tree.kind] = 1
  of.set(tree, top)
  const nodes: ts.Node[] = [tree]
  const blocks: Scope[] = [top]
  const functions: Scope[] = [top]
  const open = (node: ts.Node): Scope => {
    const scope: Scope = new Map()
    OPENING[node.kind] = 1
    of.set(node, scope)
    return scope
  }
  const children: ts.Node[] = []
  const collect = (child: ts.Node): void => void children.push(child)
  while (nodes.length > 0) {
    const node = nodes.pop() as ts.Node
    let block = blocks.pop() as Scope
    let around = functions.pop() as Scope
    switch (node.kind) {
      case K.FunctionDeclaration:
        declare(block, (node as ts.FunctionDeclaration).name, node)
        block = around = open(node)
        break
      case K.FunctionExpression:
        block = around = open(node)
        declare(block, (node as ts.FunctionExpression).name, node)
        break
      case K.ArrowFunction:
      case K.MethodDeclaration:
      case K.Constructor:
      case K.GetAccessor:
      case K.SetAccessor:
      case K.MethodSignature:
      case K.CallSignature:
      case K.ConstructSignature:
      case K.IndexSignature:
      case K.FunctionType:
      case K.ConstructorType:
      case K.ClassStaticBlockDeclaration:
        block = around = open(node)
        break
      case K.ClassDeclaration:
      case K.InterfaceDeclaration:
      case K.TypeAliasDeclaration:
        declare(block, (node as ts.ClassDeclaration).name, node)
        block = open(node)
        break
      case K.ClassExpression:
        block = open(node)
        declare(block, (node as ts.ClassExpression).name, node)
        break
      case K.MappedType:
      case K.ConditionalType:
        block = open(node)
        break
      case K.EnumDeclaration:
      case K.ImportClause:
      case K.NamespaceImport:
      case K.ImportSpecifier:
      case K.ImportEqualsDeclaration:
      case K.Parameter:
        declare(block, (node as ts.ParameterDeclaration).name, node)
        break
      case K.TypeParameter:
        declare(conditionOf(node, of) ?? block, (node as ts.TypeParameterDeclaration).name, node)
        break
      case K.ModuleDeclaration: {
        const { name, flags } = node as ts.ModuleDeclaration
        if (ts.isIdentifier(name) && (flags & NodeFlags.GlobalAugmentation) === 0) declare(block, name, node)
        break
      }
      case K.ModuleBlock:
        block = around = open(node)
        break
      case K.VariableDeclaration: {
        const { name, parent } = node as ts.VariableDeclaration
        const isVar = ts.isVariableDeclarationList(parent) && (parent.flags & NodeFlags.BlockScoped) === 0
        declare(isVar ? around : block, name, node)
        break
      }
      case K.Block:
        if (!ts.isFunctionLike(node.parent)) block = open(node)
        break
      case K.ForOfStatement:
      case K.ForInStatement:
        if (!ts.isVariableDeclarationList((node as ts.ForOfStatement).initializer))
          updates.push(node as ts.ForOfStatement)
        block = open(node)
        break
      case K.ForStatement:
      case K.CatchClause:
      case K.CaseBlock:
        block = open(node)
        break
      case K.BinaryExpression:
        switch ((node as ts.BinaryExpression).operatorToken.kind) {
          case K.EqualsToken:
            assignments.push(node as ts.BinaryExpression)
            break
          case K.QuestionQuestionEqualsToken:
          case K.BarBarEqualsToken:
          case K.AmpersandAmpersandEqualsToken:
            updates.push(node as ts.BinaryExpression)
        }
        break
      case K.CallExpression: {
        const { expression } = node as ts.CallExpression
        const isOfObject =
          ts.isPropertyAccessExpression(expression) &&
          ts.isIdentifier(expression.expression) &&
          expression.expression.text === 'Object'
        if (isOfObject) objectCalls.push(node as ts.CallExpression)
      }
    }
    children.length = 0
    ts.forEachChild(node, collect)
    for (let index = children.length - 1; index >= 0; index--) {
      nodes.push(children[index] as ts.Node)
      blocks.push(block)
      functions.push(around)
    }
  }
  if ((tree.flags & NodeFlags.JavaScriptFile) !== 0) declareInComments(tree, top)
  return { of, assignments, updates, objectCalls }
}

/** The scope of a conditional type, where the type parameter after `infer` is declared. */
function conditionOf(node: ts.Node, of: ReadonlyMap<ts.Node, Scope>): Scope | undefined {
  if (!ts.isInferTypeNode(node.parent)) return undefined
  let child: ts.Node = node.parent
  while (child.parent !== undefined) {
    const { parent } = child
    if (ts.isConditionalTypeNode(parent) && parent.extendsType === child) return of.get(parent)
    child = parent
  }
  return undefined
}

/** Declare the types of `@typedef` tags in top-level comments. */
function declareInComments(tree: ts.SourceFile, top: Scope): void {
  for (const node of [...tree.statements, tree.endOfFileToken]) {
    for (const comment of (node as { jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) {
      for (const tag of comment.tags ?? []) {
        if (!ts.isJSDocTypedefTag(tag) || tag.name === undefined || !ts.isIdentifier(tag.name)) continue
        adopt(tag, tree)
        declare(top, tag.name, tag)
      }
    }
  }
}

/** Set the parents of nodes in a JSDoc comment, which the walk over the tree does not reach. */
export function adopt(node: ts.Node, parent: ts.Node): void {
  const pending: [ts.Node, ts.Node][] = [[node, parent]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [one, above] = next
    ;(one as { parent: ts.Node }).parent = above
    ts.forEachChild(one, (child) => void pending.push([child, one]))
  }
}

function declare(scope: Scope, name: ts.Node | undefined, node: ts.Node): void {
  if (name === undefined) return
  if (ts.isIdentifier(name)) {
    const known = scope.get(name.text)
    if (known === undefined)
      scope.set(name.text, { name: name.text, nodes: [node], assigned: [], members: [], record: 0 })
    else known.nodes.push(node)
    return
  }
  const patterns: ts.BindingPattern[] = [name as ts.BindingPattern]
  for (let pattern = patterns.pop(); pattern !== undefined; pattern = patterns.pop()) {
    for (const element of pattern.elements) {
      if (!ts.isBindingElement(element)) continue
      if (ts.isIdentifier(element.name)) declare(scope, element.name, element)
      else patterns.push(element.name)
    }
  }
}

/** Look up a name in the scopes around a node. */
export function lookUp(of: Scopes['of'], name: string, from: ts.Node, meaning: number): Binding | undefined {
  for (let at: ts.Node | undefined = from; at !== undefined; at = at.parent) {
    const binding = OPENING[at.kind] === 1 ? of.get(at)?.get(name) : undefined
    if (binding?.nodes.some((node) => (meaningOf(node) & meaning) !== 0)) return binding
    if (at.kind === K.ModuleDeclaration) {
      const merged = inMerged(of, at as ts.ModuleDeclaration, name, meaning)
      if (merged !== undefined) return merged
    }
  }
  return undefined
}

/** Declarations in other parts of a merged namespace are visible. */
function inMerged(of: Scopes['of'], node: ts.ModuleDeclaration, name: string, meaning: number): Binding | undefined {
  if (!ts.isIdentifier(node.name)) return undefined
  const parts = of.get(node.parent)?.get(node.name.text)?.nodes ?? []
  if (parts.length < 2) return undefined
  for (const part of parts.slice(0, 50)) {
    const body = ts.isModuleDeclaration(part) ? part.body : undefined
    const binding = body === undefined ? undefined : of.get(body)?.get(name)
    if (binding?.nodes.some((one) => (meaningOf(one) & meaning) !== 0)) return binding
  }
  return undefined
}
