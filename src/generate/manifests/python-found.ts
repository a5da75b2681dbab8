/** What one file says of a package of Python; `python-project.ts` puts those of a folder together. */

import type { Dependency, Package } from '#generate/model.ts'

export interface PythonFound {
  name?: string | undefined
  version?: string | undefined
  description?: string | undefined
  licence?: string | undefined
  isPrivate?: boolean
  /** `undefined` where the file leaves them to be computed or says nothing of them. */
  runtime?: Dependency[] | undefined
  others?: Dependency[]
  programs?: Package['programs']
  tools?: string[]
  /** Modules that it names. */
  modules?: string[]
  /** Folders that hold packages. */
  roots?: string[]
}
