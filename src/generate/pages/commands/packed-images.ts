/** Recognises Dockerfiles that only package files built outside the image, as release tools use them. */

import type { SourceFile } from '#generate/model.ts'
import { folderOf, joinPath } from '#generate/paths.ts'

const MAX_TEXT = 20_000
const COPY = /^\s{0,4}(?:COPY|ADD)\s+((?:--\S{1,200}\s+){0,5})(\S[^\n]{0,1000})$/gim

/** Whether a Dockerfile runs no commands and copies only files that the repository does not contain. */
export function copiesOnlyBuiltFiles({ path, text }: SourceFile, files: readonly SourceFile[]): boolean {
  const head = (text ?? '').slice(0, MAX_TEXT)
  if (/^\s{0,4}RUN\s/im.test(head)) return false
  const folder = folderOf(path)
  const copied = [...head.matchAll(COPY)].flatMap(([, flags = '', words = '']) =>
    /--from\b/i.test(flags) ? [] : pathsIn(words.trim()).slice(0, -1),
  )
  const has = (source: string): boolean => {
    // A variable or pattern may be any file; URLs and here-documents need no file.
    if (/[$*?]|^\w{1,20}:\/\/|^git@|^<</.test(source)) return true
    return [joinPath('', source), joinPath(folder, source)].some(
      (at) => at !== undefined && files.some((one) => at === '' || one.path === at || one.path.startsWith(`${at}/`)),
    )
  }
  return copied.length > 0 && !copied.some(has)
}

/** `a b /to`, or `["a b", "/to"]`. */
function pathsIn(words: string): string[] {
  return words.startsWith('[') ? [...words.matchAll(/"([^"]*)"/g)].map(([, path = '']) => path) : words.split(/\s+/)
}
