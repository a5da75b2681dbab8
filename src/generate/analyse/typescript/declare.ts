/**
 * Finds the components of a file from its syntax alone. Nested statements are queued, so deep nesting does not overflow
 * the stack. For CommonJS, see `declare-assigned.ts` and `declare-defined.ts`; for members, `declare-members.ts`.
 */

import { ts } from '#generate/analyse/compiler.mjs'
import { componentNameOf } from '#generate/analyse/embedded/script-of.ts'
import { declareAssignment, declareInheritance, declareInLoop } from './declare-assigned.ts'
import { declareCalled } from './declare-called.ts'
import { declareDefined } from './declare-defined.ts'
import { declareLiteralMembers, declareTypeMembers } from './declare-members.ts'
import { declareClass, declareValue } from './declare-value.ts'
import { type Declared, type Draft, Drafts } from './draft.ts'
import { assignmentsOf, isExportsMember, isModuleExports, isModuleStatement, readExports } from './exports.ts'
import { unwrap } from './expressions.ts'
import { specifierOfRequire } from './require-calls.ts'
import { exportReturnedClasses } from './returned-classes.ts'
import type { Scope } from './scope.ts'
import { clip, enumSignature, functionSignature, hasModifier, interfaceSignature, typeSignature } from './signature.ts'

/** Statements to be visited, and the component that contains them. */
interface Pending {
  statements: readonly ts.Statement[]
  parent: Draft | null
  /** Declarations are exported even without `export`, as in a declaration file that is a script. */
  isAmbient: boolean
  /** The names that statements such as `export { run }` export. */
  exportedNames: ReadonlySet<string>
}

/** @param path - The file's path in the repository. */
export function declareComponents(file: ts.SourceFile, path: string): Declared {
  const drafts = new Drafts(file)
  const exports = readExports(file)
  const scope: Scope = {
    drafts,
    isJavaScript: (file.flags & ts.NodeFlags.JavaScriptFile) !== 0,
    defaultName: componentNameOf(path) ?? 'default',
    roots: new Map(),
    prototypes: new Map(),
  }
  const isScript = file.isDeclarationFile && !file.statements.some(isModuleStatement)
  const pending: Pending[] = [
    { statements: file.statements, parent: null, isAmbient: isScript, exportedNames: new Set(exports.values()) },
  ]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const statement of next.statements) declareStatement(statement, next, scope, pending)
  }
  if (scope.isJavaScript) exportReturnedClasses(drafts)
  return drafts.finish(path, exports.get('export='))
}

function declareStatement(statement: ts.Statement, at: Pending, scope: Scope, pending: Pending[]): void {
  const { parent } = at
  const isVisible = (name: string): boolean =>
    at.isAmbient ||
    (hasModifier(statement, ts.SyntaxKind.ExportKeyword)
      ? (parent?.exported ?? true)
      : parent?.exported !== false && at.exportedNames.has(name))

  if (ts.isFunctionDeclaration(statement)) {
    const name = statement.name?.text ?? scope.defaultName
    const signature = functionSignature(name, statement)
    const draft = scope.drafts.add(
      { kind: 'function', name, parent, signature, exported: isVisible(name) },
      statement,
      [statement],
      'function',
    )
    if (draft !== undefined && parent === null) scope.roots.set(name, draft)
  } else if (ts.isClassDeclaration(statement)) {
    const name = statement.name?.text ?? scope.defaultName
    declareClass({ name, host: statement, nodes: [statement], parent, exported: isVisible(name) }, statement, scope)
  } else if (ts.isInterfaceDeclaration(statement)) {
    const name = statement.name.text
    const of = { kind: 'interface' as const, name, parent, exported: isVisible(name) }
    const draft = scope.drafts.add({ ...of, signature: interfaceSignature(name, statement) }, statement, [statement])
    if (draft !== undefined) declareTypeMembers(statement.members, draft, scope)
  } else if (ts.isTypeAliasDeclaration(statement)) {
    const name = statement.name.text
    const of = { kind: 'type' as const, name, parent, exported: isVisible(name) }
    const draft = scope.drafts.add({ ...of, signature: typeSignature(name, statement) }, statement, [statement])
    if (draft !== undefined) declareLiteralMembers(statement.type, draft, scope)
  } else if (ts.isEnumDeclaration(statement)) {
    const name = statement.name.text
    const of = { kind: 'enum' as const, name, parent, exported: isVisible(name) }
    const nodes = [statement, ...statement.members]
    scope.drafts.add({ ...of, signature: enumSignature(name, statement) }, statement, nodes)
  } else if (ts.isModuleDeclaration(statement)) {
    declareNamespace(statement, at, isVisible(statement.name.text), scope, pending)
  } else if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList
    for (const declaration of declarations) {
      declareVariable(declaration, declarations.length === 1 ? statement : declaration, at, isVisible, scope)
    }
  } else if (ts.isExportAssignment(statement)) {
    const isWhole = statement.isExportEquals === true
    if (!ts.isIdentifier(unwrap(statement.expression))) {
      const name = isWhole ? 'export=' : scope.defaultName
      declareValue({ name, host: statement, nodes: [statement], parent, exported: true }, statement.expression, scope)
    }
  } else if (ts.isExpressionStatement(statement)) {
    const body = bodyOfInvoked(statement.expression)
    // Statements such as `export { run }` mean names of the module, not those of a function's body.
    if (body !== undefined) pending.push({ ...at, statements: body, exportedNames: new Set() })
    else if (scope.isJavaScript && parent === null) {
      declareAssignment(statement, scope)
      declareDefined(statement, scope)
      declareInheritance(statement, scope)
      declareInLoop(statement, scope)
    }
  } else if (ts.isForOfStatement(statement)) {
    if (scope.isJavaScript && parent === null) declareInLoop(statement, scope)
  } else for (const statements of blocksOf(statement)) pending.push({ ...at, statements })
}

/**
 * `namespace A.B {}`. For `declare module 'x' {}`, the component stands for the augmentation, not for the module itself.
 * Declarations in `declare global {}` have no parent.
 */
function declareNamespace(
  statement: ts.ModuleDeclaration,
  at: Pending,
  exported: boolean,
  scope: Scope,
  pending: Pending[],
): void {
  let parent = at.parent
  let current: ts.ModuleDeclaration = statement
  while (true) {
    const name = current.name.text
    const isQuoted = ts.isStringLiteral(current.name)
    const isGlobal = (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0
    const of = {
      kind: 'namespace' as const,
      name,
      parent,
      signature: clip(isQuoted ? `module '${name}'` : `namespace ${name}`),
      exported: exported || isQuoted,
      isIncidental: isQuoted,
    }
    const draft = isGlobal ? null : scope.drafts.add(of, current, isQuoted ? [] : [current])
    const { body } = current
    if (draft === undefined || body === undefined) return
    if (ts.isModuleBlock(body)) {
      const isDeclared = hasModifier(statement, ts.SyntaxKind.DeclareKeyword) || scope.drafts.file.isDeclarationFile
      // An export statement limits what an ambient namespace exports.
      const isLimited = body.statements.some((one) => ts.isExportDeclaration(one) || ts.isExportAssignment(one))
      pending.push({
        statements: body.statements,
        parent: draft,
        isAmbient: isDeclared && draft?.exported !== false && !isLimited,
        exportedNames: new Set(readExports(body).values()),
      })
      return
    }
    if (!ts.isModuleDeclaration(body)) return
    parent = draft
    current = body
  }
}

function declareVariable(
  declaration: ts.VariableDeclaration,
  host: ts.Node,
  at: Pending,
  isVisible: (name: string) => boolean,
  scope: Scope,
): void {
  if (ts.isIdentifier(declaration.name)) {
    const { targets, value } = assignmentsOf(declaration.initializer)
    if (specifierOfRequire(unwrapMember(value)) !== undefined && !isExportedHere(declaration)) return
    const nodes = [declaration, ...targets.flatMap((target) => [target, target.parent])]
    const isAssignedToExports = targets.some((target) => isModuleExports(target) || isExportsMember(target))
    const exported = isVisible(declaration.name.text) || isAssignedToExports
    const named = { name: declaration.name.text, host, nodes, parent: at.parent, exported }
    const draft = declareValue(named, value, scope, declaration.type)
    if (draft !== undefined) declareCalled(draft, declaration.type, scope)
    return
  }
  // `const { name } = require('…')` is an import, not a declaration.
  const isRequired = specifierOfRequire(unwrapMember(declaration.initializer)) !== undefined
  if (scope.isJavaScript && isRequired && !isExportedHere(declaration)) return
  const pending: ts.BindingPattern[] = [declaration.name]
  for (let pattern = pending.pop(); pattern !== undefined; pattern = pending.pop()) {
    for (const element of pattern.elements) {
      if (!ts.isBindingElement(element)) continue
      if (!ts.isIdentifier(element.name)) pending.push(element.name)
      else if (isVisible(element.name.text)) {
        const name = element.name.text
        const of = { kind: 'constant' as const, name, parent: at.parent, signature: name, exported: true }
        scope.drafts.add(of, element, [element])
      }
    }
  }
}

/** `export const name = …`, which declares a name even if the value is a module. */
const isExportedHere = (declaration: ts.VariableDeclaration): boolean =>
  (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0

/** Strip the member of `require('…').name`, which is an import like `require('…')`. */
function unwrapMember(value: ts.Expression | undefined): ts.Expression | undefined {
  return value !== undefined && ts.isPropertyAccessExpression(value) ? value.expression : value
}

/** The statements of an immediately invoked function, `(function () { … })()`, with or without `.call(this)`. */
function bodyOfInvoked(expression: ts.Expression): readonly ts.Statement[] | undefined {
  let inner: ts.Expression = expression
  if (ts.isPrefixUnaryExpression(inner) || ts.isVoidExpression(inner)) {
    inner = ts.isVoidExpression(inner) ? inner.expression : inner.operand
  }
  inner = unwrap(inner) ?? inner
  if (!ts.isCallExpression(inner)) return undefined
  let callee: ts.Expression = unwrap(inner.expression) ?? inner.expression
  if (ts.isPropertyAccessExpression(callee)) callee = unwrap(callee.expression) ?? callee.expression
  if (ts.isFunctionExpression(callee)) return callee.body.statements
  return ts.isArrowFunction(callee) && ts.isBlock(callee.body) ? callee.body.statements : undefined
}

/** Blocks that run once when the file is loaded: their functions and assignments belong to the file. */
function blocksOf(statement: ts.Statement): (readonly ts.Statement[])[] {
  if (ts.isBlock(statement)) return [statement.statements]
  if (ts.isIfStatement(statement)) {
    return statement.elseStatement === undefined
      ? [[statement.thenStatement]]
      : [[statement.thenStatement], [statement.elseStatement]]
  }
  if (!ts.isTryStatement(statement)) return []
  const { tryBlock, catchClause, finallyBlock } = statement
  return [tryBlock, catchClause?.block, finallyBlock].flatMap((block) =>
    block === undefined ? [] : [block.statements],
  )
}
