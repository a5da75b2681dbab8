/** The facts about a Python package in one manifest; `python-project.ts` merges the manifests of a folder. */

import type { Dependency, Package } from '#generate/model.ts'

/** A program with what it runs, `package.module:function`. */
export interface EntryPoint {
  name: string
  runs: string
  /** Missing where the manifest is a program. */
  lines?: Lines
}

/** Both count from 1. */
export interface Lines {
  startLine: number
  endLine: number
}

export interface PythonFacts {
  name?: string | undefined
  /** The lines that describe the package. */
  lines?: Lines | undefined
  version?: string | undefined
  /** Supported versions of Python. */
  python?: string | undefined
  description?: string | undefined
  licence?: string | undefined
  isPrivate?: boolean
  /** `undefined` when they are computed or not mentioned. */
  runtime?: Dependency[] | undefined
  /** Dependencies for extras, development and builds. */
  others?: Dependency[]
  programs?: EntryPoint[]
  /** Tasks of a task runner, see `formats/task-runners.ts`. */
  scripts?: Package['scripts']
  tools?: string[]
  /** Modules named by the manifest. */
  modules?: string[]
  /** Folders that contain packages. */
  roots?: string[]
}
