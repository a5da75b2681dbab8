/** What is known of one file from its text alone, so that it can be kept by its blob. Only the tree is not kept. */

import { markFileComponent } from '#generate/analyse/embedded/file-component.ts'
import { scriptOf } from '#generate/analyse/embedded/script-of.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { declareComponents } from './declare.ts'
import type { Declared } from './draft.ts'
import { fileDocOf } from './file-doc.ts'
import { type Parsed, parseFile } from './parse.ts'

export interface FileFacts {
  readonly components: Component[]
  /** The component that is the whole module. */
  readonly whole: string | undefined
  readonly fileDoc: string | null
  readonly memberNames: readonly string[]
  readonly outerNames: readonly string[]
  readonly specifiers: readonly string[]
  /** A hash of all that other files can know of it. */
  readonly interface: string
  readonly isAmbient: boolean
  readonly hasErrors: boolean
  /** UTF-16 units. */
  readonly characters: number
}

/** A file with its tree, and the nodes that stand for its components. */
export interface OpenFile extends Parsed {
  readonly declared: Declared
}

/** @returns `undefined` for a file that cannot be parsed. */
export function openFile(file: SourceFile): OpenFile | undefined {
  const script = scriptOf(file) ?? file
  const parsed = parseFile(file.path, script.text ?? '', script.language ?? undefined)
  if (parsed === undefined) return undefined
  const declared = declareComponents(parsed.tree, parsed.path)
  const components = markFileComponent(declared.components, file.path, file.text ?? '')
  return { ...parsed, declared: { ...declared, components } }
}

export function factsOf(file: OpenFile): FileFacts {
  return {
    components: file.declared.components,
    whole: file.declared.whole,
    fileDoc: fileDocOf(file.tree),
    memberNames: [...file.memberNames],
    outerNames: [...file.outerNames],
    specifiers: file.specifiers,
    interface: file.interface,
    isAmbient: file.isAmbient,
    hasErrors: file.hasErrors,
    characters: file.tree.text.length,
  }
}
