/** Finds the `impl` of a trait that a Rust method is in. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { implsIn, type RustImpl } from './rust-impls.ts'

/** The `impl` of a trait that contains a method. */
export function implOf(repo: RepoIndex, { file, startLine }: Component): RustImpl | undefined {
  return implsIn(repo, file).find(({ line, endLine }) => startLine >= line && startLine <= endLine)
}
