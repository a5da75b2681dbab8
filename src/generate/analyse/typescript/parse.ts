/** Parses files, and rejects trees that are too deep for the compiler's recursive functions. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import { KINDS_THAT_READ, ReadScan } from './scan-reads.ts'

/** A syntax tree, with the results of one walk over it. */
export interface Parsed {
  path: string
  tree: ts.SourceFile
  /** Environment variables and configuration keys that it reads. */
  reads: FileReads
  hasErrors: boolean
}

/**
 * Recursive walks, such as the compiler's own, overflow Node's default stack of 984 KB above 1,000 nested blocks
 * (measured).
 */
const MAX_DEPTH = 500

/**
 * Parse one file.
 *
 * @param language - Needed if the file extension does not determine it.
 * @returns `undefined` if the code is nested too deeply.
 * @throws Errors of the compiler's parser, such as a stack overflow.
 */
export function parseFile(path: string, text: string, language?: string): Parsed | undefined {
  const kind = scriptKindOf(path, language)
  const isJavaScript = kind === ts.ScriptKind.JS || kind === ts.ScriptKind.JSX
  const mode = isJavaScript ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone
  const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: mode }
  const tree = ts.createSourceFile(`/${path}`, text, options, false, kind)
  const reads = new ReadScan(tree)
  const isShallow = visitLevels(tree, (node) => {
    if (MAY_READ[node.kind] === 1) reads.visit(node)
  })
  return isShallow ? { path, tree, reads: reads.finish(), hasErrors: hasSyntaxErrors(tree) } : undefined
}

/** Kinds of nodes to offer to `ReadScan`, as a fast filter. */
const MAY_READ = new Uint8Array(ts.SyntaxKind.Count)
for (const kind of KINDS_THAT_READ) MAY_READ[kind] = 1

/** Determines the script kind by file extension; scripts in Vue and Svelte components state their language. */
function scriptKindOf(path: string, language: string | undefined): ts.ScriptKind {
  if (/\.(?:vue|svelte)$/.test(path)) {
    if (language === 'tsx') return ts.ScriptKind.TSX
    return language === 'javascript' ? ts.ScriptKind.JSX : ts.ScriptKind.TS
  }
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX
  if (path.endsWith('.jsx')) return ts.ScriptKind.JSX
  return /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS
}

/** Visit every node, level by level, and set its parent; false if there are too many levels. */
function visitLevels(tree: ts.SourceFile, visit: (node: ts.Node) => void): boolean {
  let level: ts.Node[] = [tree]
  let next: ts.Node[] = []
  let parent: ts.Node = tree
  const enter = (child: ts.Node): void => {
    ;(child as { parent: ts.Node }).parent = parent
    next.push(child)
  }
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false
    for (const node of level) {
      visit(node)
      parent = node
      ts.forEachChild(node, enter)
    }
    level = next
    next = []
  }
  return true
}

/** A field of source files that the compiler's typings omit. */
interface Internals {
  parseDiagnostics?: readonly ts.Diagnostic[]
}

function hasSyntaxErrors(tree: ts.SourceFile & Internals): boolean {
  return (tree.parseDiagnostics?.length ?? 0) > 0
}
