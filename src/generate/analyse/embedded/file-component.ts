/** Marks which of the components declared by a Vue or Svelte file represents the file itself. */

import type { Component } from '#generate/model.ts'
import { componentNameOf } from './script-of.ts'

/** Make the default export a class that spans the file. Components of other files are returned unchanged. */
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
