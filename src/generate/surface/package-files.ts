/** A package and its files, from which its public API is found. */

import type { Analysis, Package, SourceFile } from '#generate/model.ts'

/** A package that can be imported by name. */
export type NamedPackage = Package & { name: string }

export interface PackageFiles {
  /** Files of the package without tests, examples, vendored code and nested packages, sorted by path. */
  readonly inside: readonly SourceFile[]
  readonly analysis: Analysis
  /** All files of the repository. */
  readonly byPath: ReadonlyMap<string, SourceFile>
}
