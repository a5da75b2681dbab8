/** What is known of one file from its text alone, so that it can be kept by its blob: its components, and the summary that it is linked by. */

import { markFileComponent } from '#generate/analyse/embedded/file-component.ts'
import { type Script, scriptOf } from '#generate/analyse/embedded/script-of.ts'
import { type FileReads, NO_READS } from '#generate/analyse/reads/file-reads.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { declareComponents } from './declare.ts'
import { fileDocOf } from './file-doc.ts'
import { parseFile } from './parse.ts'
import { type Summary, summaryOf } from './summary/summary.ts'

export interface FileFacts {
  readonly components: Component[]
  /** The component that is the whole module. */
  readonly whole: string | undefined
  readonly fileDoc: string | null
  readonly summary: Summary
  /** What it reads from outside; `null` for nothing. */
  readonly reads: FileReads | null
  readonly hasErrors: boolean
}

/** @returns `undefined` for a file that is nested too deeply. @throws As `parseFile`. */
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
