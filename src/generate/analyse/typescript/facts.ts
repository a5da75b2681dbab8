/** What is known of one file from its text alone, so that it can be kept by its blob. Only the tree is not kept. */

import type ts from 'typescript'
import type { TemplateTags } from '#generate/analyse/embedded/component-script.ts'
import { markFileComponent } from '#generate/analyse/embedded/file-component.ts'
import { type Script, scriptOf } from '#generate/analyse/embedded/script-of.ts'
import { type FileReads, NO_READS } from '#generate/analyse/reads/file-reads.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { declareComponents } from './declare.ts'
import type { Declared } from './draft.ts'
import { fileDocOf } from './file-doc.ts'
import { type Parsed, parseAgain, parseFile } from './parse.ts'

export interface FileFacts {
  readonly components: Component[]
  /** The component that is the whole module. */
  readonly whole: string | undefined
  readonly fileDoc: string | null
  readonly memberNames: readonly string[]
  readonly outerNames: readonly string[]
  readonly guardedNames: readonly string[]
  readonly outerGuardedNames: readonly string[]
  readonly testedNames: readonly string[]
  readonly specifiers: readonly string[]
  /** A hash of all that other files can know of it. */
  readonly interface: string
  readonly isAmbient: boolean
  /** What it reads from outside; `null` for nothing. */
  readonly reads: FileReads | null
  readonly hasErrors: boolean
  /** UTF-16 units. */
  readonly characters: number
}

/** A file with its tree, and the nodes that stand for its components. */
export interface OpenFile {
  readonly path: string
  readonly tree: ts.SourceFile
  readonly declared: Declared
  /** Of a Vue or Svelte component. */
  readonly template: TemplateTags | undefined
}

/** A file of which nothing is known yet. */
export interface NewFile extends Parsed {
  readonly declared: Declared
  readonly template: TemplateTags | undefined
}

/** @returns `undefined` for a file that is nested too deeply. @throws As `parseFile`. */
export function readFile(file: SourceFile): NewFile | undefined {
  const script: Script = scriptOf(file) ?? file
  const parsed = parseFile(file.path, script.text ?? '', script.language ?? undefined)
  if (parsed === undefined) return undefined
  const declared = declareComponents(parsed.tree, parsed.path)
  const components = markFileComponent(declared.components, file.path, file.text ?? '')
  return { ...parsed, declared: { ...declared, components }, template: script.template }
}

/** Open a file that was read before, as it is: only its tree is made. */
export function reopenFile(file: SourceFile): OpenFile {
  const script: Script = scriptOf(file) ?? file
  const tree = parseAgain(file.path, script.text ?? '', script.language ?? undefined)
  const declared = declareComponents(tree, file.path)
  return {
    path: file.path,
    tree,
    declared: { ...declared, components: markFileComponent(declared.components, file.path, file.text ?? '') },
    template: script.template,
  }
}

export function factsOf(file: NewFile): FileFacts {
  return {
    components: file.declared.components,
    whole: file.declared.whole,
    fileDoc: fileDocOf(file.tree),
    memberNames: [...file.memberNames],
    outerNames: [...file.outerNames],
    guardedNames: [...file.guardedNames],
    outerGuardedNames: [...file.outerGuardedNames],
    testedNames: [...file.testedNames],
    specifiers: file.specifiers,
    interface: file.interface,
    isAmbient: file.isAmbient,
    reads: file.reads === NO_READS ? null : file.reads,
    hasErrors: file.hasErrors,
    characters: file.tree.text.length,
  }
}
