/**
 * The oracle of TypeScript and JavaScript: the compiler's checker, asked about every name of every file. A program of its
 * own, with the compiler's own resolution (`typescript-program.ts`).
 */

import { execFileSync } from 'node:child_process'
import path from 'node:path'
import ts from 'typescript'
import type { Definition, FileEdge, Oracle, SymbolEdge, SymbolEnd, UnknownUse } from './oracle.ts'
import { implementationsOf, sameSymbols } from './typescript-declared.ts'
import { definitionsOf } from './typescript-definitions.ts'
import { handedOn, isAssignment, isExportOf, isGivenOn, through } from './typescript-handed.ts'
import { symbolEnd } from './typescript-names.ts'
import { overridesOf } from './typescript-overrides.ts'
import { type Checkout, openCheckout } from './typescript-program.ts'
import { isOfUnknownType } from './typescript-unknown.ts'

export const typescriptOracle: Oracle = {
  name: 'typescript',
  languages: ['javascript', 'typescript'],
  judge: async (checkout, files) => {
    const listed = execFileSync('git', ['-C', checkout, 'ls-files', '-z', '--', 'package.json', '**/package.json'])
    const manifests = listed.toString().split('\0').filter(Boolean)
    const own = new Set(files.map((file) => path.join(checkout, file)))
    const implementations = implementationsOf(checkout, own, manifests)
    const code = openCheckout(checkout, files, manifests, implementations)
    // The compiler takes no file without an ending for code.
    const judged = files.filter((file) => code.program.getSourceFile(path.join(checkout, file)) !== undefined)
    const verdict = emptyVerdict(judged)
    judgeProgram(code, checkout, verdict)
    if (implementations.size === 0) return verdict
    const relative = (file: string): string => path.relative(checkout, file)
    const same = sameSymbols(code.program, implementations, (one) =>
      symbolEnd(one, relative(one.getSourceFile().fileName)),
    )
    // What declarations say of types, code often does not: with them more is true, but nothing more has to be known.
    const declared = emptyVerdict(judged)
    judgeProgram(openCheckout(checkout, files, manifests, new Map()), checkout, declared)
    allow(verdict.fileEdges, declared.fileEdges)
    allow(verdict.symbolEdges, declared.symbolEdges)
    allow(verdict.overrides, declared.overrides)
    const sameFiles = new Map([...implementations].map(([one, other]) => [relative(one), relative(other)]))
    return { ...verdict, same: { files: sameFiles, symbols: same } }
  },
}

interface Edges<E> {
  required: E[]
  allowed: E[]
}

/** A verdict in the making. */
interface Found {
  files: ReadonlySet<string>
  definitions: Definition[]
  fileEdges: Edges<FileEdge>
  symbolEdges: Edges<SymbolEdge> & { unknown: UnknownUse[] }
  overrides: Edges<SymbolEdge>
}

function emptyVerdict(files: readonly string[]): Found {
  const none = <E>(): Edges<E> => ({ required: [], allowed: [] })
  const symbolEdges = { ...none<SymbolEdge>(), unknown: [] }
  return { files: new Set(files), definitions: [], fileEdges: none(), symbolEdges, overrides: none() }
}

function allow<E>(edges: Edges<E>, { required, allowed }: Edges<E>): void {
  edges.allowed = [...edges.allowed, ...required, ...allowed]
}

function judgeProgram({ program, resolve }: Checkout, checkout: string, verdict: Found): void {
  const checker = program.getTypeChecker()
  const relative = (file: ts.SourceFile): string => path.relative(checkout, file.fileName)
  const endOf = (declaration: ts.Node): SymbolEnd => {
    const file = relative(declaration.getSourceFile())
    return ts.isSourceFile(declaration) ? { file, name: '' } : symbolEnd(declaration, file)
  }
  for (const file of program.getSourceFiles()) {
    const from = relative(file)
    if (!verdict.files.has(from)) continue
    verdict.definitions.push(...definitionsOf(file, from))
    overridesOf(file, checker, (member, overridden, isMethod) => {
      const list = isMethod ? verdict.overrides.required : verdict.overrides.allowed
      list.push({ from: endOf(member), to: endOf(overridden) })
    })
    for (const specifier of specifiersOf(file)) {
      const found = resolve(specifier, file.fileName)
      if (found !== undefined) verdict.fileEdges.required.push({ from, to: path.relative(checkout, found) })
    }
    visit(file, (node) => {
      if (!isAskable(node)) return
      const { isDirect, declarations } = meaningOf(node, checker)
      const start = symbolEnd(outOfParameter(node.parent), from)
      // A use is in the thing it is a part of, too: a base class is named by its class, a default by its function.
      const around = symbolEnd(outOfDeclaration(node), from)
      if (declarations.length === 0) {
        if (!isOfUnknownType(node, checker)) return
        for (const one of [start, around]) verdict.symbolEdges.unknown.push({ from: one, name: node.text })
        return
      }
      for (const [position, to] of declarations.map(endOf).entries()) {
        if (to.name === '') continue
        if (to.file === from) {
          // What declares something may be told from what it declares.
          if (file.isDeclarationFile) verdict.symbolEdges.allowed.push({ from: start, to })
          continue
        }
        const list = isDirect && position === 0 ? verdict.symbolEdges.required : verdict.symbolEdges.allowed
        list.push({ from: start, to })
        verdict.symbolEdges.allowed.push({ from: around, to })
      }
    })
  }
}

/** Every node once, without recursion: texts may be nested deeply. */
function visit(file: ts.SourceFile, on: (node: ts.Node) => void): void {
  const pending: ts.Node[] = [file]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    on(node)
    ts.forEachChild(node, (child) => void pending.push(child))
  }
}

function isAskable(node: ts.Node): node is ts.Identifier | ts.PrivateIdentifier | ts.StringLiteral {
  if (ts.isStringLiteral(node)) return ts.isElementAccessExpression(node.parent)
  return (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && !isOwnName(node)
}

/** The name of what is being declared; a name that a pattern takes out of an object is asked about. */
function isOwnName(node: ts.Identifier | ts.PrivateIdentifier): boolean {
  const parent: ts.Node & { name?: ts.Node } = node.parent
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return false
  if (ts.isBindingElement(parent) || ts.isShorthandPropertyAssignment(parent)) return false
  if (ts.isPropertyAssignment(parent) || ts.isJsxAttribute(parent)) return false
  return parent.name === node && !isPartOfImport(node)
}

function isPartOfImport(node: ts.Node): boolean {
  const { parent } = node
  return ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent)
}

interface Meaning {
  /** A name as it is, or after a dot of a namespace: not a member, and not part of an import or export list. */
  isDirect: boolean
  declarations: readonly ts.Declaration[]
}

function meaningOf(node: ts.Identifier | ts.PrivateIdentifier | ts.StringLiteral, checker: ts.TypeChecker): Meaning {
  const { parent } = node
  if (ts.isBindingElement(parent) && parent.initializer !== node) {
    const name = parent.propertyName ?? parent.name
    if (name !== node || !ts.isObjectBindingPattern(parent.parent)) return { isDirect: false, declarations: [] }
    const property = checker.getTypeAtLocation(parent.parent).getProperty(node.text)
    return { isDirect: false, declarations: through(property, checker)?.declarations ?? [] }
  }
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(node)
  const found = through(symbol, checker)
  if (found === undefined) return { isDirect: false, declarations: [] }
  // A namespace, an element of a page and an export list may be followed, but what they stand for is no thing of its own.
  const isNamespace = (found.flags & ~ts.SymbolFlags.Module & ~ts.SymbolFlags.Transient) === 0
  const isElement = (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent)) && /^[a-z]/.test(node.text)
  const isListed = isNamespace || isElement || isPartOfImport(node) || ts.isExportAssignment(parent) || isGivenOn(node)
  const declarations = sorted(found, node)
  const [first] = declarations
  const handed = handedOn(declarations, checker)
  // The key of an object names what it is the key of.
  if (first === parent) return { isDirect: false, declarations: [...declarations, ...handed] }
  if (first !== undefined && isExportOf(first) && handed.length > 0) {
    return { isDirect: !isListed && isDirectName(node, checker), declarations: [...handed, ...declarations] }
  }
  // `a.b = …` in a script gives something that is declared elsewhere a member, or nowhere.
  const isAssigned = first !== undefined && isAssignment(first) && !isExportOf(first)
  return {
    isDirect: !isListed && !isAssigned && isDirectName(node, checker),
    declarations: [...declarations, ...handed],
  }
}

/** Declarations that fit the place first: of a name that is both a type and a value, the one that is meant. */
function sorted(symbol: ts.Symbol, node: ts.Node): ts.Declaration[] {
  const isType = ts.isPartOfTypeNode(node)
  const fits = (one: ts.Declaration): boolean =>
    isType === (ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) || ts.isClassLike(one)
  const rank = (one: ts.Declaration): number => Number(fits(one)) * 2 + Number(!isAddition(one))
  return [...(symbol.declarations ?? [])].sort((a, b) => rank(b) - rank(a))
}

/** Part of what `declare module 'x' {}` adds to a module that is elsewhere. */
function isAddition(declaration: ts.Declaration): boolean {
  let at: ts.Node = declaration
  while (!ts.isSourceFile(at) && !(ts.isModuleDeclaration(at) && ts.isStringLiteral(at.name))) at = at.parent
  return ts.isModuleDeclaration(at)
}

function isDirectName(node: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = node
  const receiver =
    ts.isPropertyAccessExpression(parent) && parent.name === node
      ? parent.expression
      : ts.isQualifiedName(parent) && parent.right === node
        ? parent.left
        : undefined
  if (receiver === undefined) return ts.isIdentifier(node)
  const symbol = through(checker.getSymbolAtLocation(receiver), checker)
  return symbol?.declarations?.some((one) => ts.isSourceFile(one) || ts.isModuleDeclaration(one)) === true
}

/** What the innermost declaration around a use is itself declared in. */
function outOfDeclaration(node: ts.Node): ts.Node {
  let at = node.parent
  while (!ts.isSourceFile(at) && !ts.isVariableStatement(at) && !ts.isPropertyAssignment(at)) at = at.parent
  return ts.isSourceFile(at) ? at : at.parent
}

/** The function of the outermost parameter around a use: what a parameter's type or pattern names is no member of a class. */
function outOfParameter(node: ts.Node): ts.Node {
  let found = node
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isParameter(at) && !ts.isParameterPropertyDeclaration(at, at.parent)) found = at.parent
  }
  return found
}

/** The modules that a file names, in every form. */
function specifiersOf(file: ts.SourceFile): string[] {
  const found: string[] = []
  visit(file, (node) => {
    const { parent } = node
    if (!ts.isStringLiteralLike(node) || parent === undefined) return
    const isCallOf = ts.isCallExpression(parent) && parent.arguments[0] === node ? parent.expression : undefined
    const isNamed =
      ((ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) && parent.moduleSpecifier === node) ||
      ts.isExternalModuleReference(parent) ||
      (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent) && parent.parent.argument === parent) ||
      isCallOf?.kind === ts.SyntaxKind.ImportKeyword ||
      (isCallOf !== undefined && ts.isIdentifier(isCallOf) && isCallOf.text === 'require')
    if (isNamed) found.push(node.text)
  })
  return found
}
