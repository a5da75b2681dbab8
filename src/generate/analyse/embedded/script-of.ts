/** Extracts the code of files that also contain other things, keeping line numbers; names the component that such a file is. */

import type { Component, SourceFile } from '#generate/model.ts'
import { componentScript, type TemplateTags } from './component-script.ts'
import { notebookFile } from './notebook.ts'

/** Code extracted from a file of another language. */
export interface Script extends SourceFile {
  /** The tags used in the template of a Vue or Svelte component. */
  readonly template?: TemplateTags
}

/**
 * The script of a Vue or Svelte component or a notebook, as a file with the same path that contains only code.
 *
 * @returns `undefined` for files of other languages, and for notebooks that are invalid or not Python.
 */
export function scriptOf(file: SourceFile): Script | undefined {
  if (file.text === null) return undefined
  if (file.language === 'notebook') return notebookFile(file)
  if (file.language !== 'vue' && file.language !== 'svelte') return undefined
  return { ...file, ...componentScript(file.text, file.language) }
}

/**
 * The name of the component that a Vue or Svelte file defines: `App` for `src/App.vue`; `undefined` for other files.
 */
export function componentNameOf(path: string): string | undefined {
  return /(?:^|\/)([^/]+)\.(?:vue|svelte)$/.exec(path)?.[1]
}

/**
 * Makes the default export of a Vue or Svelte file a class that spans the file. Components of other files are returned
 * unchanged.
 */
export function markFileComponent(components: Component[], path: string, text: string): Component[] {
  const name = componentNameOf(path)
  const whole = components.find((one) => one.id === `${path}#${name}`)
  if (name === undefined || whole === undefined) return components
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  const span = { startLine: 1, endLine: Math.max(1, lines) }
  return components.map((one) =>
    one === whole ? { ...one, ...span, kind: 'class', exported: true, signature: `<${name} />` } : one,
  )
}
