/** The facts about a Python package in one manifest; `python-project.ts` merges the manifests of a folder. */

import type { Dependency, Package } from '#generate/model.ts'

export interface PythonFacts {
  name?: string | undefined
  version?: string | undefined
  /** Supported versions of Python. */
  python?: string | undefined
  description?: string | undefined
  licence?: string | undefined
  isPrivate?: boolean
  /** `undefined` when they are computed or not mentioned. */
  runtime?: Dependency[] | undefined
  others?: Dependency[]
  programs?: Package['programs']
  /** Tasks of a task runner, see `formats/task-runners.ts`. */
  scripts?: Package['scripts']
  tools?: string[]
  /** Modules named by the manifest. */
  modules?: string[]
  /** Folders that contain packages. */
  roots?: string[]
}
