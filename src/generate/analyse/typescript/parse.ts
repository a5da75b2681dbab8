/** Texts to syntax trees, guarded against trees that are too deep for the compiler, which recurses over them. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import { addGuardedNames, isTestedIn, KINDS_WITH_GUARDS } from './guarded-names.ts'
import { HiddenBodies, type HiddenBody, interfaceOf, KINDS_THAT_WRITE, TEXT_TOKENS } from './interface.ts'
import { addMemberName, KINDS_WITH_MEMBER_NAMES } from './member-names.ts'
import { KINDS_THAT_READ, ReadScan } from './scan-reads.ts'
import { isAmbient, KINDS_WITH_SPECIFIERS, Specifiers } from './specifiers.ts'

/** Virtual folder of the repository: the compiler wants absolute names. Nothing is read from it. */
export const ROOT = '/repository/'

/** A file's tree, and what a single walk over it tells. */
export interface Parsed {
  path: string
  tree: ts.SourceFile
  /** The name of every member that the file defines, at any depth. */
  memberNames: ReadonlySet<string>
  /** Those that can be reached from other files. */
  outerNames: ReadonlySet<string>
  /** Names that conditions of the file may give another type. */
  guardedNames: ReadonlySet<string>
  /** Names that any condition of the file looks at. */
  testedNames: ReadonlySet<string>
  /** The guarded ones outside of hidden bodies. */
  outerGuardedNames: ReadonlySet<string>
  /** Every module and file that it names. */
  specifiers: readonly string[]
  /** A hash of all that other files can know of it. */
  interface: string
  /** Whether it declares something for files that do not import it. */
  isAmbient: boolean
  /** What it reads from outside. */
  reads: FileReads
  hasErrors: boolean
}

/** The compiler's binder runs out of Node's default stack of 984 KB between 1,000 and 2,000 nested blocks (measured). */
const MAX_DEPTH = 500

/**
 * Parse one file.
 *
 * @param language - Needed where the path's ending does not say it.
 * @returns `undefined` when the text is nested too deeply.
 * @throws What the compiler's parser throws; its stack may not be deep enough.
 */
export function parseFile(path: string, text: string, language?: string): Parsed | undefined {
  const { tree, isJavaScript } = parse(path, text, language, false)
  return readTree(path, tree, isJavaScript)
}

/** The tree of a file that `parseFile` parsed before. */
export function parseAgain(path: string, text: string, language?: string): ts.SourceFile {
  const { tree } = parse(path, text, language, true)
  forceModule(tree)
  return tree
}

function parse(
  path: string,
  text: string,
  language: string | undefined,
  hasParents: boolean,
): { tree: ts.SourceFile; isJavaScript: boolean } {
  const kind = scriptKindOf(path, language)
  const isJavaScript = kind === ts.ScriptKind.JS || kind === ts.ScriptKind.JSX
  const mode = isJavaScript ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone
  const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: mode }
  return { tree: ts.createSourceFile(ROOT + path, text, options, hasParents, kind), isJavaScript }
}

function readTree(path: string, tree: ts.SourceFile, isJavaScript: boolean): Parsed | undefined {
  const hasErrors = hasSyntaxErrors(tree)
  const isWhole = isJavaScript || hasErrors
  const bodies = new HiddenBodies(tree, !isWhole)
  const texts: ts.TextRange[] = []
  const specifiers = new Specifiers(tree, isJavaScript)
  const reads = new ReadScan(tree)
  const memberNames = new Set<string>()
  const outerNames = new Set<string>()
  const guardedNames = new Set<string>()
  const outerGuardedNames = new Set<string>()
  const testedNames = new Set<string>()
  const isShallow = visitLevels(tree, bodies, (node, body, isTested) => {
    const looks = LOOKS[node.kind] ?? 0
    if (looks === 0) return
    if (isTested && (looks & Look.identifier) !== 0) testedNames.add((node as ts.Identifier).text)
    if ((looks & Look.memberName) !== 0) {
      addMemberName(node, memberNames)
      addMemberName(node, body?.names ?? outerNames)
    }
    if ((looks & Look.write) !== 0) body?.visit(node)
    if ((looks & Look.guard) !== 0) {
      addGuardedNames(node, guardedNames)
      addGuardedNames(node, body?.guardedNames ?? outerGuardedNames)
    }
    if ((looks & Look.specifier) !== 0) specifiers.visit(node)
    if ((looks & Look.read) !== 0) reads.visit(node)
    if (!isWhole && (looks & Look.text) !== 0) texts.push({ pos: node.getStart(tree), end: node.end })
  })
  if (!isShallow) return undefined
  for (const body of bodies.open()) {
    for (const name of body.names) outerNames.add(name)
    for (const name of body.guardedNames) outerGuardedNames.add(name)
  }
  forceModule(tree)
  return {
    path,
    tree,
    memberNames,
    outerNames,
    guardedNames,
    outerGuardedNames,
    testedNames,
    specifiers: specifiers.all(),
    interface: interfaceOf(tree, bodies, texts, isWhole),
    isAmbient: isAmbient(tree) || specifiers.isAugmenting,
    reads: reads.finish(),
    hasErrors,
  }
}

const Look = { identifier: 1, memberName: 2, write: 4, guard: 8, specifier: 16, text: 32, read: 64 }

/** What looks at a node, by its kind: most nodes are of no interest to any. */
const LOOKS = new Uint8Array(ts.SyntaxKind.Count)
for (const [look, kinds] of [
  [Look.identifier, [ts.SyntaxKind.Identifier]],
  [Look.memberName, KINDS_WITH_MEMBER_NAMES],
  [Look.write, KINDS_THAT_WRITE],
  [Look.guard, KINDS_WITH_GUARDS],
  [Look.specifier, KINDS_WITH_SPECIFIERS],
  [Look.text, TEXT_TOKENS],
  [Look.read, KINDS_THAT_READ],
] as const) {
  for (const kind of kinds) LOOKS[kind] = (LOOKS[kind] ?? 0) | look
}

/** By the ending; the scripts of components have the language that they state. */
function scriptKindOf(path: string, language: string | undefined): ts.ScriptKind {
  if (/\.(?:vue|svelte)$/.test(path)) return language === 'javascript' ? ts.ScriptKind.JSX : ts.ScriptKind.TS
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX
  if (path.endsWith('.jsx')) return ts.ScriptKind.JSX
  return /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS
}

/** Visit every node, level by level, and tell it its parent; false when there are too many levels. */
function visitLevels(
  tree: ts.SourceFile,
  bodies: HiddenBodies,
  visit: (node: ts.Node, body: HiddenBody | undefined, isTested: boolean) => void,
): boolean {
  let level: ts.Node[] = [tree]
  let bodyOf: (HiddenBody | undefined)[] = [undefined]
  let tested: boolean[] = [false]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false
    const next: ts.Node[] = []
    const nextBodyOf: (HiddenBody | undefined)[] = []
    const nextTested: boolean[] = []
    let parent: ts.Node = tree
    let body: HiddenBody | undefined
    let isTested = false
    const enter = (child: ts.Node): void => {
      ;(child as { parent: ts.Node }).parent = parent
      next.push(child)
      nextBodyOf.push(body)
      nextTested.push(isTestedIn(parent, child, isTested))
    }
    for (let index = 0; index < level.length; index++) {
      const node = level[index]
      if (node === undefined) continue
      body = bodyOf[index] ?? bodies.at(node)
      isTested = tested[index] ?? false
      visit(node, body, isTested)
      parent = node
      ts.forEachChild(node, enter)
    }
    level = next
    bodyOf = nextBodyOf
    tested = nextTested
  }
  return true
}

/** Fields of the compiler's trees that its typings leave out. */
interface Internals {
  externalModuleIndicator?: ts.Node | true
  parseDiagnostics?: readonly ts.Diagnostic[]
}

/** A file without imports is a module of its own: two scripts do not see each other's names. */
function forceModule(tree: ts.SourceFile & Internals): void {
  if (!tree.isDeclarationFile) tree.externalModuleIndicator ??= true
}

function hasSyntaxErrors(tree: ts.SourceFile & Internals): boolean {
  return (tree.parseDiagnostics?.length ?? 0) > 0
}
