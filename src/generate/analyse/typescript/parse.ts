/** Texts to syntax trees, guarded against trees that are too deep for the compiler, which recurses over them. */

import { ts } from '#generate/analyse/compiler.mjs'
import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import { KINDS_THAT_READ, ReadScan } from './scan-reads.ts'

/** A file's tree, and what a single walk over it tells. */
export interface Parsed {
  path: string
  tree: ts.SourceFile
  /** What it reads from outside. */
  reads: FileReads
  hasErrors: boolean
}

/** Walks that recurse, the compiler's own among them, run out of Node's default stack of 984 KB above 1,000 nested blocks (measured). */
const MAX_DEPTH = 500

/**
 * Parse one file.
 *
 * @param language - Needed where the path's ending does not say it.
 * @returns `undefined` when the text is nested too deeply.
 * @throws What the compiler's parser throws; its stack may not be deep enough.
 */
export function parseFile(path: string, text: string, language?: string): Parsed | undefined {
  const kind = scriptKindOf(path, language)
  const isJavaScript = kind === ts.ScriptKind.JS || kind === ts.ScriptKind.JSX
  const mode = isJavaScript ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone
  const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: mode }
  const tree = ts.createSourceFile(`/${path}`, text, options, false, kind)
  const reads = new ReadScan(tree)
  const isShallow = visitLevels(tree, (node) => {
    if (READS[node.kind] === 1) reads.visit(node)
  })
  return isShallow ? { path, tree, reads: reads.finish(), hasErrors: hasSyntaxErrors(tree) } : undefined
}

/** Most nodes are of no interest. */
const READS = new Uint8Array(ts.SyntaxKind.Count)
for (const kind of KINDS_THAT_READ) READS[kind] = 1

/** By the ending; the scripts of components have the language that they state. */
function scriptKindOf(path: string, language: string | undefined): ts.ScriptKind {
  if (/\.(?:vue|svelte)$/.test(path)) return language === 'javascript' ? ts.ScriptKind.JSX : ts.ScriptKind.TS
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX
  if (path.endsWith('.jsx')) return ts.ScriptKind.JSX
  return /\.[cm]?js$/.test(path) ? ts.ScriptKind.JS : ts.ScriptKind.TS
}

/** Visit every node, level by level, and tell it its parent; false when there are too many levels. */
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

/** A field of the compiler's trees that its typings leave out. */
interface Internals {
  parseDiagnostics?: readonly ts.Diagnostic[]
}

function hasSyntaxErrors(tree: ts.SourceFile & Internals): boolean {
  return (tree.parseDiagnostics?.length ?? 0) > 0
}
