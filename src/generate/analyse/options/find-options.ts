/** Chooses the reader of options for a file's language. */

import { linesOf, type ReadTree } from '#generate/analyse/reads/read-tree.ts'
import { findCOptions } from './c-options.ts'
import { findClassOptions } from './class-options.ts'
import { type FileOptions, mayDefineOptions } from './file-options.ts'
import { findGoOptions } from './go-options.ts'
import { findPythonOptions } from './python-options.ts'
import { findRustOptions } from './rust-options.ts'

/** @param language - As in `SourceFile.language`; others define none. */
export function findOptions(tree: ReadTree, language: string): FileOptions | undefined {
  if (!mayDefineOptions(tree.text, language)) return undefined
  const lineAt = linesOf(tree.text)
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
    default:
      return findClassOptions(tree, language, lineAt)
  }
}
