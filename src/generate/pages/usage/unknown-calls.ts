/** Calls of a method's name on values whose type is not known: any of them may be a use that is not among those found. */

import type { Component } from '#generate/model.ts'
import { isConstructor } from '#generate/pages/calls/calls.ts'
import type { Survey } from '#generate/pages/survey.ts'

/** Languages that call each other. */
const FAMILIES: Readonly<Record<string, string>> = {
  jsx: 'javascript',
  typescript: 'javascript',
  tsx: 'javascript',
  vue: 'javascript',
  svelte: 'javascript',
  java: 'jvm',
  kotlin: 'jvm',
  scala: 'jvm',
  cpp: 'c',
  notebook: 'python',
}

/** How many there are in the repository, in code, examples and tests; 0 for what is not called on a value. */
export function unknownCalls(survey: Survey, component: Component): number {
  const { kind, name, qualifiedName, file } = component
  const family = familyOf(survey, file)
  // Also what is added to a type elsewhere; of C++ a name before a function is that of a namespace.
  const isMember = kind === 'method' || (kind === 'function' && family !== 'c' && qualifiedName.includes('.'))
  if (!isMember || isConstructor(survey, component)) return 0
  return survey.occurrences
    .unknownCallsOf(name)
    .reduce((sum, { file: path, count }) => (familyOf(survey, path) === family ? sum + count : sum), 0)
}

function familyOf({ files }: Survey, path: string): string | null {
  const language = files.get(path)?.language ?? null
  return language === null ? null : (FAMILIES[language] ?? language)
}
