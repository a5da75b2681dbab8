/** Chooses the reader of options for a file's language. */

import type { ReadTree } from '#generate/analyse/reads/read-tree.ts'
import { Lines } from '#generate/formats/lines.ts'
import { findCOptions } from './c-options.ts'
import { findPicocli, findSymfony } from './class-options.ts'
import { type FileOptions, mayDefineOptions } from './file-options.ts'
import { findGoOptions } from './go-options.ts'
import { findParserAttributes } from './parser-attributes.ts'
import { findPythonOptions } from './python-options.ts'
import { findRubyOptions } from './ruby-options.ts'
import { findRustOptions } from './rust-options.ts'

/** @param language - As in `SourceFile.language`; other languages have no options here. */
export function findOptions(tree: ReadTree, language: string): FileOptions | undefined {
  if (!mayDefineOptions(tree.text, language)) return undefined
  const lines = new Lines(tree.text)
  const lineAt = (offset: number): number => lines.at(offset)
  switch (language) {
    case 'c':
    case 'cpp':
      return findCOptions(tree.text, lineAt)
    case 'python':
      return findPythonOptions(tree, lineAt)
    case 'go':
      return findGoOptions(tree, lineAt)
    case 'rust':
      return findRustOptions(tree, lineAt)
    case 'java':
    case 'kotlin':
      return findPicocli(tree, lineAt)
    case 'ruby':
      return findRubyOptions(tree, lineAt)
    case 'php':
      return findSymfony(tree, lineAt)
    case 'csharp':
      return findParserAttributes(tree, lineAt)
    default:
      return undefined
  }
}
