/** Where a name stands that is not used there: it is set to something else, only looked at, or is what a definition goes on with. */

import type { Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isTest, type Survey } from '#generate/pages/survey.ts'

const SCRIPT: ReadonlySet<string> = new Set(['javascript', 'jsx', 'typescript', 'tsx', 'vue', 'svelte'])
const MAX_BEFORE = 80

/** Whether a place that names a component does not use it. */
export function isNoUse(survey: Survey, component: Component, { kind, file, line, column, from }: Occurrence): boolean {
  if (kind !== 'references') return false
  const language = survey.files.get(file)?.language ?? ''
  const isScript = SCRIPT.has(language)
  if (!isScript && language !== 'python') return false
  const [text = ''] = codeLines(survey, file, line, line)
  const at = text.indexOf(component.name, Math.max(0, column - 1))
  if (at < 0) return false
  const before = text.slice(Math.max(0, at - MAX_BEFORE), at)
  const behind = text.slice(at + component.name.length, at + component.name.length + MAX_BEFORE)
  // `store.touch = function () {}`: the method is replaced.
  if (component.kind === 'method' && /^\s{0,4}=(?![=>])/.test(behind) && before.endsWith('.')) return true
  if (!isScript) return false
  // `assert.strictEqual(typeof session.Store, 'function')`
  if (isTest(file, survey) && /\btypeof\s(?:[\w$]{1,60}\.){0,4}$/.test(before)) return true
  if (file !== component.file || from !== file) return false
  // `defineMethod(Session.prototype, 'touch', …)`, `util.inherits(Store, EventEmitter)`: more of its own definition.
  return /^\.prototype\b/.test(behind) || /\binherits\(\s?$/.test(before)
}

/** Whether all that a user has to do with a component is that. */
export function neverUses(survey: Survey, component: Component, user: string): boolean {
  const uses = survey.occurrences.usesOf(user, component.id)
  return uses.length > 0 && uses.every((use) => isNoUse(survey, component, use))
}
