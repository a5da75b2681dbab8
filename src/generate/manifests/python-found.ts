/** What one manifest says of a Python package; `python-project.ts` merges the manifests of a folder. */

import type { Dependency, Package } from '#generate/model.ts'

export interface PythonFound {
  name?: string | undefined
  version?: string | undefined
  /** Versions of Python. */
  python?: string | undefined
  description?: string | undefined
  licence?: string | undefined
  isPrivate?: boolean
  /** `undefined` when they are computed or not mentioned. */
  runtime?: Dependency[] | undefined
  others?: Dependency[]
  programs?: Package['programs']
  tools?: string[]
  /** Modules named by the manifest. */
  modules?: string[]
  /** Folders that contain packages. */
  roots?: string[]
}
