/** The code of a file that holds code and other things, on the lines where it stands. */

import type { SourceFile } from '#generate/model.ts'
import { componentScript, type TemplateTags } from './component-script.ts'
import { notebookFile } from './notebook.ts'

/** Code that stands in a file of another language. */
export interface Script extends SourceFile {
  /** Of a Vue or Svelte component. */
  readonly template?: TemplateTags
}

/**
 * The script of a Vue or Svelte component or of a notebook, as a file of the same path whose text is code alone.
 *
 * @returns `undefined` for files of other languages, and for notebooks that are broken or not of Python.
 */
export function scriptOf(file: SourceFile): Script | undefined {
  if (file.text === null) return undefined
  if (file.language === 'notebook') return notebookFile(file)
  if (file.language !== 'vue' && file.language !== 'svelte') return undefined
  return { ...file, ...componentScript(file.text, file.language) }
}

/** The component that a Vue or Svelte file is as a whole: `App` for `src/App.vue`; `undefined` for other files. */
export function componentNameOf(path: string): string | undefined {
  return /(?:^|\/)([^/]+)\.(?:vue|svelte)$/.exec(path)?.[1]
}
