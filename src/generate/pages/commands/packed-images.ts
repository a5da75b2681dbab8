/** Recognises Dockerfiles of release tools that only package files that were built before. */

import type { SourceFile } from '#generate/model.ts'
import { joinPath } from '#generate/paths.ts'

const MAX_TEXT = 20_000
const COPY = /^\s{0,4}(?:COPY|ADD)\s+((?:--\S{1,200}\s+){0,5})(\S[^\n]{0,1000})$/gim

/** Whether a Dockerfile runs no commands and copies only files that the repository does not contain. */
export function packsOnly({ path, text }: SourceFile, files: readonly SourceFile[]): boolean {
  const head = (text ?? '').slice(0, MAX_TEXT)
  if (/^\s{0,4}RUN\s/im.test(head)) return false
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  const copied = [...head.matchAll(COPY)].flatMap(([, flags = '', words = '']) =>
    /--from\b/i.test(flags)
      ? []
      : words
          .trim()
          .replace(/^\[|\]$|["',]/g, ' ')
          .trim()
          .split(/\s+/)
          .slice(0, -1),
  )
  const has = (source: string): boolean => {
    // A variable or pattern may be any file.
    if (/[$*?]/.test(source)) return true
    return [joinPath('', source), joinPath(folder, source)].some(
      (at) => at !== undefined && files.some((one) => at === '' || one.path === at || one.path.startsWith(`${at}/`)),
    )
  }
  return copied.length > 0 && !copied.some(has)
}
