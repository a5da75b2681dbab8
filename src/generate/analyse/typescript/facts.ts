/**
 * The facts of a file from its text alone, cached by blob: its components, and the summary that the
 * linker uses.
 */

import { markFileComponent, type Script, scriptOf } from '#generate/analyse/embedded/script-of.ts'
import { type FileReads, NO_READS } from '#generate/analyse/reads/file-reads.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { declareComponents } from './declare.ts'
import { fileDocOf } from './file-doc.ts'
import { parseFile } from './parse.ts'
import { type Summary, summaryOf } from './summary/summary.ts'

export interface FileFacts {
  readonly components: Component[]
  /** The id of the component that is exported with `export =`. */
  readonly whole: string | undefined
  readonly fileDoc: string | null
  readonly summary: Summary
  /** Environment variables and configuration keys that it reads; `null` if there are none. */
  readonly reads: FileReads | null
  readonly hasErrors: boolean
}

/** @returns `undefined` if the file is nested too deeply. @throws As `parseFile`. */
export function factsOf(file: SourceFile): FileFacts | undefined {
  const script: Script = scriptOf(file) ?? file
  const parsed = parseFile(file.path, script.text ?? '', script.language ?? undefined)
  if (parsed === undefined) return undefined
  const { tree, reads, hasErrors } = parsed
  const declared = declareComponents(tree, file.path)
  return {
    components: markFileComponent(declared.components, file.path, file.text ?? ''),
    whole: declared.whole,
    fileDoc: fileDocOf(tree),
    summary: summaryOf(tree, file.path, declared, script.template),
    reads: reads === NO_READS ? null : reads,
    hasErrors,
  }
}
