/** Finds the component that contains a line of a file. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'

export class Owners {
  readonly #byFile = new Map<string, Component[]>()
  readonly #known = new Map<string, Component | undefined>()

  /** @param files - The files that will be looked up. */
  constructor(components: readonly Component[], files: { has(path: string): boolean }) {
    for (const one of components) {
      if (files.has(one.file)) push(this.#byFile, one.file, one)
    }
  }

  /** The innermost component that contains the line. */
  at(file: string, line: number): Component | undefined {
    const key = `${line} ${file}`
    if (this.#known.has(key)) return this.#known.get(key)
    let best: Component | undefined
    for (const one of this.#byFile.get(file) ?? [])
      if (holds(one, line) && (best === undefined || isInside(one, best))) best = one
    this.#known.set(key, best)
    return best
  }

  /** The innermost one with this name that contains the line. */
  named(file: string, line: number, name: string): Component | undefined {
    let best: Component | undefined
    for (const one of this.#byFile.get(file) ?? [])
      if (one.name === name && holds(one, line) && (best === undefined || isInside(one, best))) best = one
    return best
  }
}

const holds = ({ startLine, endLine }: Component, line: number): boolean => startLine <= line && line <= endLine

function isInside(one: Component, other: Component): boolean {
  return one.endLine - one.startLine < other.endLine - other.startLine
}
