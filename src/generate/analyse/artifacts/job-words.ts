/** What a job of CI says of itself, as data and in words. */

import type { JobFacts } from '#generate/model.ts'

const MAX_CHARS = 500

export function jobFacts(title: string, calls: string, runners: string): JobFacts {
  const [a = '', b = '', c = ''] = [title, calls, runners].map((text) => text.slice(0, MAX_CHARS))
  return { title: a, calls: b, runners: c }
}

/** `Unit tests, on ubuntu-latest, windows-latest` */
export function wordsOfJob({ title, calls, runners }: JobFacts): string {
  return [title, calls === '' ? '' : `calls ${calls}`, runners === '' ? '' : `on ${runners}`]
    .filter((part) => part !== '')
    .join(', ')
}
