/** Facts about a CI job, as data and in words. */

import type { JobFacts } from '#generate/model.ts'

const MAX_CHARS = 500

export function jobFacts(title: string, calls: string, runners: string, matrix = ''): JobFacts {
  const cut = (text: string): string => text.slice(0, MAX_CHARS)
  return { title: cut(title), calls: cut(calls), runners: cut(runners), matrix: cut(matrix) }
}

/** `Unit tests, on ubuntu-latest, windows-latest, node 20, 22` */
export function wordsOfJob({ title, calls, runners, matrix }: JobFacts): string {
  return [title, calls === '' ? '' : `calls ${calls}`, runners === '' ? '' : `on ${runners}`, matrix]
    .filter((part) => part !== '')
    .join(', ')
}
